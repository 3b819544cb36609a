// Still wrong: a sequence lock in relaxed order: the number of changes may be seen before they are.
// Caught by: explore

#include "publish.h"

#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>

struct board {
    atomic_uint changes; // odd while the station writes; 0: no forecast yet
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

static void put(atomic_long *field, long value)
{
    atomic_store_explicit(field, value, memory_order_relaxed);
}

static long get(atomic_long *field)
{
    return atomic_load_explicit(field, memory_order_relaxed);
}

void board_publish(struct board *board, struct forecast forecast)
{
    atomic_fetch_add_explicit(&board->changes, 1, memory_order_relaxed);
    put(&board->number, forecast.number);
    put(&board->temperature, forecast.temperature);
    put(&board->wind, forecast.wind);
    atomic_fetch_add_explicit(&board->changes, 1, memory_order_relaxed);
}

struct forecast board_read(struct board *board)
{
    for (;; sched_yield()) {
        unsigned before = atomic_load_explicit(&board->changes, memory_order_relaxed);
        struct forecast forecast = {get(&board->number), get(&board->temperature),
                                    get(&board->wind)};
        unsigned after = atomic_load_explicit(&board->changes, memory_order_relaxed);
        if (before > 0 && before % 2 == 0 && before == after)
            return forecast;
    }
}
