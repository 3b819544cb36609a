// Hashing of numbers and addresses for the tables of this folder.
#pragma once

#include <stdint.h>

// Spreads numbers that lie close together.
static inline uint64_t hash_number(uint64_t value)
{
    value *= UINT64_C(0x9e3779b97f4a7c15);
    return value ^ value >> 32;
}

// For tables of places in memory: neighbours stay neighbours, as they are used together; blocks of
// 4 KiB are scattered.
static inline uint64_t hash_address(uintptr_t address)
{
    return address / 8 + hash_number(address / 4096);
}
