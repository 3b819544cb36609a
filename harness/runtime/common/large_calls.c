// See large_calls.h.

#include "large_calls.h"

#include <stdint.h>

bool large_is_lock_free(size_t size, const void *object)
{
    bool power = size > 0 && (size & (size - 1)) == 0;
    return power && size <= sizeof(void *) && (uintptr_t)object % size == 0;
}
