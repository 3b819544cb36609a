// The notice board of a weather station: one thread puts the newest forecast up, many read it.
#pragma once

struct forecast {
    long number; // 1 for the first, then 2, 3, ...
    long temperature;
    long wind;
};

struct board;

// An empty board, or NULL without memory. The caller frees it, when no other thread uses it.
struct board *board_new(void);
void board_free(struct board *board);

// Puts up a forecast. Whoever reads it sees what was done before it was put up. Only one thread calls
// this.
void board_publish(struct board *board, struct forecast forecast);

// Gives the newest forecast, whole; waits for the first. Any number of threads may call this.
struct forecast board_read(struct board *board);
