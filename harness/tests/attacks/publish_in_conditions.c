// Attack: Publishes without order bits that lie in the attributes of condition variables.
// Expected: failed
// Exercise: publish

#include "publish.h"
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>
struct sheet {
    pthread_condattr_t a[32], b[32], c[32];
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
static void put(pthread_condattr_t (*to)[32], long value)
{
    for (int i = 0; i < 32; i++) {
        pthread_condattr_init(&(*to)[i]);
        pthread_condattr_setpshared(&(*to)[i], value >> i & 1);
    }
}
static long get(pthread_condattr_t (*from)[32])
{
    unsigned value = 0;
    for (int i = 0; i < 32; i++) {
        int bit;
        pthread_condattr_getpshared(&(*from)[i], &bit);
        value |= (unsigned)bit << i;
    }
    return (int)value;
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
