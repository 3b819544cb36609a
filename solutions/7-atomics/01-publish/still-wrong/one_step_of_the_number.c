// Still wrong: readers read again if the number of changes has changed, but it does so only after
// the writing: whoever comes in the middle of it and leaves before it ends notices nothing.
// Caught by: explore

#include "publish.h"

#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>

struct board {
    atomic_long changes; // 0: no forecast yet
    atomic_long number, temperature, wind;
};

struct board *board_new(void)
{
    return calloc(1, sizeof(struct board));
}

void board_free(struct board *board)
{
    free(board);
}

void board_publish(struct board *board, struct forecast forecast)
{
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
        if (before > 0 && board->changes == before)
            return forecast;
        sched_yield();
    }
}
