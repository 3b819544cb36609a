// See descriptor_thing.h. Each pipe is a thing of its own: were two of them one, a thread could
// order itself after all others by writing to a pipe, and reading from it, that nobody else knows.
// So is each pair of sockets. Nothing tells which two belong together, so both are marked when they
// are made: by an option that means nothing to them, and that copies of their descriptors show as
// well.

#include "descriptor_thing.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>
#include <sys/stat.h>

enum thing { PIPE, OTHER, SOCKETS };
enum { MARK = SO_MAX_PACING_RATE };

// Beyond all addresses that a program can have.
static const void *address_of(enum thing thing, uintptr_t number)
{
    return (const void *)(UINT64_C(1) << 62 | number << 6 | (uintptr_t)thing << 3);
}

void descriptor_pair(const int ends[2])
{
    static unsigned pairs;
    unsigned number = __atomic_add_fetch(&pairs, 1, __ATOMIC_RELAXED);
    for (int i = 0; i < 2; i++)
        setsockopt(ends[i], SOL_SOCKET, MARK, &number, sizeof number);
}

// 0: it is of no pair.
static unsigned pair_of(int descriptor)
{
    unsigned number = 0;
    socklen_t size = sizeof number;
    bool marked = getsockopt(descriptor, SOL_SOCKET, MARK, &number, &size) == 0;
    return marked && number != UINT32_MAX ? number : 0;
}

const void *descriptor_thing(int descriptor)
{
    struct stat status;
    if (fstat(descriptor, &status) != 0 || S_ISREG(status.st_mode) || S_ISDIR(status.st_mode) ||
        S_ISCHR(status.st_mode) || S_ISBLK(status.st_mode))
        return NULL;
    if (S_ISSOCK(status.st_mode))
        return address_of(SOCKETS, pair_of(descriptor));
    // Event descriptors and their like all have the same node.
    return S_ISFIFO(status.st_mode) ? address_of(PIPE, status.st_ino)
                                    : address_of(OTHER, (unsigned)descriptor);
}
