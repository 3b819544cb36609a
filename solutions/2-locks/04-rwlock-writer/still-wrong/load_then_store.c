// Still wrong: two atomic steps are not one; another reader may count between them.
// Caught by: explore

#include "rwlock_writer.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

struct board {
    pthread_rwlock_t lock; // guards departure: shared to read, alone to write
    struct departure departure;
    atomic_long shown; // readers, who share the lock, change it
};

struct board *board_new(struct departure first)
{
    struct board *board = malloc(sizeof *board);
    if (board) {
        pthread_rwlock_init(&board->lock, NULL);
        board->departure = first;
        atomic_init(&board->shown, 0);
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
    board->shown = board->shown + 1;
    look(&board->departure, context);
    pthread_rwlock_unlock(&board->lock);
}

long board_shown(struct board *board)
{
    return board->shown;
}
