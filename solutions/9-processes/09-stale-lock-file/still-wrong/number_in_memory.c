// Still wrong: the number of the owner lies in the file's memory, and is exchanged in one step. But numbers of
// processes are used again: some day another process has that of the guest who is gone.
// Caught by: native

#include "chair.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/mman.h>
#include <unistd.h>

// The number of the owner, in memory of the file.
static atomic_int *look_at(const char *chair)
{
    int file = open(chair, O_RDWR | O_CREAT, 0600);
    if (file < 0)
        return NULL;
    void *memory = ftruncate(file, sizeof(atomic_int)) == 0
                       ? mmap(NULL, sizeof(atomic_int), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0)
                       : MAP_FAILED;
    close(file);
    return memory == MAP_FAILED ? NULL : memory;
}

bool chair_reserve(const char *chair)
{
    atomic_int *owner = look_at(chair);
    if (owner == NULL)
        return false;
    int before = *owner;
    bool free = before == 0 || (kill(before, 0) != 0 && errno == ESRCH);
    bool mine = free && atomic_compare_exchange_strong(owner, &before, (int)getpid());
    munmap(owner, sizeof *owner);
    return mine;
}

void chair_leave(const char *chair)
{
    atomic_int *owner = look_at(chair);
    if (owner == NULL)
        return;
    *owner = 0;
    munmap(owner, sizeof *owner);
}
