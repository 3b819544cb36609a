#include "runtime/common/order.h"

#include <valgrind/helgrind.h>

void order_release(const void *thing)
{
    ANNOTATE_HAPPENS_BEFORE(thing);
}

void order_acquire(const void *thing)
{
    ANNOTATE_HAPPENS_AFTER(thing);
}
