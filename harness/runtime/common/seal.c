// See seal.h. An exit status says little: it may come from exit(0) in the middle, or from a destructor
// after main. So does a mark in a file, which whoever reads the program's environment could write
// himself. What proves the end is a word that can be read but once, that nobody finds in memory, and that
// is worth nothing without the status.
//
// Raw system calls: no detector takes them for the program's own.

#define _GNU_SOURCE
#include "seal.h"

#include "run/seal.h"

#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { PAGE = 4096 };

static int is_handed_in(void)
{
    struct stat status;
    return fstat(SEAL_DESCRIPTOR, &status) == 0 && S_ISSOCK(status.st_mode);
}

void *seal_take(void)
{
    if (!is_handed_in())
        return NULL;
    syscall(SYS_fcntl, SEAL_DESCRIPTOR, F_SETFD, FD_CLOEXEC);
    long page = syscall(SYS_mmap, NULL, (long)PAGE, PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS, -1, 0L);
    if (page < 0)
        return NULL;
    long size = syscall(SYS_read, SEAL_DESCRIPTOR, page, (long)SEAL_LENGTH);
    syscall(SYS_mprotect, page, (long)PAGE, PROT_NONE);
    return size == SEAL_LENGTH ? (void *)page : NULL;
}

void seal_give(void *word, int status)
{
    struct seal seal = {.status = status};
    if (word == NULL)
        return;
    syscall(SYS_mprotect, word, (long)PAGE, PROT_READ);
    memcpy(seal.word, word, SEAL_LENGTH);
    syscall(SYS_write, SEAL_DESCRIPTOR, &seal, sizeof seal);
    syscall(SYS_munmap, word, (long)PAGE);
}

void seal_forget(void)
{
    if (is_handed_in())
        syscall(SYS_close, SEAL_DESCRIPTOR);
}
