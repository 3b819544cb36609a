// Still wrong: shares the pointer. It points to the same address in all processes, where each has
// memory of its own.
// Caught by: native

#include "visitors.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <sys/mman.h>

struct visitors {
    atomic_long *count;
};

struct visitors *visitors_new(void)
{
    struct visitors *visitors =
        mmap(NULL, sizeof *visitors, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (visitors == MAP_FAILED)
        return NULL;
    visitors->count = calloc(1, sizeof *visitors->count);
    return visitors;
}

void visitors_free(struct visitors *visitors)
{
    if (!visitors)
        return;
    free(visitors->count);
    munmap(visitors, sizeof *visitors);
}

long visitors_count(struct visitors *visitors)
{
    return atomic_fetch_add(visitors->count, 1) + 1;
}

long visitors_so_far(struct visitors *visitors)
{
    return atomic_load(visitors->count);
}
