// Also right: no pointer; readers read again if the forecast changed under their eyes.

#include "publish.h"

#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>

// All atomic and sequentially consistent: readers may read while the station writes, and then throw
// away what they got.
struct board {
    atomic_long changes; // odd: the station is writing; 0: no forecast yet
    atomic_long number, temperature, wind;
};

struct board *board_new(void)
{
    struct board *board = malloc(sizeof *board);
    if (board) {
        atomic_init(&board->changes, 0);
        atomic_init(&board->number, 0);
        atomic_init(&board->temperature, 0);
        atomic_init(&board->wind, 0);
    }
    return board;
}

void board_free(struct board *board)
{
    free(board);
}

void board_publish(struct board *board, struct forecast forecast)
{
    board->changes++;
    board->number = forecast.number;
    board->temperature = forecast.temperature;
    board->wind = forecast.wind;
    board->changes++;
}

struct forecast board_read(struct board *board)
{
    for (;;) {
        long before = board->changes;
        struct forecast forecast = {board->number, board->temperature, board->wind};
        if (before > 0 && before % 2 == 0 && board->changes == before)
            return forecast;
        sched_yield();
    }
}
