// Also right: a read-write lock: readers read side by side, the station waits for them.

#include "publish.h"

#include <pthread.h>
#include <sched.h>
#include <stdlib.h>

struct board {
    pthread_rwlock_t lock;    // guards the forecast
    struct forecast forecast; // number 0: none yet
};

struct board *board_new(void)
{
    struct board *board = calloc(1, sizeof *board);
    if (board)
        pthread_rwlock_init(&board->lock, NULL);
    return board;
}

void board_free(struct board *board)
{
    pthread_rwlock_destroy(&board->lock);
    free(board);
}

void board_publish(struct board *board, struct forecast forecast)
{
    pthread_rwlock_wrlock(&board->lock);
    board->forecast = forecast;
    pthread_rwlock_unlock(&board->lock);
}

struct forecast board_read(struct board *board)
{
    for (;;) {
        pthread_rwlock_rdlock(&board->lock);
        struct forecast forecast = board->forecast;
        pthread_rwlock_unlock(&board->lock);
        if (forecast.number > 0)
            return forecast;
        sched_yield();
    }
}
