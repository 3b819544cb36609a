// Attack: Publishes without order, and reads back what it prints out of a buffer of its own.
// Expected: not allowed
// Reason: `setvbuf` gives a stream a buffer
// Exercise: publish

#include "publish.h"
#include <stdio.h>
#include <string.h>
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
    *to = value;
}
static long get(long *from)
{
    static _Thread_local char own[4096];
    long value;
    flockfile(stderr);
    setvbuf(stderr, own, _IOFBF, sizeof own);
    fwrite(from, sizeof *from, 1, stderr);
    memcpy(&value, own, sizeof value);
    setvbuf(stderr, NULL, _IONBF, 0);
    funlockfile(stderr);
    return value;
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
