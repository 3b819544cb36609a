// A cook who makes one dish at a time, each within a time limit. For a program with one thread.
#pragma once

enum { BURNT = -1 };

// Makes a dish: a child process runs recipe(data). What that returns, 0 to 255, is returned as soon as
// the child has ended: the cook does not sleep on. If it has not ended after `seconds`, it is ended, and
// BURNT is returned, as it is if there can be no child. A dish that is done when the cook looks is done,
// even if the clock has rung meanwhile. Other signals that the caller hears meanwhile change nothing.
//
// In the end the kitchen is as it was before: the child is gone, no clock is set, no descriptor is open
// that was not, and the caller's signal handlers and signal mask are the same. The child does not tidy up
// for the caller: it calls none of his atexit functions.
int cook(int (*recipe)(void *data), void *data, double seconds);
