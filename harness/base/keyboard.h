// Keys, one at a time, and the terminal that they come from. Where standard input or output is no
// terminal (or one that cannot move its cursor), keys are the characters of plain lines.
#pragma once

#include <stdbool.h>

enum { KEY_END = -1, KEY_REDRAW = -2 };

// Takes over the terminal: keys come unechoed, and what is written goes to a screen of its own.
// Returns false, and leaves everything as it is, where there is none to take over.
bool keyboard_open(void);

// Gives it back as it was; may be called at any time, by any thread, and when nothing was taken.
void keyboard_close(void);

// Waits for a key. KEY_END: there are no more; KEY_REDRAW: the terminal was resized, or the program
// was stopped (Ctrl-Z) and goes on.
int keyboard_key(void);

// How much the terminal shows; 80 columns and no limit of rows (0) where it is none.
void keyboard_room(int *columns, int *rows);
