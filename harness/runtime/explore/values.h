// The program's memory, read as a number in one piece, wherever it lies. (A processor waits for
// bytes that were stored one by one and are then loaded as eight; and so it does for a number that
// was copied as some of its bytes.)
#pragma once

#include <stddef.h>
#include <stdint.h>

typedef unsigned __int128 uint128_t;

union value {
    uint8_t one;
    uint16_t two;
    uint32_t four;
    uint64_t eight;
    uint128_t sixteen;
} __attribute__((packed, may_alias));

// What an object of 1, 2, 4, 8 or 16 bytes holds.
static inline uint128_t value_read(const void *address, size_t size)
{
    const union value *value = address;
    switch (size) {
    case 1: return value->one;
    case 2: return value->two;
    case 4: return value->four;
    case 8: return value->eight;
    default: return value->sixteen;
    }
}

// The low bytes of the number, as many as the object has.
static inline void value_write(void *address, size_t size, uint128_t number)
{
    union value *value = address;
    switch (size) {
    case 1: value->one = (uint8_t)number; break;
    case 2: value->two = (uint16_t)number; break;
    case 4: value->four = (uint32_t)number; break;
    case 8: value->eight = (uint64_t)number; break;
    default: value->sixteen = number; break;
    }
}

// Such a number in 8 bytes, of which all count.
static inline uint64_t value_folded(uint128_t number)
{
    return (uint64_t)number ^ (uint64_t)(number >> 64);
}
