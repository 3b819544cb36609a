// The plain run's part of large_atomics.h: nobody watches.
#include "runtime/common/large_atomics.h"

#include <string.h>

bool large_begins(const struct large_operation *operation)
{
    (void)operation;
    return true;
}

void large_ends(const struct large_operation *operation, bool begun)
{
    (void)operation, (void)begun;
}

void large_access(const struct large_operation *operation, void *old, const void *value)
{
    if (old)
        memcpy(old, operation->object, operation->size);
    if (value)
        memcpy(operation->object, value, operation->size);
}
