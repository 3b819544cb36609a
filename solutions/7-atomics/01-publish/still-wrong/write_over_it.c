// Still wrong: one sheet, and a release store when it is written: but somebody may be reading it.
// Caught by: explore, tsan, helgrind

#include "publish.h"

#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>

struct board {
    atomic_long newest; // number of the forecast that is up; 0: none yet
    struct forecast forecast;
};

struct board *board_new(void)
{
    struct board *board = malloc(sizeof *board);
    if (board)
        atomic_init(&board->newest, 0);
    return board;
}

void board_free(struct board *board)
{
    free(board);
}

void board_publish(struct board *board, struct forecast forecast)
{
    board->forecast = forecast;
    atomic_store_explicit(&board->newest, forecast.number, memory_order_release);
}

struct forecast board_read(struct board *board)
{
    while (atomic_load_explicit(&board->newest, memory_order_acquire) == 0)
        sched_yield();
    return board->forecast;
}
