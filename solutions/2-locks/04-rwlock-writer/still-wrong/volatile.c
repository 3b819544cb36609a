// Still wrong: volatile does not make the increment one step, nor the read lock an exclusive one.
// Caught by: explore, tsan, helgrind

#include "rwlock_writer.h"

#include <pthread.h>
#include <stdlib.h>

struct board {
    pthread_rwlock_t lock; // guards the rest: shared to read, alone to write
    struct departure departure;
    volatile long shown;
};

struct board *board_new(struct departure first)
{
    struct board *board = malloc(sizeof *board);
    if (board) {
        pthread_rwlock_init(&board->lock, NULL);
        board->departure = first;
        board->shown = 0;
    }
    return board;
}

void board_free(struct board *board)
{
    if (board)
        pthread_rwlock_destroy(&board->lock);
    free(board);
}

void board_change(struct board *board, struct departure next)
{
    pthread_rwlock_wrlock(&board->lock);
    board->departure = next;
    pthread_rwlock_unlock(&board->lock);
}

void board_show(struct board *board, board_look *look, void *context)
{
    pthread_rwlock_rdlock(&board->lock);
    board->shown++;
    look(&board->departure, context);
    pthread_rwlock_unlock(&board->lock);
}

long board_shown(struct board *board)
{
    pthread_rwlock_rdlock(&board->lock);
    long shown = board->shown;
    pthread_rwlock_unlock(&board->lock);
    return shown;
}
