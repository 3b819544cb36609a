// The calls that clang makes in place of C atomics on objects that no instruction is large enough
// for, a _Atomic struct of 32 bytes, say. They are libatomic's, which need not be there: its locks
// would be the program's for the tools, and what they order would hide what the program's orders
// leave open. Here each is one step for all others. The explorer has its own (explore/atomics.c).

#include "large_atomics.h"
#include "large_calls.h"

#include <sched.h>
#include <stdint.h>

// One for all objects. Helgrind takes a locked instruction for a read: it is given back by one,
// too.
static unsigned lock;

static void lock_take(void)
{
    while (__atomic_exchange_n(&lock, 1, __ATOMIC_ACQUIRE) != 0)
        sched_yield();
}

static void lock_give_back(void)
{
    __atomic_exchange_n(&lock, 0, __ATOMIC_RELEASE);
}

// Not by memcmp, which ThreadSanitizer hears of.
static bool are_equal(const unsigned char *one, const unsigned char *other, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (one[i] != other[i])
            return false;
    return true;
}

static void perform(const struct large_operation *operation, void *old, const void *value)
{
    bool begun = large_begins(operation);
    lock_take();
    large_access(operation, old, value);
    lock_give_back();
    large_ends(operation, begun);
}

void large_load(size_t size, void *object, void *to, int order)
{
    perform(&(struct large_operation){.object = object,
                                      .size = size,
                                      .reads = true,
                                      .order = order,
                                      .place = __builtin_return_address(0)},
            to, NULL);
}

void large_store(size_t size, void *object, void *value, int order)
{
    perform(&(struct large_operation){.object = object,
                                      .size = size,
                                      .writes = true,
                                      .order = order,
                                      .place = __builtin_return_address(0)},
            NULL, value);
}

void large_exchange(size_t size, void *object, void *value, void *old, int order)
{
    perform(&(struct large_operation){.object = object,
                                      .size = size,
                                      .reads = true,
                                      .writes = true,
                                      .order = order,
                                      .place = __builtin_return_address(0)},
            old, value);
}

bool large_compare_exchange(size_t size, void *object, void *expected, void *desired, int order,
                            int failure)
{
    struct large_operation operation = {.object = object,
                                        .size = size,
                                        .reads = true,
                                        .writes = true,
                                        .order = order,
                                        .place = __builtin_return_address(0)};
    bool begun = large_begins(&operation);
    lock_take();
    bool equal = are_equal(object, expected, size);
    operation.writes = equal;
    operation.order = equal ? order : failure;
    large_access(&operation, expected, equal ? desired : NULL);
    lock_give_back();
    large_ends(&operation, begun);
    return equal;
}
