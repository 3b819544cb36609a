// Still wrong: a worker that is woken for nothing goes home early, with the pool still open.
// Caught by: explore

#include "pool_shutdown.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>

struct pool {
    int workers;          // how many threads there are
    pthread_mutex_t lock; // guards first, last and stopping
    pthread_cond_t news;  // there is a job, or it is closing time
    int first, last;      // of the jobs that wait; none when they are equal
    struct job *jobs;     // all that were ever handed in, in order
    bool stopping;        // no more jobs will come
    pthread_t threads[];
};

// Takes the job that has waited longest, or waits for one. Returns false after closing time, when
// no job is left.
static bool take(struct pool *pool, struct job *job)
{
    pthread_mutex_lock(&pool->lock);
    if (pool->first == pool->last && !pool->stopping)
        pthread_cond_wait(&pool->news, &pool->lock);
    bool taken = pool->first < pool->last;
    if (taken)
        *job = pool->jobs[pool->first++];
    pthread_mutex_unlock(&pool->lock);
    return taken;
}

static void *worker(void *argument)
{
    struct pool *pool = argument;
    struct job job;
    while (take(pool, &job))
        job.run(job.argument);
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
    pthread_cond_init(&pool->news, NULL);
    for (; pool->workers < workers; pool->workers++)
        pthread_create(&pool->threads[pool->workers], NULL, worker, pool);
    return pool;
}

void pool_free(struct pool *pool)
{
    pthread_cond_destroy(&pool->news);
    pthread_mutex_destroy(&pool->lock);
    free(pool->jobs);
    free(pool);
}

void pool_submit(struct pool *pool, struct job job)
{
    pthread_mutex_lock(&pool->lock);
    pool->jobs[pool->last++] = job;
    pthread_cond_signal(&pool->news);
    pthread_mutex_unlock(&pool->lock);
}

void pool_stop(struct pool *pool)
{
    pthread_mutex_lock(&pool->lock);
    pool->stopping = true;
    pthread_cond_broadcast(&pool->news);
    pthread_mutex_unlock(&pool->lock);
    for (int i = 0; i < pool->workers; i++)
        pthread_join(pool->threads[i], NULL);
}
