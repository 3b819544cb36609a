// See descriptor_thing.h. Each pipe is a thing of its own: were two of them one, a thread could order
// itself after all others by writing to a pipe, and reading from it, that nobody else knows.

#include "descriptor_thing.h"

#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>

enum thing { PIPE, OTHER, SOCKETS };

// Beyond all addresses that a program can have.
static const void *address_of(enum thing thing, uintptr_t number)
{
    return (const void *)(UINT64_C(1) << 62 | number << 6 | (uintptr_t)thing << 3);
}

const void *descriptor_thing(int descriptor)
{
    struct stat status;
    if (fstat(descriptor, &status) != 0 || S_ISREG(status.st_mode) || S_ISDIR(status.st_mode) ||
        S_ISCHR(status.st_mode) || S_ISBLK(status.st_mode))
        return NULL;
    if (S_ISSOCK(status.st_mode))
        return address_of(SOCKETS, 0);
    // Event descriptors and their like all have the same node.
    return S_ISFIFO(status.st_mode) ? address_of(PIPE, status.st_ino)
                                    : address_of(OTHER, (unsigned)descriptor);
}
