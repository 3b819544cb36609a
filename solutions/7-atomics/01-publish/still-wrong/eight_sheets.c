// Still wrong: eight sheets, used in turn. A reader who takes that long finds the ninth forecast
// being written over the one that it reads.
// Caught by: explore

#include "publish.h"

#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>

enum { SHEETS = 8 };

struct board {
    struct forecast sheets[SHEETS];
    atomic_long count; // of forecasts that were published
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
    long count = atomic_load_explicit(&board->count, memory_order_relaxed);
    board->sheets[count % SHEETS] = forecast;
    atomic_store_explicit(&board->count, count + 1, memory_order_release);
}

struct forecast board_read(struct board *board)
{
    long count;
    while ((count = atomic_load_explicit(&board->count, memory_order_acquire)) == 0)
        sched_yield();
    return board->sheets[(count - 1) % SHEETS];
}
