// Also right: a semaphore counts jobs and closing times; who is let in and finds no job goes home.

#include "pool_shutdown.h"

#include <pthread.h>
#include <semaphore.h>
#include <stdbool.h>
#include <stdlib.h>

struct pool {
    int workers;          // how many threads there are
    pthread_mutex_t lock; // guards first and last
    int first, last;      // of the jobs that wait; none when they are equal
    struct job *jobs;     // all that were ever handed in, in order
    sem_t calls;          // one for each job; and for each worker, when it may go home
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

// Works until it is called and finds no job.
static void *worker(void *argument)
{
    struct pool *pool = argument;
    struct job job;
    for (;;) {
        sem_wait(&pool->calls);
        if (!take(pool, &job))
            return NULL;
        job.run(job.argument);
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
    sem_init(&pool->calls, 0, 0);
    for (; pool->workers < workers; pool->workers++)
        pthread_create(&pool->threads[pool->workers], NULL, worker, pool);
    return pool;
}

void pool_free(struct pool *pool)
{
    sem_destroy(&pool->calls);
    pthread_mutex_destroy(&pool->lock);
    free(pool->jobs);
    free(pool);
}

void pool_submit(struct pool *pool, struct job job)
{
    pthread_mutex_lock(&pool->lock);
    pool->jobs[pool->last++] = job;
    pthread_mutex_unlock(&pool->lock);
    sem_post(&pool->calls);
}

void pool_stop(struct pool *pool)
{
    for (int i = 0; i < pool->workers; i++)
        sem_post(&pool->calls);
    for (int i = 0; i < pool->workers; i++)
        pthread_join(pool->threads[i], NULL);
}
