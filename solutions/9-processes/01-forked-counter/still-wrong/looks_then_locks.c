// Still wrong: a lock by hand, of two atomic steps: looks until it is open, then closes it. Two may have looked.
// Caught by: explore

#include "visitors.h"

#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/mman.h>

struct visitors {
    atomic_bool locked; // guards count
    long count;
};

static void lock(struct visitors *visitors)
{
    while (visitors->locked)
        sched_yield();
    visitors->locked = true;
}

static void unlock(struct visitors *visitors)
{
    visitors->locked = false;
}

struct visitors *visitors_new(void)
{
    struct visitors *visitors =
        mmap(NULL, sizeof *visitors, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    return visitors != MAP_FAILED ? visitors : NULL;
}

void visitors_free(struct visitors *visitors)
{
    if (visitors)
        munmap(visitors, sizeof *visitors);
}

long visitors_count(struct visitors *visitors)
{
    lock(visitors);
    long number = ++visitors->count;
    unlock(visitors);
    return number;
}

long visitors_so_far(struct visitors *visitors)
{
    lock(visitors);
    long count = visitors->count;
    unlock(visitors);
    return count;
}
