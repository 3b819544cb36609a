// ThreadSanitizer's part of large_atomics.h: the object is accessed as so many small atomic ones,
// each in the order of the whole.
#include "runtime/common/large_atomics.h"

#include <stdint.h>

typedef uint8_t byte;

void __tsan_func_entry(const void *place);
void __tsan_func_exit(void);
byte __tsan_atomic8_load(const volatile byte *object, int order);
void __tsan_atomic8_store(volatile byte *object, byte value, int order);
byte __tsan_atomic8_exchange(volatile byte *object, byte value, int order);
uint64_t __tsan_atomic64_load(const volatile uint64_t *object, int order);
void __tsan_atomic64_store(volatile uint64_t *object, uint64_t value, int order);
uint64_t __tsan_atomic64_exchange(volatile uint64_t *object, uint64_t value, int order);

// So that the place in the program is on the stack of a report.
bool large_begins(const struct large_operation *operation)
{
    __tsan_func_entry(operation->place);
    return true;
}

void large_ends(const struct large_operation *operation, bool begun)
{
    (void)operation, (void)begun;
    __tsan_func_exit();
}

// `old` and `value` may lie anywhere.
#define ACCESS(name, type, bits)                                                                   \
    static void name(type *object, void *old, const void *value, int order)                        \
    {                                                                                              \
        type before = 0, after = 0;                                                                \
        if (value)                                                                                 \
            __builtin_memcpy(&after, value, sizeof after);                                         \
        if (!value)                                                                                \
            before = __tsan_atomic##bits##_load(object, order);                                    \
        else if (old)                                                                              \
            before = __tsan_atomic##bits##_exchange(object, after, order);                         \
        else                                                                                       \
            __tsan_atomic##bits##_store(object, after, order);                                     \
        if (old)                                                                                   \
            __builtin_memcpy(old, &before, sizeof before);                                         \
    }

ACCESS(access_byte, byte, 8)
ACCESS(access_word, uint64_t, 64)

void large_access(const struct large_operation *operation, void *old, const void *value)
{
    byte *object = operation->object, *to = old;
    const byte *from = value;
    bool words = ((uintptr_t)object | operation->size) % sizeof(uint64_t) == 0;
    for (size_t i = 0; i < operation->size; i += words ? sizeof(uint64_t) : 1) {
        byte *old_part = to ? to + i : NULL;
        const byte *part = from ? from + i : NULL;
        if (words)
            access_word((uint64_t *)(object + i), old_part, part, operation->order);
        else
            access_byte(object + i, old_part, part, operation->order);
    }
}
