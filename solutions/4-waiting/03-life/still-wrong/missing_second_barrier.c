// Still wrong: nobody writes before all have read; but who is quick reads the next generation
// before its neighbours have written it.
// Caught by: explore, helgrind, native

#include "life.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

struct life {
    int workers;
    pthread_barrier_t all_read;
    bool board[LIFE_SIZE][LIFE_SIZE];
};

struct life *life_new(bool cells[LIFE_SIZE][LIFE_SIZE], int workers)
{
    struct life *life = calloc(1, sizeof *life);
    if (life) {
        life->workers = workers;
        pthread_barrier_init(&life->all_read, NULL, (unsigned)workers);
        memcpy(life->board, cells, sizeof life->board);
    }
    return life;
}

void life_free(struct life *life)
{
    if (life)
        pthread_barrier_destroy(&life->all_read);
    free(life);
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
    bool next[LIFE_SIZE][LIFE_SIZE];
    for (long generation = 1; generation <= generations; generation++) {
        for (int row = first; row < end; row++)
            step_row(life->board, next, row);
        life_progress(worker, generation);
        pthread_barrier_wait(&life->all_read);
        memcpy(life->board[first], next[first], (size_t)(end - first) * sizeof next[0]);
    }
}

bool life_alive(struct life *life, int row, int column)
{
    return life->board[row][column];
}
