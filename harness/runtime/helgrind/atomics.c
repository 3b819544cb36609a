// The calls that clang 14 to 19 makes in place of C atomics when it compiles with -fsanitize=thread
// and every other instrumentation off. The program is linked without ThreadSanitizer: what it calls
// is here, performs the operation, and tells the listener of atomics.h before and after.
//
// Clang leaves the original load standing behind its call to __tsan_atomic*_load, its result
// unused: it does no harm. atomicrmw min and max (only __atomic_fetch_min and _max, which C11
// lacks) are not turned into calls at all.
//
// 128 bits are one compare-exchange (lock cmpxchg16b) each. Without -mcx16, here and in the
// program, they would be calls of libatomic, which no listener hears.

#include <stdint.h>

#include "atomics.h"

typedef unsigned __int128 uint128_t;

// gcc makes an order that is not a constant into seq_cst. For a store that is another instruction
// on x86, and would hide the reorderings that a relaxed store allows.
#define store_in_order(object, value, order)                                                       \
    do {                                                                                           \
        if (atomic_stores_exchange)                                                                \
            __atomic_exchange_n(object, value, __ATOMIC_SEQ_CST);                                  \
        else if ((order) == __ATOMIC_RELAXED)                                                      \
            __atomic_store_n(object, value, __ATOMIC_RELAXED);                                     \
        else if ((order) == __ATOMIC_RELEASE)                                                      \
            __atomic_store_n(object, value, __ATOMIC_RELEASE);                                     \
        else                                                                                       \
            __atomic_store_n(object, value, __ATOMIC_SEQ_CST);                                     \
    } while (0)

static uint128_t wide_load(const volatile uint128_t *object, int order)
{
    (void)order;
    return __sync_val_compare_and_swap((volatile uint128_t *)object, 0, 0);
}

// A wide update: replaces the object by RESULT, an expression of `old` and `value`, and gives
// `old`.
#define WIDE(name, RESULT)                                                                         \
    static uint128_t wide_##name(volatile uint128_t *object, uint128_t value, int order)           \
    {                                                                                              \
        uint128_t old = wide_load(object, order), seen;                                            \
        while ((seen = __sync_val_compare_and_swap(object, old, RESULT)) != old)                   \
            old = seen;                                                                            \
        return old;                                                                                \
    }

WIDE(exchange_n, value)
WIDE(fetch_add, old + value)
WIDE(fetch_sub, old - value)
WIDE(fetch_and, old &value)
WIDE(fetch_or, old | value)
WIDE(fetch_xor, old ^ value)
WIDE(fetch_nand, ~(old &value))

// The operation of the function that this stands in, which the program calls.
#define OPERATION(object, kind, order)                                                             \
    {                                                                                              \
        object, sizeof *(object), kind, order, __builtin_return_address(0)                         \
    }

// Each of the following declares what it defines, since no header does.
#define LOAD_AND_STORE(bits, type, load, store)                                                    \
    type __tsan_atomic##bits##_load(const volatile type *object, int order);                       \
    type __tsan_atomic##bits##_load(const volatile type *object, int order)                        \
    {                                                                                              \
        const struct atomic_operation own = OPERATION(object, ATOMIC_LOAD, order);                 \
        bool begun = atomic_begins(&own);                                                          \
        type value = load(object, order);                                                          \
        atomic_ends(&own, begun);                                                                  \
        return value;                                                                              \
    }                                                                                              \
    void __tsan_atomic##bits##_store(volatile type *object, type value, int order);                \
    void __tsan_atomic##bits##_store(volatile type *object, type value, int order)                 \
    {                                                                                              \
        const struct atomic_operation own = OPERATION(object, ATOMIC_STORE, order);                \
        bool begun = atomic_begins(&own);                                                          \
        store(object, value, order);                                                               \
        atomic_ends(&own, begun);                                                                  \
    }

#define UPDATE(bits, type, name, operation)                                                        \
    type __tsan_atomic##bits##_##name(volatile type *object, type value, int order);               \
    type __tsan_atomic##bits##_##name(volatile type *object, type value, int order)                \
    {                                                                                              \
        const struct atomic_operation own = OPERATION(object, ATOMIC_UPDATE, order);               \
        bool begun = atomic_begins(&own);                                                          \
        type old = operation(object, value, order);                                                \
        atomic_ends(&own, begun);                                                                  \
        return old;                                                                                \
    }

// Gives what the object held: `expected`, if it was exchanged.
#define EXCHANGE_IF_EQUAL(bits, type)                                                              \
    static type exchange_if_equal##bits(const struct atomic_operation *own, volatile type *object, \
                                        type expected, type desired, int failure)                  \
    {                                                                                              \
        bool begun = atomic_begins(own);                                                           \
        type old = __sync_val_compare_and_swap(object, expected, desired);                         \
        struct atomic_operation failed = *own;                                                     \
        failed.kind = ATOMIC_LOAD;                                                                 \
        failed.order = failure;                                                                    \
        atomic_ends(old == expected ? own : &failed, begun);                                       \
        return old;                                                                                \
    }

#define COMPARE_EXCHANGE_VAL(bits, type)                                                           \
    type __tsan_atomic##bits##_compare_exchange_val(volatile type *object, type expected,          \
                                                    type desired, int order, int failure);         \
    type __tsan_atomic##bits##_compare_exchange_val(volatile type *object, type expected,          \
                                                    type desired, int order, int failure)          \
    {                                                                                              \
        const struct atomic_operation own = OPERATION(object, ATOMIC_UPDATE, order);               \
        return exchange_if_equal##bits(&own, object, expected, desired, failure);                  \
    }

// `strength` is strong or weak: here neither ever fails without a reason.
#define COMPARE_EXCHANGE(bits, type, strength)                                                     \
    int __tsan_atomic##bits##_compare_exchange_##strength(volatile type *object, type *expected,   \
                                                          type desired, int order, int failure);   \
    int __tsan_atomic##bits##_compare_exchange_##strength(volatile type *object, type *expected,   \
                                                          type desired, int order, int failure)    \
    {                                                                                              \
        const struct atomic_operation own = OPERATION(object, ATOMIC_UPDATE, order);               \
        type wanted = *expected;                                                                   \
        type old = exchange_if_equal##bits(&own, object, wanted, desired, failure);                \
        if (old == wanted)                                                                         \
            return 1;                                                                              \
        *expected = old;                                                                           \
        return 0;                                                                                  \
    }

#define UPDATES(bits, type, operations)                                                            \
    UPDATE(bits, type, exchange, operations##exchange_n)                                           \
    UPDATE(bits, type, fetch_add, operations##fetch_add)                                           \
    UPDATE(bits, type, fetch_sub, operations##fetch_sub)                                           \
    UPDATE(bits, type, fetch_and, operations##fetch_and)                                           \
    UPDATE(bits, type, fetch_or, operations##fetch_or)                                             \
    UPDATE(bits, type, fetch_xor, operations##fetch_xor)                                           \
    UPDATE(bits, type, fetch_nand, operations##fetch_nand)                                         \
    EXCHANGE_IF_EQUAL(bits, type)                                                                  \
    COMPARE_EXCHANGE_VAL(bits, type)                                                               \
    COMPARE_EXCHANGE(bits, type, strong)                                                           \
    COMPARE_EXCHANGE(bits, type, weak)

LOAD_AND_STORE(8, uint8_t, __atomic_load_n, store_in_order)
LOAD_AND_STORE(16, uint16_t, __atomic_load_n, store_in_order)
LOAD_AND_STORE(32, uint32_t, __atomic_load_n, store_in_order)
LOAD_AND_STORE(64, uint64_t, __atomic_load_n, store_in_order)
LOAD_AND_STORE(128, uint128_t, wide_load, wide_exchange_n)

UPDATES(8, uint8_t, __atomic_)
UPDATES(16, uint16_t, __atomic_)
UPDATES(32, uint32_t, __atomic_)
UPDATES(64, uint64_t, __atomic_)
UPDATES(128, uint128_t, wide_)

void __tsan_atomic_thread_fence(int order);
void __tsan_atomic_thread_fence(int order)
{
    const struct atomic_operation own = {NULL, 0, ATOMIC_FENCE, order, __builtin_return_address(0)};
    bool begun = atomic_begins(&own);
    __atomic_thread_fence(order);
    atomic_ends(&own, begun);
}

// Orders a thread and its own signal handlers: the call itself is enough.
void __tsan_atomic_signal_fence(int order);
void __tsan_atomic_signal_fence(int order)
{
    (void)order;
}

// Clang calls it from a constructor of every file.
void __tsan_init(void);
void __tsan_init(void)
{
}
