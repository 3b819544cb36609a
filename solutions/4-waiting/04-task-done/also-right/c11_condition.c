// Also right: mutex and condition variable of C11.

#include "task_done.h"

#include <stdlib.h>
#include <threads.h>

struct tasks {
    mtx_t lock; // guards outstanding
    cnd_t all_done;
    int outstanding;
};

struct tasks *tasks_new(int outstanding)
{
    struct tasks *tasks = malloc(sizeof *tasks);
    if (tasks) {
        mtx_init(&tasks->lock, mtx_plain);
        cnd_init(&tasks->all_done);
        tasks->outstanding = outstanding;
    }
    return tasks;
}

void tasks_free(struct tasks *tasks)
{
    if (tasks) {
        cnd_destroy(&tasks->all_done);
        mtx_destroy(&tasks->lock);
    }
    free(tasks);
}

void tasks_add(struct tasks *tasks)
{
    mtx_lock(&tasks->lock);
    tasks->outstanding++;
    mtx_unlock(&tasks->lock);
}

void tasks_done(struct tasks *tasks)
{
    mtx_lock(&tasks->lock);
    if (--tasks->outstanding == 0)
        cnd_broadcast(&tasks->all_done);
    mtx_unlock(&tasks->lock);
}

void tasks_wait(struct tasks *tasks)
{
    mtx_lock(&tasks->lock);
    while (tasks->outstanding > 0)
        cnd_wait(&tasks->all_done, &tasks->lock);
    mtx_unlock(&tasks->lock);
}
