// Also right: no flag: closing time says how many jobs there are in all, and each worker knows
// when they are begun.

#include "pool_shutdown.h"

#include <limits.h>
#include <pthread.h>
#include <stdlib.h>

struct pool {
    pthread_mutex_t lock;
    pthread_cond_t news;
    struct job *jobs;
    int begun, known, total; // total: INT_MAX while nobody knows
    int workers;
    pthread_t threads[];
};

static void *worker(void *argument)
{
    struct pool *pool = argument;
    pthread_mutex_lock(&pool->lock);
    while (pool->begun < pool->total) {
        if (pool->begun == pool->known) {
            pthread_cond_wait(&pool->news, &pool->lock);
            continue;
        }
        struct job job = pool->jobs[pool->begun++];
        pthread_mutex_unlock(&pool->lock);
        job.run(job.argument);
        pthread_mutex_lock(&pool->lock);
    }
    pthread_mutex_unlock(&pool->lock);
    return NULL;
}

struct pool *pool_new(int workers, int room)
{
    struct pool *pool = calloc(1, sizeof *pool + workers * sizeof pool->threads[0]);
    if (!pool)
        return NULL;
    pool->jobs = calloc(room ? room : 1, sizeof *pool->jobs);
    if (!pool->jobs) {
        free(pool);
        return NULL;
    }
    pool->total = INT_MAX;
    pool->workers = workers;
    pthread_mutex_init(&pool->lock, NULL);
    pthread_cond_init(&pool->news, NULL);
    for (int i = 0; i < workers; i++)
        pthread_create(&pool->threads[i], NULL, worker, pool);
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
    pool->jobs[pool->known++] = job;
    pthread_mutex_unlock(&pool->lock);
    pthread_cond_signal(&pool->news);
}

void pool_stop(struct pool *pool)
{
    pthread_mutex_lock(&pool->lock);
    pool->total = pool->known;
    pthread_cond_broadcast(&pool->news);
    pthread_mutex_unlock(&pool->lock);
    for (int i = 0; i < pool->workers; i++)
        pthread_join(pool->threads[i], NULL);
}
