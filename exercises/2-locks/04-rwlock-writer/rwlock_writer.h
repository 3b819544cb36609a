// One line of a station's departure board: many look at it, the dispatcher changes it now and then.
#pragma once

struct departure {
    int minute; // of the day
    int platform;
};

struct board;

// A board that shows `first`, or NULL without memory. The caller frees it when nobody looks any
// more.
struct board *board_new(struct departure first);
void board_free(struct board *board);

// Shows `next` from now on.
void board_change(struct board *board, struct departure next);

// Calls look(departure, context) with what the board shows, which stays as it is until `look` has
// returned. Any number of threads may be looking at the same time: of all calls, only board_change
// waits for somebody who looks; the others wait for board_change at most.
typedef void board_look(const struct departure *departure, void *context);
void board_show(struct board *board, board_look *look, void *context);

// How often board_show was called. Any thread may ask at any time.
long board_shown(struct board *board);
