// What goes to a person's terminal: colour where it is wanted, and progress for long work.
#pragma once

#include <stdbool.h>
#include <stddef.h>

enum paint { PAINT_GOOD, PAINT_BAD, PAINT_ODD, PAINT_FAINT, PAINT_STRONG, PAINT_OFF };

// The escape sequence for `paint`; "" when standard output is not a terminal or NO_COLOR is set
// (https://no-color.org).
const char *paint(enum paint paint);

// The columns for text on standard output: TEXT_WIDTH, or what a narrower terminal has.
size_t terminal_width(void);

// `text` as a link to a file (an absolute path), where the terminal is known to make one of it;
// else the text as it is. A talloc child of `context`.
char *terminal_link(const void *context, const char *path, const char *text);

// From now on paint gives "", and terminal_width TEXT_WIDTH: what is written goes to files.
void paint_nothing(void);

// Shows "[done/total] what" on standard error, over the line shown before; nothing unless that is a
// terminal. Ended by progress_clear.
void progress_show(size_t done, size_t total, const char *what);
void progress_clear(void);
