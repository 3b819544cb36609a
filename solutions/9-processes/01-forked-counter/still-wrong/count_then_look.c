// Still wrong: counts, and looks a second time for the number: there may have been another one
// meanwhile.
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
    atomic_fetch_add(&visitors->count, 1);
    return atomic_load(&visitors->count);
}

long visitors_so_far(struct visitors *visitors)
{
    return atomic_load(&visitors->count);
}
