// Vector clocks as arrays of numbers, one entry for each thread. Most programs have few threads: all
// but the first entries are 0, and never looked at. The others are gone through in fours, of which
// a processor makes one operation.
#pragma once

#include <stdint.h>

enum { ENTRIES_AT_ONCE = 4 };

typedef uint32_t four_entries __attribute__((vector_size(16), aligned(4), may_alias));

static inline four_entries *entries_from(const uint32_t *entries, unsigned first)
{
    return (four_entries *)(uintptr_t)&entries[first];
}

// In each of these the arrays have room for a multiple of four entries, and those from `count` on
// are 0.

static inline void entries_clear(uint32_t *entries, unsigned count)
{
    for (unsigned i = 0; i < count; i += ENTRIES_AT_ONCE)
        *entries_from(entries, i) = (four_entries){0};
}

static inline void entries_copy(uint32_t *to, const uint32_t *from, unsigned count)
{
    for (unsigned i = 0; i < count; i += ENTRIES_AT_ONCE)
        *entries_from(to, i) = *entries_from(from, i);
}

// Sets each entry to the later of both.
static inline void entries_join(uint32_t *into, const uint32_t *from, unsigned count)
{
    for (unsigned i = 0; i < count; i += ENTRIES_AT_ONCE) {
        four_entries own = *entries_from(into, i), other = *entries_from(from, i);
        four_entries earlier = (four_entries)(own < other);
        *entries_from(into, i) = (own & ~earlier) | (other & earlier);
    }
}
