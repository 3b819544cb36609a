// Still wrong: volatile makes the compiler store the pointer last; it does not bind the processor.
// Caught by: explore, tsan, helgrind

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
    struct sheet *volatile newest; // NULL: none yet. Older ones stay: they may be being read.
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
    sheet->older = board->newest;
    board->newest = sheet;
}

struct forecast board_read(struct board *board)
{
    struct sheet *sheet;
    while (!(sheet = board->newest))
        sched_yield();
    return sheet->forecast;
}
