// Random numbers whose state is the program's own, and addresses of the network as numbers and as
// text.

#define _GNU_SOURCE
#include "ranges.h"

#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>

enum { STATE_BYTES = 6 };         // of the generators of 48 bits
enum { ADDRESS_MOST_BYTES = 16 }; // IPv6

static void state_used(unsigned short state[3], uintptr_t pc)
{
    range_read(state, STATE_BYTES, pc);
    range_write(state, STATE_BYTES, pc);
}

#define NEXT_OF_48_BITS(type, name)                                                                \
    type __wrap_##name(unsigned short state[3]);                                                   \
    type __wrap_##name(unsigned short state[3])                                                    \
    {                                                                                              \
        state_used(state, called_from());                                                          \
        return name(state);                                                                        \
    }

NEXT_OF_48_BITS(double, erand48)
NEXT_OF_48_BITS(long, jrand48)
NEXT_OF_48_BITS(long, nrand48)

__typeof__(rand_r) __wrap_rand_r;
int __wrap_rand_r(unsigned *state)
{
    uintptr_t pc = called_from();
    range_read(state, sizeof *state, pc);
    range_write(state, sizeof *state, pc);
    return rand_r(state);
}

static size_t address_bytes(int family)
{
    return family == AF_INET ? sizeof(struct in_addr) : ADDRESS_MOST_BYTES;
}

__typeof__(inet_ntop) __wrap_inet_ntop;
const char *__wrap_inet_ntop(int family, const void *restrict address, char *restrict text,
                             socklen_t size)
{
    uintptr_t pc = called_from();
    range_read(address, address_bytes(family), pc);
    range_write(text, size, pc);
    return inet_ntop(family, address, text, size);
}

__typeof__(inet_pton) __wrap_inet_pton;
int __wrap_inet_pton(int family, const char *restrict text, void *restrict address)
{
    uintptr_t pc = called_from();
    range_read_string(text, pc);
    range_write(address, address_bytes(family), pc);
    return inet_pton(family, text, address);
}
