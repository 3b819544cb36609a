// Still wrong: a byte counts the tasks: when 256 of 257 are left it says none.
// Caught by: explore

#include "task_done.h"

#include <pthread.h>
#include <stdlib.h>

struct tasks {
    pthread_mutex_t lock; // guards outstanding
    pthread_cond_t all_done;
    unsigned char outstanding;
};

struct tasks *tasks_new(int outstanding)
{
    struct tasks *tasks = malloc(sizeof *tasks);
    if (tasks) {
        pthread_mutex_init(&tasks->lock, NULL);
        pthread_cond_init(&tasks->all_done, NULL);
        tasks->outstanding = outstanding;
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
    pthread_mutex_lock(&tasks->lock);
    tasks->outstanding++;
    pthread_mutex_unlock(&tasks->lock);
}

void tasks_done(struct tasks *tasks)
{
    pthread_mutex_lock(&tasks->lock);
    if (--tasks->outstanding == 0)
        pthread_cond_broadcast(&tasks->all_done);
    pthread_mutex_unlock(&tasks->lock);
}

void tasks_wait(struct tasks *tasks)
{
    pthread_mutex_lock(&tasks->lock);
    while (tasks->outstanding > 0)
        pthread_cond_wait(&tasks->all_done, &tasks->lock);
    pthread_mutex_unlock(&tasks->lock);
}
