// See seal.h. An exit status says little: it may come from exit(0) in the middle, or from a
// destructor after main. So does a mark in a file, which whoever reads the program's environment
// could write himself. What proves the end is a word that can be read but once, that nobody finds
// in memory, and that holds for one status only. For the descriptor need not be what it was: where
// answers may use dup2, one can put a socket of its own there, let a fork run the driver, and pass
// on what that one tells, as it pleases.
//
// Raw system calls: no detector takes them for the program's own.

#define _GNU_SOURCE
#include "seal.h"

#include "run/seal.h"

#include <fcntl.h>
#include <stdbool.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { PAGE = 4096 };

// Fills a page of its own.
struct kept_seal {
    struct seal_words words;
    long process; // that took them
};

static int is_handed_in(void)
{
    struct stat status;
    return fstat(SEAL_DESCRIPTOR, &status) == 0 && S_ISSOCK(status.st_mode);
}

struct kept_seal *seal_take(void)
{
    if (!is_handed_in())
        return NULL;
    syscall(SYS_fcntl, SEAL_DESCRIPTOR, F_SETFD, FD_CLOEXEC);
    long page = syscall(SYS_mmap, NULL, (long)PAGE, PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS, -1, 0L);
    if (page < 0)
        return NULL;
    struct kept_seal *kept = (void *)page;
    kept->process = syscall(SYS_getpid);
    long size = syscall(SYS_read, SEAL_DESCRIPTOR, &kept->words, sizeof kept->words);
    if (kept->words.secluded)
        syscall(SYS_prctl, PR_SET_DUMPABLE, 0L); // /proc/self/mem heeds no protection of memory
    syscall(SYS_mprotect, page, (long)PAGE, PROT_NONE);
    return size == sizeof kept->words ? kept : NULL;
}

void seal_give(struct kept_seal *kept, int status)
{
    struct seal seal = {.status = status};
    if (kept == NULL)
        return;
    syscall(SYS_mprotect, kept, (long)PAGE, PROT_READ);
    bool own = kept->process == syscall(SYS_getpid);
    memcpy(seal.word, status == 0 ? kept->words.success : kept->words.failure, SEAL_LENGTH);
    syscall(SYS_munmap, kept, (long)PAGE);
    if (own)
        syscall(SYS_write, SEAL_DESCRIPTOR, &seal, sizeof seal);
}

void seal_forget(void)
{
    if (is_handed_in())
        syscall(SYS_close, SEAL_DESCRIPTOR);
}
