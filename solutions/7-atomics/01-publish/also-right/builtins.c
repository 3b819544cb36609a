// Also right: a plain pointer and the compiler's own atomic operations, as older code has it.

#include "publish.h"

#include <sched.h>
#include <stdio.h>
#include <stdlib.h>

// A sheet of paper. Once it hangs on the board nobody writes on it any more.
struct sheet {
    struct forecast forecast;
    struct sheet *older;
};

struct board {
    struct sheet *newest; // NULL: none yet. Older ones stay: they may be being read.
};

struct board *board_new(void)
{
    struct board *board = malloc(sizeof *board);
    if (board)
        board->newest = NULL;
    return board;
}

void board_free(struct board *board)
{
    struct sheet *sheet = board->newest;
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
    sheet->older = board->newest; // nobody else writes it
    __atomic_store_n(&board->newest, sheet, __ATOMIC_RELEASE);
}

struct forecast board_read(struct board *board)
{
    struct sheet *sheet;
    while (!(sheet = __atomic_load_n(&board->newest, __ATOMIC_ACQUIRE)))
        sched_yield();
    return sheet->forecast;
}
