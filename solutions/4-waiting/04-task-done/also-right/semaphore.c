// Also right: the last task opens a turnstile; each reader who gets through lets the next one
// through.

#include "task_done.h"

#include <semaphore.h>
#include <stdatomic.h>
#include <stdlib.h>

struct tasks {
    atomic_int outstanding;
    sem_t all_done; // one from then on
};

struct tasks *tasks_new(int outstanding)
{
    struct tasks *tasks = malloc(sizeof *tasks);
    if (tasks) {
        atomic_init(&tasks->outstanding, outstanding);
        sem_init(&tasks->all_done, 0, 0);
    }
    return tasks;
}

void tasks_free(struct tasks *tasks)
{
    if (tasks)
        sem_destroy(&tasks->all_done);
    free(tasks);
}

void tasks_add(struct tasks *tasks)
{
    atomic_fetch_add(&tasks->outstanding, 1);
}

void tasks_done(struct tasks *tasks)
{
    if (atomic_fetch_sub(&tasks->outstanding, 1) == 1)
        sem_post(&tasks->all_done);
}

void tasks_wait(struct tasks *tasks)
{
    sem_wait(&tasks->all_done);
    sem_post(&tasks->all_done);
}
