#include "runtime/common/order.h"

void __tsan_acquire(void *address);
void __tsan_release(void *address);

void order_release(const void *thing)
{
    __tsan_release((void *)thing);
}

void order_acquire(const void *thing)
{
    __tsan_acquire((void *)thing);
}
