// Ctrl-C, a closed terminal, a request to end, output that nobody reads any more: what ends the
// program from outside, and how it leaves nothing behind.
#pragma once

// Has such signals call `clear_up`, on a thread of their own, before they end the program. Must be
// called before any other thread is started, so that all inherit the mask.
void interrupt_handle(void (*clear_up)(void));

// For who can end in good order: a descriptor that the first such signal makes readable, instead of
// ending the program. Whoever asks for it leaves as soon as it is; a second signal, or three
// seconds, end the program after all. -1: there is none.
int interrupt_descriptor(void);

// What is said on standard error when such a signal ends the program: a text that stays. NULL:
// nothing.
void interrupt_say(const char *farewell);

// Ends the program by the signal that has come, if one has: called when all is in order.
void interrupt_obey(void);
