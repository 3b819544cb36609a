// Still wrong: jobs are run under the lock, so one worker works and the others wait for it.
// Caught by: explore, tsan, helgrind, native

#include "pool_shutdown.h"

#include <pthread.h>
#include <sched.h>
#include <stdbool.h>
#include <stdlib.h>

struct pool {
    int workers;          // how many threads there are
    pthread_mutex_t lock; // guards first, last and stopping
    int first, last;      // of the jobs that wait; none when they are equal
    struct job *jobs;     // all that were ever handed in, in order
    bool stopping;        // no more jobs will come
    pthread_t threads[];
};

// Does the job that has waited longest. Returns false if there is none.
static bool work(struct pool *pool, bool *stopping)
{
    pthread_mutex_lock(&pool->lock);
    *stopping = pool->stopping;
    bool found = pool->first < pool->last;
    if (found) {
        struct job job = pool->jobs[pool->first++];
        job.run(job.argument);
    }
    pthread_mutex_unlock(&pool->lock);
    return found;
}

// Works until a look at the jobs finds none, and closing time had come before that look.
static void *worker(void *argument)
{
    struct pool *pool = argument;
    bool stopping;
    for (;;) {
        if (work(pool, &stopping))
            continue;
        if (stopping)
            return NULL;
        sched_yield();
    }
}

struct pool *pool_new(int workers, int room)
{
    struct pool *pool = calloc(1, sizeof *pool + workers * sizeof pool->threads[0]);
    if (!pool || !(pool->jobs = calloc(room, sizeof *pool->jobs))) {
        free(pool);
        return NULL;
    }
    pthread_mutex_init(&pool->lock, NULL);
    for (; pool->workers < workers; pool->workers++)
        pthread_create(&pool->threads[pool->workers], NULL, worker, pool);
    return pool;
}

void pool_free(struct pool *pool)
{
    pthread_mutex_destroy(&pool->lock);
    free(pool->jobs);
    free(pool);
}

void pool_submit(struct pool *pool, struct job job)
{
    pthread_mutex_lock(&pool->lock);
    pool->jobs[pool->last++] = job;
    pthread_mutex_unlock(&pool->lock);
}

void pool_stop(struct pool *pool)
{
    pthread_mutex_lock(&pool->lock);
    pool->stopping = true;
    pthread_mutex_unlock(&pool->lock);
    for (int i = 0; i < pool->workers; i++)
        pthread_join(pool->threads[i], NULL);
}
