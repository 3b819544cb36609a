// Still wrong: `neighbours_only.c`, and notes in a byte how far each worker has come. Nobody has ever
// come as far as generation 256.
// Caught by: native

#include "life.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { WORKERS_MOST = LIFE_SIZE };

// Two boards: the even generations are on the first one, the odd ones on the second.
struct life {
    int workers;
    pthread_mutex_t lock; // guards done
    pthread_cond_t progress;
    unsigned char done[WORKERS_MOST]; // generations, by worker
    long generation;
    bool boards[2][LIFE_SIZE][LIFE_SIZE];
};

struct life *life_new(bool cells[LIFE_SIZE][LIFE_SIZE], int workers)
{
    struct life *life = calloc(1, sizeof *life);
    if (life) {
        life->workers = workers;
        pthread_mutex_init(&life->lock, NULL);
        pthread_cond_init(&life->progress, NULL);
        memcpy(life->boards[0], cells, sizeof life->boards[0]);
    }
    return life;
}

void life_free(struct life *life)
{
    if (life) {
        pthread_cond_destroy(&life->progress);
        pthread_mutex_destroy(&life->lock);
    }
    free(life);
}

// Tells that `worker` is done with `generation`, and returns when its neighbours are, too.
static void wait_for_neighbours(struct life *life, int worker, long generation)
{
    const unsigned char *above = &life->done[(worker + life->workers - 1) % life->workers];
    const unsigned char *below = &life->done[(worker + 1) % life->workers];
    pthread_mutex_lock(&life->lock);
    life->done[worker] = (unsigned char)generation;
    pthread_cond_broadcast(&life->progress);
    while (*above < generation || *below < generation)
        pthread_cond_wait(&life->progress, &life->lock);
    pthread_mutex_unlock(&life->lock);
}

static int neighbours(bool board[LIFE_SIZE][LIFE_SIZE], int row, int column)
{
    int alive = -board[row][column];
    for (int down = LIFE_SIZE - 1; down <= LIFE_SIZE + 1; down++)
        for (int right = LIFE_SIZE - 1; right <= LIFE_SIZE + 1; right++)
            alive += board[(row + down) % LIFE_SIZE][(column + right) % LIFE_SIZE];
    return alive;
}

static void step_row(bool old[LIFE_SIZE][LIFE_SIZE], bool new[LIFE_SIZE][LIFE_SIZE], int row)
{
    for (int column = 0; column < LIFE_SIZE; column++) {
        int around = neighbours(old, row, column);
        new[row][column] = around == 3 || (around == 2 && old[row][column]);
    }
}

void life_work(struct life *life, int worker, long generations)
{
    int first = LIFE_SIZE * worker / life->workers, end = LIFE_SIZE * (worker + 1) / life->workers;
    for (long generation = 1; generation <= generations; generation++) {
        for (int row = first; row < end; row++)
            step_row(life->boards[(generation - 1) % 2], life->boards[generation % 2], row);
        life_progress(worker, generation);
        wait_for_neighbours(life, worker, generation);
    }
    if (worker == 0)
        life->generation = generations;
}

bool life_alive(struct life *life, int row, int column)
{
    return life->boards[life->generation % 2][row][column];
}
