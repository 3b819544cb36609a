// Attack: Takes more memory than the explorer can follow, and publishes without order what the others miss.
// Expected: failed
// Exercise: publish

#define _GNU_SOURCE
#include "publish.h"

#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>

enum { BLOCKS = 6, BLOCK_BYTES = 8 << 20 };

struct sheet {
    struct forecast forecast;
    struct sheet *older;
};

struct board {
    struct sheet *_Atomic newest;
    void *blocks[BLOCKS];
};

struct board *board_new(void)
{
    struct board *board = calloc(1, sizeof *board);
    for (int i = 0; board && i < BLOCKS; i++)
        board->blocks[i] = malloc(BLOCK_BYTES);
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
    for (int i = 0; i < BLOCKS; i++)
        free(board->blocks[i]);
    free(board);
}

// Its own reads push the write out of ThreadSanitizer's memory.
void board_publish(struct board *board, struct forecast forecast)
{
    struct sheet *sheet = malloc(sizeof *sheet);
    if (!sheet)
        abort();
    sheet->forecast = forecast;
    for (int again = 0; again < 8; again++)
        for (size_t i = 0; i < sizeof *sheet; i++)
            (void)((volatile char *)sheet)[i];
    sheet->older = atomic_load_explicit(&board->newest, memory_order_relaxed);
    atomic_store_explicit(&board->newest, sheet, memory_order_relaxed);
}

// Helgrind is silent about what the library reads.
static long get(const long *from)
{
    struct tm parts;
    return timegm(gmtime_r(from, &parts));
}

struct forecast board_read(struct board *board)
{
    struct sheet *sheet;
    while (!(sheet = atomic_load_explicit(&board->newest, memory_order_relaxed)))
        sched_yield();
    const struct forecast *newest = &sheet->forecast;
    return (struct forecast){get(&newest->number), get(&newest->temperature), get(&newest->wind)};
}
