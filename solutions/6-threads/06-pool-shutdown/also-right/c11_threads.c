// Also right: the threads, the mutex and the atomics of C11.

#include "pool_shutdown.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <threads.h>

struct pool {
    int workers;          // how many threads there are
    mtx_t lock;           // guards first and last
    int first, last;      // of the jobs that wait; none when they are equal
    struct job *jobs;     // all that were ever handed in, in order
    atomic_bool stopping; // no more jobs will come
    thrd_t threads[];
};

// Takes the job that has waited longest. Returns false if there is none.
static bool take(struct pool *pool, struct job *job)
{
    mtx_lock(&pool->lock);
    bool taken = pool->first < pool->last;
    if (taken)
        *job = pool->jobs[pool->first++];
    mtx_unlock(&pool->lock);
    return taken;
}

// Works until a look at the jobs finds none, and closing time had come before that look.
static int worker(void *argument)
{
    struct pool *pool = argument;
    struct job job;
    for (;;) {
        bool stopping = pool->stopping;
        if (take(pool, &job))
            job.run(job.argument);
        else if (stopping)
            return 0;
        else
            thrd_yield();
    }
}

struct pool *pool_new(int workers, int room)
{
    struct pool *pool = calloc(1, sizeof *pool + workers * sizeof pool->threads[0]);
    if (!pool || !(pool->jobs = calloc(room, sizeof *pool->jobs))) {
        free(pool);
        return NULL;
    }
    mtx_init(&pool->lock, mtx_plain);
    for (; pool->workers < workers; pool->workers++)
        thrd_create(&pool->threads[pool->workers], worker, pool);
    return pool;
}

void pool_free(struct pool *pool)
{
    mtx_destroy(&pool->lock);
    free(pool->jobs);
    free(pool);
}

void pool_submit(struct pool *pool, struct job job)
{
    mtx_lock(&pool->lock);
    pool->jobs[pool->last++] = job;
    mtx_unlock(&pool->lock);
}

void pool_stop(struct pool *pool)
{
    pool->stopping = true;
    for (int i = 0; i < pool->workers; i++)
        thrd_join(pool->threads[i], NULL);
}
