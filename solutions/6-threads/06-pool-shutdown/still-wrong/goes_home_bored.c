// Still wrong: a worker that has found nothing to do a thousand times in a row goes home, though the
// pool is still open.
// Caught by: explore

#include "pool_shutdown.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>

enum { PATIENCE = 1000 };

struct pool {
    int workers;          // how many threads there are
    pthread_mutex_t lock; // guards first and last
    int first, last;      // of the jobs that wait; none when they are equal
    struct job *jobs;     // all that were ever handed in, in order
    atomic_bool stopping; // no more jobs will come
    pthread_t threads[];
};

// Takes the job that has waited longest. Returns false if there is none.
static bool take(struct pool *pool, struct job *job)
{
    pthread_mutex_lock(&pool->lock);
    bool taken = pool->first < pool->last;
    if (taken)
        *job = pool->jobs[pool->first++];
    pthread_mutex_unlock(&pool->lock);
    return taken;
}

// Works until a look at the jobs finds none, and closing time had come before that look; or too many
// looks in a row have found none.
static void *worker(void *argument)
{
    struct pool *pool = argument;
    struct job job;
    int vain = 0;
    while (vain < PATIENCE) {
        bool stopping = pool->stopping;
        vain++;
        if (take(pool, &job)) {
            job.run(job.argument);
            vain = 0;
        } else if (stopping) {
            return NULL;
        } else {
            sched_yield();
        }
    }
    return NULL;
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
    pool->stopping = true;
    for (int i = 0; i < pool->workers; i++)
        pthread_join(pool->threads[i], NULL);
}
