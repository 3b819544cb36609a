// Lists of strings, and strings for a person: what the standard library leaves out.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// A list of strings grows by list_add and is always NULL-terminated: it can be handed to exec at
// any time. It is a talloc child of the context it was made with; the strings in it are borrowed.
const char **list_new(const void *context);
void list_add(const char ***list, const char *text);
void list_add_all(const char ***list, const char *const *more);
size_t list_count(const char *const *list);
bool list_has(const char *const *list, const char *text);

// How many bytes the longest of the texts takes: the width of a column that they stand in, as
// printf takes it. 0 for none.
int list_widest(const char *const *list);

// Makes room for one more element in a talloc array of `count` elements of `size` bytes (NULL: none
// yet), and gives the array, which may have moved; there may be room for more of them already, so
// that many elements are not moved for each. Ends the program when memory runs out.
void *array_grow(const void *context, void *array, size_t size, size_t count);

// The words of a list with `between` between them, a talloc child of `context`.
char *list_join(const void *context, const char *const *list, const char *between);

// A command as a shell would take it, quoted where it must be.
char *shell_quote(const void *context, const char *const *argv);

// `text` with its control characters written as C does, "\n" for a newline, for messages that it
// must not break. `spared`: those that may stand as they are. A talloc child of `context`.
char *text_escape(const void *context, const char *text, const char *spared);

// snprintf that says whether all of it fitted.
bool text_format(char *text, size_t size, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

// The code point at the start of `bytes`, of which there are `left`, and how many of them it takes;
// 0 if they are not valid UTF-8.
size_t utf8_decode(const char *bytes, size_t left, uint32_t *code);

// Columns that texts keep to where nobody says how wide the terminal is.
enum { TEXT_WIDTH = 80 };

// The characters in so many bytes of UTF-8.
size_t utf8_count(const char *text, size_t bytes);

// The text without the lines that begin with `prefix`. A talloc child of `context`.
char *text_without_lines(const void *context, const char *text, const char *prefix);

// Breaks `text` into lines of at most `width` columns, each after the first begun with `indent`
// spaces; a word that is longer stands alone, and a command in quotes ("racelings list") is one
// word. A talloc child of `context`, without a final newline.
char *text_wrap(const void *context, const char *text, size_t width, size_t indent);
