// Also right: no queues: tickets say whose turn it is, and a release store per photo hands it on.

#include "pipeline.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>

enum { STEPS = 3, WORKERS = DOWNLOADERS + RESIZERS + UPLOADERS };

struct pipeline {
    struct photo *photos;
    int count;
    atomic_int *steps_done; // per photo; whoever finds his turn here owns the photo
    atomic_int next[STEPS]; // per step: the photo that its next free worker takes
};

struct worker {
    struct pipeline *pipeline;
    int step;
    pthread_t thread;
};

static void *work(void *own)
{
    static void (*const steps[STEPS])(struct photo *) = {download, resize, upload};
    static const enum state done[STEPS] = {DOWNLOADED, RESIZED, UPLOADED};
    struct worker *worker = own;
    struct pipeline *pipeline = worker->pipeline;
    int step = worker->step, i;
    while ((i = atomic_fetch_add(&pipeline->next[step], 1)) < pipeline->count) {
        while (atomic_load_explicit(&pipeline->steps_done[i], memory_order_acquire) < step)
            sched_yield();
        steps[step](&pipeline->photos[i]);
        pipeline->photos[i].state = done[step];
        atomic_store_explicit(&pipeline->steps_done[i], step + 1, memory_order_release);
    }
    return NULL;
}

void pipeline_run(struct photo *photos, int count)
{
    struct pipeline pipeline = {.photos = photos, .count = count};
    struct worker workers[WORKERS];
    pipeline.steps_done = calloc((size_t)count, sizeof *pipeline.steps_done);
    for (int i = 0; i < WORKERS; i++) {
        int step = (i >= DOWNLOADERS) + (i >= DOWNLOADERS + RESIZERS);
        workers[i] = (struct worker){.pipeline = &pipeline, .step = step};
        pthread_create(&workers[i].thread, NULL, work, &workers[i]);
    }
    for (int i = 0; i < WORKERS; i++)
        pthread_join(workers[i].thread, NULL);
    free(pipeline.steps_done);
}
