// Text on a terminal's screen: a head and a foot that stay, and between them as much of a body as
// there is room for. Lines are broken where the screen ends; escape sequences take no room.
#pragma once

#include <stddef.h>

struct view {
    int columns, rows; // of the screen
    size_t offset;     // the first of the body's lines that is shown
    size_t shown;      // how many lines of it are; set by view_draw, as is the next
    size_t left;       // how many are below
};

// The screen's whole new content, to be written at once; a talloc child of `context`. Each text is
// lines that end with a newline. Moves the offset back where it is behind the body's end.
char *view_draw(const void *context, struct view *view, const char *head, const char *body,
                const char *foot);

// Moves on by a screenful; from the end to the beginning.
void view_page(struct view *view);

// Back by a screenful, as far as there is anything before.
void view_page_back(struct view *view);

// Moves by `lines`, down if they are positive, as far as there is anything.
void view_move(struct view *view, int lines);

// `text` on a line of at most `columns`, cut off with "..." if it is longer.
char *view_cut(const void *context, const char *text, size_t columns);
