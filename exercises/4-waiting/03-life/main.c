// Gliders on an endless board, for `rounds` generations: four workers, and then one alone to
// compare. A glider (five cells) flies one cell down and one to the right in every four
// generations.

#include "life.h"

#include <pthread.h>
#include <racelings/rendezvous.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WORKERS = 4, GLIDERS = 8, PATIENCE_MS = 3000 };

typedef bool board[LIFE_SIZE][LIFE_SIZE];

static struct life *life;
static long rounds;
static atomic_long steps; // generations worked out, of all workers
static atomic_bool apart; // the workers were not seen at work at the same time
static struct rendezvous start = RENDEZVOUS(WORKERS), first_step = RENDEZVOUS(WORKERS);

// The first time, waits for the others: all are to be at work at the same time.
static void count_and_meet(int worker, long generation)
{
    (void)worker;
    atomic_fetch_add_explicit(&steps, 1, memory_order_relaxed);
    if (generation == 1 && !atomic_load_explicit(&apart, memory_order_relaxed) &&
        !rendezvous_meet(&first_step, PATIENCE_MS))
        atomic_store_explicit(&apart, true, memory_order_relaxed);
}

void (*life_watcher)(int worker, long generation) = count_and_meet; // the scenes have others

void life_progress(int worker, long generation)
{
    life_watcher(worker, generation);
}

// Two gliders at each border between two workers, one of which is just crossing it.
static void release_gliders(board cells)
{
    static const int glider[5][2] = {{0, 1}, {1, 2}, {2, 0}, {2, 1}, {2, 2}};
    for (int i = 0; i < GLIDERS; i++) {
        int top = LIFE_SIZE - 2 + i * LIFE_SIZE / GLIDERS, left = 6 * i;
        for (int cell = 0; cell < 5; cell++)
            cells[(top + glider[cell][0]) % LIFE_SIZE][(left + glider[cell][1]) % LIFE_SIZE] = true;
    }
}

static bool next_state(board cells, int row, int column)
{
    static const int around[8][2] = {{-1, -1}, {-1, 0}, {-1, 1}, {0, -1},
                                     {0, 1},   {1, -1}, {1, 0},  {1, 1}};
    int alive = 0;
    for (int i = 0; i < 8; i++)
        alive += cells[(row + around[i][0] + LIFE_SIZE) % LIFE_SIZE]
                      [(column + around[i][1] + LIFE_SIZE) % LIFE_SIZE];
    return alive == 3 || (alive == 2 && cells[row][column]);
}

// One generation, worked out by one thread.
static void step_alone(board cells)
{
    board next;
    for (int row = 0; row < LIFE_SIZE; row++)
        for (int column = 0; column < LIFE_SIZE; column++)
            next[row][column] = next_state(cells, row, column);
    memcpy(cells, next, sizeof next);
}

static void *work(void *data)
{
    int worker = *(const int *)data;
    rendezvous_meet(&start, PATIENCE_MS);
    life_work(life, worker, rounds);
    return NULL;
}

static void look_away(int worker, long generation)
{
    (void)worker, (void)generation;
}

// One worker alone, for more generations than a byte counts; fewer where each takes long.
static bool grows_old(void)
{
    long old = 100 * (rounds / 16);
    board cells = {0};
    release_gliders(cells);
    life = life_new(cells, 1);
    life_watcher = look_away;
    life_work(life, 0, old);
    life_watcher = count_and_meet;
    for (long i = 0; i < old; i++)
        step_alone(cells);
    bool same = true;
    for (int row = 0; row < LIFE_SIZE; row++)
        for (int column = 0; column < LIFE_SIZE; column++)
            same &= life_alive(life, row, column) == cells[row][column];
    life_free(life);
    return same;
}

int main(int argc, char **argv)
{
    rounds = argc > 1 ? atol(argv[1]) : 1000;
    if (!grows_old()) {
        printf("one worker alone must come to %ld generations\n", 100 * (rounds / 16));
        return 1;
    }
    board cells = {0};
    release_gliders(cells);
    life = life_new(cells, WORKERS);

    pthread_t threads[WORKERS];
    int workers[WORKERS];
    for (int i = 0; i < WORKERS; i++) {
        workers[i] = i;
        pthread_create(&threads[i], NULL, work, &workers[i]);
    }
    for (int i = 0; i < WORKERS; i++)
        pthread_join(threads[i], NULL);

    for (long i = 0; i < rounds; i++)
        step_alone(cells);
    int same = 0;
    for (int row = 0; row < LIFE_SIZE; row++)
        for (int column = 0; column < LIFE_SIZE; column++)
            same += life_alive(life, row, column) == cells[row][column];
    printf("want: %d cells as they should be, %ld steps, got: %d cells, %ld steps%s\n",
           LIFE_SIZE * LIFE_SIZE, WORKERS * rounds, same, steps,
           apart ? ", and not side by side" : "");

    life_free(life);
    return same == LIFE_SIZE * LIFE_SIZE && steps == WORKERS * rounds && !apart ? 0 : 1;
}
