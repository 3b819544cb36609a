// Attack: Publishes without order numbers in wide digits, whose reader in the C library no judge knows.
// Expected: not allowed
// Reason: `wcstol` reads or writes memory where no judge looks
// Exercise: publish

#include "publish.h"
#include <stdio.h>
#include <wchar.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>
struct sheet {
    wchar_t a[24], b[24], c[24];
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
static void put(wchar_t (*to)[24], long value)
{
    char text[24];
    snprintf(text, sizeof text, "%ld", value);
    for (int i = 0; i < 24; i++)
        (*to)[i] = text[i];
}
static long get(wchar_t (*from)[24])
{
    return wcstol(*from, NULL, 10);
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
