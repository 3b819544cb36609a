// Still wrong: who holds the read lock keeps himself from getting the write lock: nothing is ever
// counted.
// Caught by: explore, tsan, helgrind, native

#include "rwlock_writer.h"

#include <pthread.h>
#include <stdlib.h>

struct board {
    pthread_rwlock_t lock; // guards the rest: shared to read, alone to write
    struct departure departure;
    long shown;
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
    if (pthread_rwlock_trywrlock(&board->lock) == 0) {
        board->shown++;
        pthread_rwlock_unlock(&board->lock);
    }
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
