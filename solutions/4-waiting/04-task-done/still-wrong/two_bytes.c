// Still wrong: 16 bits count the tasks: when 65,536 are left they say none.
// Caught by: native

#include "task_done.h"

#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>

struct tasks {
    pthread_mutex_t lock; // guards outstanding
    pthread_cond_t all_done;
    uint16_t outstanding;
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
