// The calls that clang makes in place of C atomics with -fsanitize=thread. Each is a point of
// choice, and then one step: nobody comes in between, so that the operation itself can be plain.
//
// The order decides what happened before what (clocks.h), and whether a store may arrive late
// (late.h). But for these, values are sequentially consistent whatever the order says.

#include "clocks.h"
#include "driver_statics.h"
#include "engine.h"
#include "hash.h"
#include "heap.h"
#include "late.h"
#include "races.h"
#include "racy.h"
#include "values.h"

#include "../common/large_calls.h"

#include <string.h>

// The bits of an order that say how; others may be hints to the processor.
enum { ORDER_MASK = 7 };

// What an operation is about, and the instruction it comes from.
struct operand {
    void *address;
    size_t size;
    uintptr_t pc;
};

enum change { EXCHANGE, FETCH_ADD, FETCH_SUB, FETCH_AND, FETCH_OR, FETCH_XOR, FETCH_NAND };

// ---- Values ----

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "a number's low bytes come first");

static uint128_t read_value(const struct operand *own)
{
    return value_read(own->address, own->size);
}

static void write_value(const struct operand *own, uint128_t value)
{
    value_write(own->address, own->size, value);
}

static uint128_t changed(enum change change, uint128_t old, uint128_t operand)
{
    switch (change) {
    case EXCHANGE: return operand;
    case FETCH_ADD: return old + operand;
    case FETCH_SUB: return old - operand;
    case FETCH_AND: return old & operand;
    case FETCH_OR: return old | operand;
    case FETCH_XOR: return old ^ operand;
    case FETCH_NAND: return ~(old & operand);
    }
    __builtin_unreachable();
}

// ---- What every operation does ----

// The operation may be executed when it returns. Where the 8 bytes are also accessed plainly, the
// point is about them, as it is for those accesses.
static void begin(enum op op, const struct operand *own, int order)
{
    const void *racy = racy_within(own->address, own->size);
    point(op, racy != NULL ? racy : own->address, NULL, own->pc);
    point_memory(own->address, own->size);
    point_order(order & ORDER_MASK);
    heap_check_access(own->address, own->size,
                      op == OP_READ ? ACCESS_ATOMIC : ACCESS_ATOMIC | ACCESS_WRITE, own->pc);
}

static void check(const struct operand *own, int flags)
{
    driver_statics_check(own->address, own->size, flags | ACCESS_ATOMIC, own->pc);
    races_access(own->address, own->size, flags | ACCESS_ATOMIC, own->pc);
}

// The operation gave `value` and changed nothing.
static void looked(const struct operand *own, uint128_t value)
{
    look(own->pc, own->address, value_folded(value), true);
}

// ---- The operations ----

// A load, also a compare-exchange that fails, once it may be executed.
static uint128_t load_now(const struct operand *own, int order)
{
    clock_load(own->address, order & ORDER_MASK);
    check(own, ACCESS_READ);
    uint128_t value = read_value(own);
    looked(own, value);
    return value;
}

static uint128_t load(const struct operand *own, int order)
{
    if (!engine_on())
        return read_value(own);
    begin(OP_READ, own, order);
    uint128_t older = 0;
    if (!late_load(own->address, own->size, order & ORDER_MASK, &older))
        return load_now(own, order);
    check(own, ACCESS_READ);
    story_older((uint64_t)older);
    looked(own, older);
    return older;
}

// The calling thread is about to change the object so that everybody finds it changed at once.
static void change_begins(const void *address, size_t size)
{
    late_arrive();
    late_arrive_at(address, size);
}

// The same, or others may find what is there now for a while yet.
static void store_begins(const struct operand *own, int order)
{
    if (order == __ATOMIC_SEQ_CST)
        change_begins(own->address, own->size);
    else
        late_store(own->address, own->size);
}

// To write what was there already is no effect.
static void store(const struct operand *own, uint128_t value, int order)
{
    if (!engine_on()) {
        write_value(own, value);
        return;
    }
    begin(OP_WRITE, own, order);
    store_begins(own, order & ORDER_MASK);
    check(own, ACCESS_WRITE);
    uint128_t old = read_value(own);
    write_value(own, value);
    clock_store(own->address, order & ORDER_MASK);
    if (read_value(own) != old)
        effect_of_write(own->address, own->size, &old);
}

// A read-modify-write, once it may be executed. Gives the old value.
static uint128_t update_now(const struct operand *own, enum change change, uint128_t operand,
                            int order)
{
    clock_load(own->address, order & ORDER_MASK);
    check(own, ACCESS_WRITE);
    uint128_t old = read_value(own);
    write_value(own, changed(change, old, operand));
    clock_update(own->address, order & ORDER_MASK);
    if (read_value(own) != old)
        effect_of_write(own->address, own->size, &old);
    else
        looked(own, old);
    return old;
}

static uint128_t update(const struct operand *own, enum change change, uint128_t operand, int order)
{
    if (engine_on()) {
        begin(OP_UPDATE, own, order);
        change_begins(own->address, own->size);
        return update_now(own, change, operand, order);
    }
    uint128_t old = read_value(own);
    write_value(own, changed(change, old, operand));
    return old;
}

// Gives what the object held: `expected`, if it was exchanged. Never fails without a reason.
static uint128_t exchange_if_equal(const struct operand *own, uint128_t expected, uint128_t desired,
                                   int order, int failure)
{
    if (engine_on()) {
        begin(OP_UPDATE, own, order);
        change_begins(own->address, own->size);
    }
    uint128_t old = read_value(own);
    if (engine_on() && old == expected)
        update_now(own, EXCHANGE, desired, order);
    else if (engine_on()) {
        point_order(failure & ORDER_MASK);
        load_now(own, failure);
    } else if (old == expected)
        write_value(own, desired);
    return old;
}

// ---- What clang calls; each is declared here, since no header does ----

// The operand of the function that this stands in, which the program calls.
#define OWN(name, object)                                                                          \
    const struct operand name = {(void *)(object), sizeof *(object), caller_pc()};                 \
    if (engine_on())                                                                               \
    note_frame()

#define LOAD_AND_STORE(bits, type)                                                                 \
    type __tsan_atomic##bits##_load(const volatile type *object, int order);                       \
    type __tsan_atomic##bits##_load(const volatile type *object, int order)                        \
    {                                                                                              \
        OWN(own, object);                                                                          \
        return (type)load(&own, order);                                                            \
    }                                                                                              \
    void __tsan_atomic##bits##_store(volatile type *object, type value, int order);                \
    void __tsan_atomic##bits##_store(volatile type *object, type value, int order)                 \
    {                                                                                              \
        OWN(own, object);                                                                          \
        store(&own, value, order);                                                                 \
    }

#define UPDATE(bits, type, name, change)                                                           \
    type __tsan_atomic##bits##_##name(volatile type *object, type value, int order);               \
    type __tsan_atomic##bits##_##name(volatile type *object, type value, int order)                \
    {                                                                                              \
        OWN(own, object);                                                                          \
        return (type)update(&own, change, value, order);                                           \
    }

#define COMPARE_EXCHANGE_VAL(bits, type)                                                           \
    type __tsan_atomic##bits##_compare_exchange_val(volatile type *object, type expected,          \
                                                    type desired, int order, int failure);         \
    type __tsan_atomic##bits##_compare_exchange_val(volatile type *object, type expected,          \
                                                    type desired, int order, int failure)          \
    {                                                                                              \
        OWN(own, object);                                                                          \
        return (type)exchange_if_equal(&own, expected, desired, order, failure);                   \
    }

#define COMPARE_EXCHANGE(bits, type, strength)                                                     \
    int __tsan_atomic##bits##_compare_exchange_##strength(volatile type *object, type *expected,   \
                                                          type desired, int order, int failure);   \
    int __tsan_atomic##bits##_compare_exchange_##strength(volatile type *object, type *expected,   \
                                                          type desired, int order, int failure)    \
    {                                                                                              \
        OWN(own, object);                                                                          \
        type wanted = *expected;                                                                   \
        type old = (type)exchange_if_equal(&own, wanted, desired, order, failure);                 \
        if (old == wanted)                                                                         \
            return 1;                                                                              \
        *expected = old;                                                                           \
        return 0;                                                                                  \
    }

#define ATOMIC(bits, type)                                                                         \
    LOAD_AND_STORE(bits, type)                                                                     \
    UPDATE(bits, type, exchange, EXCHANGE)                                                         \
    UPDATE(bits, type, fetch_add, FETCH_ADD)                                                       \
    UPDATE(bits, type, fetch_sub, FETCH_SUB)                                                       \
    UPDATE(bits, type, fetch_and, FETCH_AND)                                                       \
    UPDATE(bits, type, fetch_or, FETCH_OR)                                                         \
    UPDATE(bits, type, fetch_xor, FETCH_XOR)                                                       \
    UPDATE(bits, type, fetch_nand, FETCH_NAND)                                                     \
    COMPARE_EXCHANGE_VAL(bits, type)                                                               \
    COMPARE_EXCHANGE(bits, type, strong)                                                           \
    COMPARE_EXCHANGE(bits, type, weak)

ATOMIC(8, uint8_t)
ATOMIC(16, uint16_t)
ATOMIC(32, uint32_t)
ATOMIC(64, uint64_t)
ATOMIC(128, uint128_t)

void __tsan_atomic_thread_fence(int order);
void __tsan_atomic_thread_fence(int order)
{
    if (!engine_on())
        return;
    note_frame();
    point(OP_FENCE, NULL, NULL, caller_pc());
    point_order(order & ORDER_MASK);
    if ((order & ORDER_MASK) == __ATOMIC_SEQ_CST)
        late_arrive();
    clock_fence(order & ORDER_MASK);
}

// Orders a thread and its own signal handlers, which run between its steps here.
void __tsan_atomic_signal_fence(int order);
void __tsan_atomic_signal_fence(int order)
{
    (void)order;
}

// ---- Objects that no instruction is large enough for: libatomic's calls, which need not be there
// ----

// What was read goes to `to`.
static void large_load_now(const struct operand *own, void *to, int order)
{
    if (engine_on()) {
        clock_load(own->address, order & ORDER_MASK);
        check(own, ACCESS_READ);
        look(own->pc, own->address, hash_bytes(own->address, own->size), true);
    }
    memcpy(to, own->address, own->size);
}

static void large_write(const struct operand *own, const void *value)
{
    bool changes = memcmp(own->address, value, own->size) != 0;
    memcpy(own->address, value, own->size);
    if (engine_on() && changes)
        effect_range(own->address, own->size);
}

static void large_update_now(const struct operand *own, const void *value, void *old, int order)
{
    if (!engine_on()) {
        memcpy(old, own->address, own->size);
        large_write(own, value);
        return;
    }
    clock_load(own->address, order & ORDER_MASK);
    check(own, ACCESS_WRITE);
    memcpy(old, own->address, own->size);
    large_write(own, value);
    clock_update(own->address, order & ORDER_MASK);
    if (memcmp(own->address, old, own->size) == 0)
        look(own->pc, own->address, hash_bytes(own->address, own->size), true);
}

// The operand of the function that this stands in, at its point.
#define LARGE(name, op, object, size, order)                                                       \
    const struct operand name = {object, size, caller_pc()};                                       \
    if (engine_on()) {                                                                             \
        note_frame();                                                                              \
        begin(op, &name, order);                                                                   \
        change_begins(object, size);                                                               \
    }

void large_load(size_t size, void *object, void *to, int order)
{
    LARGE(own, OP_READ, object, size, order)
    large_load_now(&own, to, order);
}

void large_store(size_t size, void *object, void *value, int order)
{
    LARGE(own, OP_WRITE, object, size, order)
    if (engine_on())
        check(&own, ACCESS_WRITE);
    large_write(&own, value);
    if (engine_on())
        clock_store(object, order & ORDER_MASK);
}

void large_exchange(size_t size, void *object, void *value, void *old, int order)
{
    LARGE(own, OP_UPDATE, object, size, order)
    large_update_now(&own, value, old, order);
}

bool large_compare_exchange(size_t size, void *object, void *expected, void *desired, int order,
                            int failure)
{
    LARGE(own, OP_UPDATE, object, size, order)
    bool equal = memcmp(object, expected, size) == 0;
    if (equal) {
        large_update_now(&own, desired, expected, order);
    } else {
        if (engine_on())
            point_order(failure & ORDER_MASK);
        large_load_now(&own, expected, failure);
    }
    return equal;
}
