// Helgrind's part of large_atomics.h: it is told as of all other atomic operations (atomics.h), and
// what is written is exchanged, as it takes locked instructions for reads, which never race.
#include "runtime/common/large_atomics.h"

#include "atomics.h"

#include <stdint.h>
#include <string.h>

static struct atomic_operation told(const struct large_operation *operation)
{
    return (struct atomic_operation){.object = operation->object,
                                     .size = operation->size,
                                     .kind = !operation->writes  ? ATOMIC_LOAD
                                             : !operation->reads ? ATOMIC_STORE
                                                                 : ATOMIC_UPDATE,
                                     .order = operation->order,
                                     .place = operation->place};
}

bool large_begins(const struct large_operation *operation)
{
    const struct atomic_operation own = told(operation);
    return atomic_begins(&own);
}

void large_ends(const struct large_operation *operation, bool begun)
{
    const struct atomic_operation own = told(operation);
    atomic_ends(&own, begun);
}

void large_access(const struct large_operation *operation, void *old, const void *value)
{
    unsigned char *object = operation->object;
    const unsigned char *bytes = value;
    if (old)
        memcpy(old, object, operation->size);
    for (size_t i = 0; value && i < operation->size; i++)
        __atomic_exchange_n(&object[i], bytes[i], __ATOMIC_RELAXED);
}
