// Still wrong: a release flag for the first forecast; those that follow are published by nothing.
// Caught by: explore, tsan, helgrind

#include "publish.h"

#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

// A sheet of paper. Once it hangs on the board nobody writes on it any more.
struct sheet {
    struct forecast forecast;
    struct sheet *older;
};

struct board {
    struct sheet
        *_Atomic newest; // NULL: none yet. Older ones stay below it: somebody may be reading.
    atomic_bool ready;
};

struct board *board_new(void)
{
    struct board *board = malloc(sizeof *board);
    if (board) {
        atomic_init(&board->newest, NULL);
        atomic_init(&board->ready, false);
    }
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
    if (!sheet) {
        perror("board_publish");
        abort();
    }
    sheet->forecast = forecast;
    sheet->older = atomic_load_explicit(&board->newest, memory_order_relaxed);
    atomic_store_explicit(&board->newest, sheet, memory_order_relaxed);
    if (!sheet->older)
        atomic_store_explicit(&board->ready, true, memory_order_release);
}

struct forecast board_read(struct board *board)
{
    while (!atomic_load_explicit(&board->ready, memory_order_acquire))
        sched_yield();
    return atomic_load_explicit(&board->newest, memory_order_relaxed)->forecast;
}
