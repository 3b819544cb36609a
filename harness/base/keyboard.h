// Keys, one at a time, and the terminal that they come from. Where standard input or output is no
// terminal (or one that cannot move its cursor), keys are the characters of plain lines.
#pragma once

#include <stdbool.h>

#include <stddef.h>

// All but characters.
enum {
    KEY_END = -1,
    KEY_REDRAW = -2,
    KEY_RESUMED = -3,
    KEY_NONE = -4,
    KEY_INTERRUPT = -5,
    KEY_UP = -6,
    KEY_DOWN = -7,
    KEY_PAGE_UP = -8,
    KEY_PAGE_DOWN = -9,
};

// Takes over the terminal: keys come unechoed, and what is written goes to a screen of its own.
// Returns false, and leaves everything as it is, where there is none to take over.
bool keyboard_open(void);

// Gives it back as it was; may be called at any time, by any thread, and when nothing was taken.
void keyboard_close(void);

// Waits for a key. KEY_END: there are no more; KEY_REDRAW: the terminal was resized; KEY_RESUMED:
// the program was stopped (Ctrl-Z) and goes on, on a terminal that shows nothing of it;
// KEY_INTERRUPT: it is to end (Ctrl-C, interrupt.h). Of plain lines no blanks and no ends are
// given. The keys that move in a text are given by keyboard_wait only.
int keyboard_key(void);

// The same, but no longer than until one of `descriptors` (negative ones are passed over; a few) is
// readable or the milliseconds are over (-1: never): KEY_NONE. An empty line is then the key '\n'.
// After KEY_END only the rest is waited for.
int keyboard_wait(const int *descriptors, size_t count, int milliseconds);

// How much the terminal shows; 80 columns and no limit of rows (0) where it is none.
void keyboard_room(int *columns, int *rows);
