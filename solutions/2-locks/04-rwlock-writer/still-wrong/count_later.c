// Still wrong: reads the number before the look and writes it back after it; in between the others
// do the same.
// Caught by: explore, tsan, helgrind, native

#include "rwlock_writer.h"

#include <pthread.h>
#include <stdlib.h>

struct board {
    pthread_rwlock_t lock; // guards departure: shared to read, alone to write
    struct departure departure;
    pthread_mutex_t counting; // guards shown
    long shown;
};

struct board *board_new(struct departure first)
{
    struct board *board = malloc(sizeof *board);
    if (board) {
        pthread_rwlock_init(&board->lock, NULL);
        pthread_mutex_init(&board->counting, NULL);
        board->departure = first;
        board->shown = 0;
    }
    return board;
}

void board_free(struct board *board)
{
    if (board) {
        pthread_mutex_destroy(&board->counting);
        pthread_rwlock_destroy(&board->lock);
    }
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
    pthread_mutex_lock(&board->counting);
    long seen = board->shown;
    pthread_mutex_unlock(&board->counting);

    pthread_rwlock_rdlock(&board->lock);
    look(&board->departure, context);
    pthread_rwlock_unlock(&board->lock);

    pthread_mutex_lock(&board->counting);
    board->shown = seen + 1;
    pthread_mutex_unlock(&board->counting);
}

long board_shown(struct board *board)
{
    pthread_mutex_lock(&board->counting);
    long shown = board->shown;
    pthread_mutex_unlock(&board->counting);
    return shown;
}
