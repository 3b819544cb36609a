// Hashing of numbers, addresses and bytes for the tables of this folder.
#pragma once

#include <stddef.h>
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

// FNV-1a.
static inline uint64_t hash_bytes(const unsigned char *bytes, size_t size)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    for (size_t i = 0; i < size; i++)
        hash = (hash ^ bytes[i]) * UINT64_C(0x100000001b3);
    return hash;
}
