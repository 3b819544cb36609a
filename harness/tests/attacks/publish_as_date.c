// Attack: Publishes without order seconds of dates, which the C library adds up where nobody looks.
// Expected: failed
// Exercise: publish

#define _GNU_SOURCE
#include "publish.h"
#include <time.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>
struct sheet {
    struct tm a, b, c;
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
static void put(struct tm *to, long value)
{
    *to = (struct tm){.tm_year = 70, .tm_mday = 1, .tm_sec = (int)value};
}
static long get(struct tm *from)
{
    return timegm(from);
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
