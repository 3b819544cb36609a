// Also right: one lock, one list of what waits for which step, and all workers look at it.

#include "pipeline.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>

enum { STEPS = 3, WORKERS = DOWNLOADERS + RESIZERS + UPLOADERS };

// Photos enter and leave a step in an order of their own, so each step has a line of its own.
struct line {
    struct photo **photos; // in the order in which they came
    int came, taken;
};

struct board {
    pthread_mutex_t lock; // guards the lines; a photo taken from its line is the taker's
    pthread_cond_t news;
    struct line lines[STEPS + 1]; // the last line: finished
    int count;                    // of photos: as many come to each line
};

struct worker {
    struct board *board;
    int step;
    pthread_t thread;
};

static void append(struct line *line, struct photo *photo)
{
    line->photos[line->came++] = photo;
}

// The next photo for a step, or NULL when the step has had them all.
static struct photo *take(struct board *board, int step)
{
    struct line *line = &board->lines[step];
    pthread_mutex_lock(&board->lock);
    while (line->taken == line->came && line->taken < board->count)
        pthread_cond_wait(&board->news, &board->lock);
    struct photo *photo = line->taken < board->count ? line->photos[line->taken++] : NULL;
    pthread_mutex_unlock(&board->lock);
    return photo;
}

static void pass_on(struct board *board, int step, struct photo *photo)
{
    pthread_mutex_lock(&board->lock);
    append(&board->lines[step + 1], photo);
    pthread_cond_broadcast(&board->news);
    pthread_mutex_unlock(&board->lock);
}

static void *work(void *own)
{
    static void (*const steps[STEPS])(struct photo *) = {download, resize, upload};
    static const enum state done[STEPS] = {DOWNLOADED, RESIZED, UPLOADED};
    struct worker *worker = own;
    struct photo *photo;
    while ((photo = take(worker->board, worker->step))) {
        steps[worker->step](photo);
        photo->state = done[worker->step];
        pass_on(worker->board, worker->step, photo);
    }
    // A worker waits only while photos of its line are still to come, so nobody need be woken here.
    return NULL;
}

void pipeline_run(struct photo *photos, int count)
{
    struct board board = {.count = count};
    struct worker workers[WORKERS];
    pthread_mutex_init(&board.lock, NULL);
    pthread_cond_init(&board.news, NULL);
    for (int i = 0; i <= STEPS; i++)
        board.lines[i].photos = calloc((size_t)count, sizeof(struct photo *));
    for (int i = 0; i < count; i++)
        append(&board.lines[0], &photos[i]);
    for (int i = 0; i < WORKERS; i++) {
        int step = (i >= DOWNLOADERS) + (i >= DOWNLOADERS + RESIZERS);
        workers[i] = (struct worker){.board = &board, .step = step};
        pthread_create(&workers[i].thread, NULL, work, &workers[i]);
    }
    for (int i = 0; i < WORKERS; i++)
        pthread_join(workers[i].thread, NULL);
    for (int i = 0; i <= STEPS; i++)
        free(board.lines[i].photos);
    pthread_cond_destroy(&board.news);
    pthread_mutex_destroy(&board.lock);
}
