// Still wrong: two atomic steps, and a task that is done in between is forgotten.
// Caught by: explore

#include "task_done.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

struct tasks {
    pthread_mutex_t lock; // held from the look at outstanding until asleep
    pthread_cond_t all_done;
    atomic_int outstanding;
};

struct tasks *tasks_new(int outstanding)
{
    struct tasks *tasks = malloc(sizeof *tasks);
    if (tasks) {
        pthread_mutex_init(&tasks->lock, NULL);
        pthread_cond_init(&tasks->all_done, NULL);
        atomic_init(&tasks->outstanding, outstanding);
    }
    return tasks;
}

void tasks_free(struct tasks *tasks)
{
    if (tasks) {
        pthread_cond_destroy(&tasks->all_done);
        pthread_mutex_destroy(&tasks->lock);
    }
    free(tasks);
}

void tasks_add(struct tasks *tasks)
{
    atomic_fetch_add(&tasks->outstanding, 1);
}

void tasks_done(struct tasks *tasks)
{
    int left = atomic_load(&tasks->outstanding) - 1;
    atomic_store(&tasks->outstanding, left);
    if (left > 0)
        return;
    pthread_mutex_lock(&tasks->lock);
    pthread_cond_broadcast(&tasks->all_done);
    pthread_mutex_unlock(&tasks->lock);
}

void tasks_wait(struct tasks *tasks)
{
    pthread_mutex_lock(&tasks->lock);
    while (atomic_load(&tasks->outstanding) > 0)
        pthread_cond_wait(&tasks->all_done, &tasks->lock);
    pthread_mutex_unlock(&tasks->lock);
}
