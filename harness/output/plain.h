// Text that is safe to show wherever it came from: valid UTF-8 without control characters but
// newline and tab. So nothing in it drives a terminal, and all of it may stand in XML 1.0.
#pragma once

#include <stddef.h>

// `text` (NULL: "") made safe. What is not UTF-8, control characters, those that turn the direction
// of reading, and the code points that XML has no place for become U+FFFD; colour sequences of
// terminals vanish, and every end of line becomes a newline. A talloc child of `context`.
char *plain_copy(const void *context, const char *text);

// The same as one line of at most `limit` characters: newlines and tabs become spaces, spaces at
// the ends vanish, and what is too long ends with "...".
char *plain_line(const void *context, const char *text, size_t limit);

// The same as the story of a judgement: very long lines and very long texts are cut and say so.
// Ends with one newline, unless empty.
char *plain_story(const void *context, const char *text);

// To 2 decimals, as all outputs give points.
double plain_round(double number);

// A number as points are written: at most 2 decimals and no trailing zeros ("7.5", "10").
char *plain_number(const void *context, double number);
