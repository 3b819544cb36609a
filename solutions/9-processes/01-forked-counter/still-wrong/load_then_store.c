// Still wrong: each step is atomic, and the two are not one.
// Caught by: native

#include "visitors.h"

#include <stdatomic.h>
#include <stddef.h>
#include <sys/mman.h>

struct visitors {
    atomic_long count;
};

struct visitors *visitors_new(void)
{
    struct visitors *visitors =
        mmap(NULL, sizeof *visitors, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    return visitors == MAP_FAILED ? NULL : visitors;
}

void visitors_free(struct visitors *visitors)
{
    if (visitors)
        munmap(visitors, sizeof *visitors);
}

long visitors_count(struct visitors *visitors)
{
    long number = atomic_load(&visitors->count) + 1;
    atomic_store(&visitors->count, number);
    return number;
}

long visitors_so_far(struct visitors *visitors)
{
    return atomic_load(&visitors->count);
}
