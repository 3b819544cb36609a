// Still wrong: one condition variable for all counts, each with a mutex of its own: POSIX does not
// say what happens then.
// Caught by: explore

#include "task_done.h"

#include <pthread.h>
#include <stdlib.h>

static pthread_cond_t all_done = PTHREAD_COND_INITIALIZER;

struct tasks {
    pthread_mutex_t lock; // guards outstanding
    int outstanding;
};

struct tasks *tasks_new(int outstanding)
{
    struct tasks *tasks = malloc(sizeof *tasks);
    if (tasks) {
        pthread_mutex_init(&tasks->lock, NULL);
        tasks->outstanding = outstanding;
    }
    return tasks;
}

void tasks_free(struct tasks *tasks)
{
    if (tasks) {
        pthread_mutex_destroy(&tasks->lock);
    }
    free(tasks);
}

void tasks_add(struct tasks *tasks)
{
    pthread_mutex_lock(&tasks->lock);
    tasks->outstanding++;
    pthread_mutex_unlock(&tasks->lock);
}

void tasks_done(struct tasks *tasks)
{
    pthread_mutex_lock(&tasks->lock);
    if (--tasks->outstanding == 0)
        pthread_cond_broadcast(&all_done);
    pthread_mutex_unlock(&tasks->lock);
}

void tasks_wait(struct tasks *tasks)
{
    pthread_mutex_lock(&tasks->lock);
    while (tasks->outstanding > 0)
        pthread_cond_wait(&all_done, &tasks->lock);
    pthread_mutex_unlock(&tasks->lock);
}
