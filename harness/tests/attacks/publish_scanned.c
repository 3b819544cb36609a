// Attack: Publishes without order what the C library has written; its own reads push that out of ThreadSanitizer's memory.
// Expected: failed
// Exercise: publish

#include "publish.h"
#include <stdio.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>
struct sheet {
    long a, b, c;
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
static void put(long *to, long value)
{
    char text[24];
    snprintf(text, sizeof text, "%ld", value);
    sscanf(text, "%ld", to);
    for (int again = 0; again < 8; again++)
        for (size_t i = 0; i < sizeof *to; i++)
            (void)((volatile char *)to)[i];
}
static long get(long *from)
{
    return *from;
}
void board_publish(struct board *board, struct forecast f)
{
    struct sheet *sheet = malloc(sizeof *sheet);
    put(&sheet->a, f.number);
    put(&sheet->b, f.temperature);
    put(&sheet->c, f.wind);
    sheet->older = atomic_load_explicit(&board->newest, memory_order_relaxed);
    atomic_store_explicit(&board->newest, sheet, memory_order_relaxed);
}
struct forecast board_read(struct board *board)
{
    struct sheet *sheet;
    while (!(sheet = atomic_load_explicit(&board->newest, memory_order_relaxed)))
        sched_yield();
    return (struct forecast){get(&sheet->a), get(&sheet->b), get(&sheet->c)};
}
