// Still wrong: three may look at the same time, because there are three travellers in the test.
// Caught by: explore

#include "rwlock_writer.h"

#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdlib.h>

enum { TRAVELLERS = 3 };

struct board {
    sem_t permits;            // one to look, all to change departure
    pthread_mutex_t changing; // one dispatcher at a time
    struct departure departure;
    atomic_long shown;
};

struct board *board_new(struct departure first)
{
    struct board *board = malloc(sizeof *board);
    if (board) {
        sem_init(&board->permits, 0, TRAVELLERS);
        pthread_mutex_init(&board->changing, NULL);
        board->departure = first;
        atomic_init(&board->shown, 0);
    }
    return board;
}

void board_free(struct board *board)
{
    if (board) {
        sem_destroy(&board->permits);
        pthread_mutex_destroy(&board->changing);
    }
    free(board);
}

void board_change(struct board *board, struct departure next)
{
    pthread_mutex_lock(&board->changing);
    for (int i = 0; i < TRAVELLERS; i++)
        sem_wait(&board->permits);
    board->departure = next;
    for (int i = 0; i < TRAVELLERS; i++)
        sem_post(&board->permits);
    pthread_mutex_unlock(&board->changing);
}

void board_show(struct board *board, board_look *look, void *context)
{
    sem_wait(&board->permits);
    atomic_fetch_add(&board->shown, 1);
    look(&board->departure, context);
    sem_post(&board->permits);
}

long board_shown(struct board *board)
{
    return atomic_load(&board->shown);
}
