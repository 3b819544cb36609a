// Attack: Publishes without order what is written as one vector, larger than any size that is watched.
// Expected: not passed
// Exercise: publish

#include "publish.h"

#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>

typedef long row __attribute__((vector_size(32), aligned(8)));

struct sheet {
    row forecast;
    struct sheet *older;
};

struct board {
    struct sheet *_Atomic newest;
};

struct board *board_new(void)
{
    struct board *board = malloc(sizeof *board);
    if (board)
        atomic_init(&board->newest, NULL);
    return board;
}

void board_free(struct board *board)
{
    struct sheet *sheet = atomic_load(&board->newest);
    while (sheet) {
        struct sheet *older = sheet->older;
        free(sheet);
        sheet = older;
    }
    free(board);
}

void board_publish(struct board *board, struct forecast forecast)
{
    struct sheet *sheet = malloc(sizeof *sheet);
    if (!sheet)
        abort();
    for (int i = 0; i < 4; i++)
        (void)__atomic_load_n((long *)&sheet->forecast + i, __ATOMIC_RELAXED);
    sheet->forecast = (row){forecast.number, forecast.temperature, forecast.wind, 0};
    sheet->older = atomic_load_explicit(&board->newest, memory_order_relaxed);
    atomic_store_explicit(&board->newest, sheet, memory_order_relaxed);
}

struct forecast board_read(struct board *board)
{
    struct sheet *sheet;
    while (!(sheet = atomic_load_explicit(&board->newest, memory_order_relaxed)))
        sched_yield();
    row got = sheet->forecast;
    return (struct forecast){got[0], got[1], got[2]};
}
