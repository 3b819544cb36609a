// A queue of tasks: its owner puts them in and takes them out at the bottom, a thief steals at the
// top. The owner looks at the top before it gives the task up for taken, and then both have taken
// the last one.

#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>

enum { TASKS = 3 };

static atomic_int top, bottom; // tasks lie between them
static atomic_int taken[TASKS];

static bool take_at_bottom(int *task)
{
    int below = bottom - 1;
    if (below < top)
        return false;
    bottom = below; // should come first: the thief must see it before we look at the top
    *task = below;
    return true;
}

static bool steal_at_top(int *task)
{
    int above = top;
    if (above >= bottom)
        return false;
    *task = above;
    return atomic_compare_exchange_strong(&top, &above, above + 1);
}

static void run(int task)
{
    int times = atomic_fetch_add(&taken[task], 1);
    assert(times == 0);
}

static void *own(void *unused)
{
    int task;
    for (int i = 0; i < TASKS; i++)
        bottom = i + 1;
    for (int i = 0; i < TASKS; i++)
        if (take_at_bottom(&task))
            run(task);
    return unused;
}

static void *steal(void *unused)
{
    int task;
    for (int i = 0; i < TASKS; i++)
        if (steal_at_top(&task))
            run(task);
    return unused;
}

int main(void)
{
    pthread_t owner, thief;
    pthread_create(&owner, NULL, own, NULL);
    pthread_create(&thief, NULL, steal, NULL);
    pthread_join(owner, NULL);
    pthread_join(thief, NULL);
    return 0;
}
