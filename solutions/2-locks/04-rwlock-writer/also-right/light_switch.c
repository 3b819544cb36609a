// Also right: the first who looks takes the board for all who look, the last one gives it back; a
// semaphore, since it need not be the same one.

#include "rwlock_writer.h"

#include <pthread.h>
#include <semaphore.h>
#include <stdlib.h>

struct board {
    pthread_mutex_t lock; // guards looking and shown
    int looking;
    long shown;
    sem_t permit; // held by whoever changes departure, or by all who look together
    struct departure departure;
};

struct board *board_new(struct departure first)
{
    struct board *board = calloc(1, sizeof *board);
    if (board) {
        pthread_mutex_init(&board->lock, NULL);
        sem_init(&board->permit, 0, 1);
        board->departure = first;
    }
    return board;
}

void board_free(struct board *board)
{
    if (board) {
        sem_destroy(&board->permit);
        pthread_mutex_destroy(&board->lock);
    }
    free(board);
}

void board_change(struct board *board, struct departure next)
{
    sem_wait(&board->permit);
    board->departure = next;
    sem_post(&board->permit);
}

void board_show(struct board *board, board_look *look, void *context)
{
    pthread_mutex_lock(&board->lock);
    board->shown++;
    if (++board->looking == 1)
        sem_wait(&board->permit); // for the moment of a change; the others wait for the lock
    pthread_mutex_unlock(&board->lock);

    look(&board->departure, context);

    pthread_mutex_lock(&board->lock);
    if (--board->looking == 0)
        sem_post(&board->permit);
    pthread_mutex_unlock(&board->lock);
}

long board_shown(struct board *board)
{
    pthread_mutex_lock(&board->lock);
    long shown = board->shown;
    pthread_mutex_unlock(&board->lock);
    return shown;
}
