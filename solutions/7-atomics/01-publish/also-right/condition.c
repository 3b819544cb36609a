// Also right: a mutex guards the one copy there is; a condition variable waits for the first.

#include "publish.h"

#include <pthread.h>
#include <stdlib.h>

struct board {
    pthread_mutex_t lock;     // guards all below
    pthread_cond_t first;     // the first forecast is up
    struct forecast forecast; // number 0: none yet
};

struct board *board_new(void)
{
    struct board *board = calloc(1, sizeof *board);
    if (board) {
        pthread_mutex_init(&board->lock, NULL);
        pthread_cond_init(&board->first, NULL);
    }
    return board;
}

void board_free(struct board *board)
{
    pthread_cond_destroy(&board->first);
    pthread_mutex_destroy(&board->lock);
    free(board);
}

void board_publish(struct board *board, struct forecast forecast)
{
    pthread_mutex_lock(&board->lock);
    board->forecast = forecast;
    pthread_cond_broadcast(&board->first);
    pthread_mutex_unlock(&board->lock);
}

struct forecast board_read(struct board *board)
{
    pthread_mutex_lock(&board->lock);
    while (board->forecast.number == 0)
        pthread_cond_wait(&board->first, &board->lock);
    struct forecast forecast = board->forecast;
    pthread_mutex_unlock(&board->lock);
    return forecast;
}
