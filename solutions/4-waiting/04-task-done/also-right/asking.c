// Also right: no sleep and nobody to wake. The readers keep a processor busy with asking.

#include "task_done.h"

#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>

struct tasks {
    atomic_int outstanding;
};

struct tasks *tasks_new(int outstanding)
{
    struct tasks *tasks = malloc(sizeof *tasks);
    if (tasks)
        atomic_init(&tasks->outstanding, outstanding);
    return tasks;
}

void tasks_free(struct tasks *tasks)
{
    free(tasks);
}

void tasks_add(struct tasks *tasks)
{
    atomic_fetch_add_explicit(&tasks->outstanding, 1, memory_order_relaxed);
}

void tasks_done(struct tasks *tasks)
{
    atomic_fetch_sub_explicit(&tasks->outstanding, 1, memory_order_release);
}

void tasks_wait(struct tasks *tasks)
{
    while (atomic_load_explicit(&tasks->outstanding, memory_order_acquire) > 0)
        sched_yield();
}
