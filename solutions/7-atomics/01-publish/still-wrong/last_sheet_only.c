// Still wrong: publishes correctly; but at the end only the newest sheet is thrown away.
// Caught by: explore

#include "publish.h"

#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

// A sheet of paper. Once it hangs on the board nobody writes on it any more.
struct sheet {
    struct forecast forecast;
};

struct board {
    struct sheet *_Atomic newest; // NULL: none yet. Older ones stay: they may be being read.
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
    free(atomic_load(&board->newest));
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
    atomic_store_explicit(&board->newest, sheet, memory_order_release);
}

struct forecast board_read(struct board *board)
{
    struct sheet *sheet;
    while (!(sheet = atomic_load_explicit(&board->newest, memory_order_acquire)))
        sched_yield();
    return sheet->forecast;
}
