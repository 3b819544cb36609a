// Still wrong: a thread for each job needs no flag; but the pool was to have so many workers.
// Caught by: explore

#include "pool_shutdown.h"

#include <pthread.h>
#include <stdlib.h>

// A job and the thread that does it.
struct task {
    struct job job;
    pthread_t thread;
};

struct pool {
    int begun; // how many tasks there are
    struct task tasks[];
};

static void *work(void *argument)
{
    struct task *self = argument;
    self->job.run(self->job.argument);
    return NULL;
}

struct pool *pool_new(int workers, int room)
{
    (void)workers;
    return calloc(1, sizeof(struct pool) + room * sizeof(struct task));
}

void pool_free(struct pool *pool)
{
    free(pool);
}

void pool_submit(struct pool *pool, struct job job)
{
    struct task *task = &pool->tasks[pool->begun++];
    task->job = job;
    pthread_create(&task->thread, NULL, work, task);
}

void pool_stop(struct pool *pool)
{
    for (int i = 0; i < pool->begun; i++)
        pthread_join(pool->tasks[i].thread, NULL);
}
