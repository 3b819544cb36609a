// See values.h.
#include "values.h"

#include "base/text.h"

#include <string.h>
#include <talloc.h>

// From here on lie heap, stacks and libraries.
static const uint64_t OUTSIDE = 1UL << 40;

static void note_address(struct pointers *pointers, uint64_t address)
{
    if (address < LOWEST_ADDRESS || address >= OUTSIDE)
        return;
    if (address < pointers->lowest)
        pointers->lowest = address;
    if (address > pointers->highest)
        pointers->highest = address;
}

static void note_path(struct pointers *pointers, const struct path *path)
{
    for (size_t i = 0; i < path->count; i++) {
        note_address(pointers, path->steps[i].place.address);
        note_address(pointers, path->steps[i].object);
    }
}

struct pointers pointers_begin(const void *context, const struct story *story)
{
    struct pointers pointers = {.context = context, .lowest = OUTSIDE};
    note_path(&pointers, &story->bad);
    note_path(&pointers, &story->good);
    return pointers;
}

static bool is_pointer(const struct pointers *pointers, uint64_t value, int size)
{
    bool in_program = value >= pointers->lowest && value <= pointers->highest;
    return size == 8 && (in_program || (value >= OUTSIDE && value < 1UL << 47));
}

static const char *pointer_name(struct pointers *pointers, uint64_t value)
{
    size_t i = 0;
    while (i < pointers->count && pointers->known[i] != value)
        i++;
    if (i == pointers->count) {
        pointers->known =
            array_grow(pointers->context, pointers->known, sizeof *pointers->known, i);
        pointers->known[pointers->count++] = value;
    }
    return talloc_asprintf(pointers->context, "p%zu", i + 1);
}

// A double that people would write: neither a whole number's pattern nor one of a strange size.
static bool is_real(double value)
{
    double magnitude = value < 0 ? -value : value;
    return magnitude > 1e-9 && magnitude < 1e15;
}

static int64_t extend_sign(uint64_t value, int size)
{
    int unused = size < 8 ? 64 - 8 * size : 0;
    return (int64_t)(value << unused) >> unused;
}

// Whether all its bytes are what the explorer fills memory with. Of a single byte that says little:
// it may be any value.
static bool is_filled(uint64_t value, int size, uint8_t filling)
{
    return size > 1 && value == filling * 0x0101010101010101u >> (64 - 8 * size);
}

const char *value_told(struct pointers *pointers, uint64_t value, uint64_t beside, int size)
{
    const int64_t whole = extend_sign(value, size);
    double real;
    memcpy(&real, &value, sizeof real);
    if (is_filled(value, size, VALUE_FILLING))
        return "unset";
    if (is_filled(value, size, VALUE_FREED))
        return "freed memory";
    if (is_pointer(pointers, value, size))
        return pointer_name(pointers, value);
    if (value == 0 && is_pointer(pointers, beside, size))
        return "NULL";
    if (size == 8 && (whole > 1L << 53 || whole < -(1L << 53)) && is_real(real))
        return talloc_asprintf(pointers->context, "%g", real);
    return talloc_asprintf(pointers->context, "%lld", (long long)whole);
}
