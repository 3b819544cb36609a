// Attack: Publishes without order; its own reads push the write out of ThreadSanitizer's memory.
// Expected: failed
// Exercise: publish

#include "publish.h"

#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>

struct sheet {
    struct forecast forecast;
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
    for (size_t i = 0; i < sizeof sheet->forecast / 8; i++)
        (void)__atomic_load_n((long *)&sheet->forecast + i, __ATOMIC_RELAXED);
    sheet->forecast = forecast;
    for (int again = 0; again < 8; again++)
        for (size_t i = 0; i < sizeof sheet->forecast; i++)
            (void)((volatile char *)&sheet->forecast)[i];
    sheet->older = atomic_load_explicit(&board->newest, memory_order_relaxed);
    atomic_store_explicit(&board->newest, sheet, memory_order_relaxed);
}

struct forecast board_read(struct board *board)
{
    struct sheet *sheet;
    while (!(sheet = atomic_load_explicit(&board->newest, memory_order_relaxed)))
        sched_yield();
    return sheet->forecast;
}
