// Also right: a flag that is taken in one atomic step. Whoever waits for it goes round and round, which a bathroom
// is not worth; but it has no owner, and is in the copy what it was.

#include "house.h"

#include <sched.h>
#include <stdatomic.h>
#include <unistd.h>

static atomic_flag door = ATOMIC_FLAG_INIT; // guards water_runs
static bool water_runs;

bool bathroom_use(void (*inside)(void))
{
    while (atomic_flag_test_and_set(&door))
        sched_yield();
    bool in_order = !water_runs;
    if (in_order) {
        water_runs = true;
        inside();
        water_runs = false;
    }
    atomic_flag_clear(&door);
    return in_order;
}

// Holds the door meanwhile: so nobody is inside, and what is copied is the lock of the one who goes along.
pid_t house_copy(int (*life)(void))
{
    while (atomic_flag_test_and_set(&door))
        sched_yield();
    pid_t copy = fork();
    atomic_flag_clear(&door); // in both houses
    if (copy == 0)
        _exit(life());
    return copy;
}
