// Still wrong: waits for the others with naps of a millisecond, a thousand at most. Who is slower
// than that, because showing its progress takes long, is overtaken.
// Caught by: explore

#include "life.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// Two boards: the even generations are on the first one, the odd ones on the second.
struct life {
    int workers;
    atomic_long arrivals; // of all workers, in all generations
    long generation;
    bool boards[2][LIFE_SIZE][LIFE_SIZE];
};

struct life *life_new(bool cells[LIFE_SIZE][LIFE_SIZE], int workers)
{
    struct life *life = calloc(1, sizeof *life);
    if (life) {
        life->workers = workers;
        memcpy(life->boards[0], cells, sizeof life->boards[0]);
    }
    return life;
}

void life_free(struct life *life)
{
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
    for (long generation = 1; generation <= generations; generation++) {
        for (int row = first; row < end; row++)
            step_row(life->boards[(generation - 1) % 2], life->boards[generation % 2], row);
        life_progress(worker, generation);
        atomic_fetch_add(&life->arrivals, 1);
        for (int i = 0; i < 1000 && atomic_load(&life->arrivals) < generation * life->workers; i++)
            usleep(1000);
    }
    if (worker == 0)
        life->generation = generations;
}

bool life_alive(struct life *life, int row, int column)
{
    return life->boards[life->generation % 2][row][column];
}
