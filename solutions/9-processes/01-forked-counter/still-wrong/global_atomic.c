// Still wrong: an atomic global variable. All threads have it in common; a child has a copy of it.
// Caught by: native

#include "visitors.h"

#include <stdatomic.h>
#include <stdlib.h>

struct visitors {
    char nothing;
};

static atomic_long count;

struct visitors *visitors_new(void)
{
    atomic_store(&count, 0);
    return malloc(sizeof(struct visitors));
}

void visitors_free(struct visitors *visitors)
{
    free(visitors);
}

long visitors_count(struct visitors *visitors)
{
    (void)visitors;
    return atomic_fetch_add(&count, 1) + 1;
}

long visitors_so_far(struct visitors *visitors)
{
    (void)visitors;
    return atomic_load(&count);
}
