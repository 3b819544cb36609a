// Also right: a robust mutex in the file, which all guests map. Whoever takes it after an owner who is gone
// is told so (EOWNERDEAD), and has it. The mutex is made under a lock of the file.

#include "chair.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stddef.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <unistd.h>

// What the file holds; all zero when it is new.
struct chair {
    int made;
    pthread_mutex_t owner; // locked by whoever has the chair
};

static struct chair *own; // mapped while this process has the chair

static void make(struct chair *chair)
{
    pthread_mutexattr_t attributes;
    pthread_mutexattr_init(&attributes);
    pthread_mutexattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED);
    pthread_mutexattr_setrobust(&attributes, PTHREAD_MUTEX_ROBUST);
    pthread_mutex_init(&chair->owner, &attributes);
    pthread_mutexattr_destroy(&attributes);
    chair->made = 1;
}

// Called with the file locked. NULL if it cannot be mapped.
static struct chair *map(int file)
{
    if (ftruncate(file, sizeof(struct chair)) != 0)
        return NULL;
    void *memory = mmap(NULL, sizeof(struct chair), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    if (memory == MAP_FAILED)
        return NULL;
    struct chair *chair = memory;
    if (!chair->made)
        make(chair);
    return chair;
}

static struct chair *open_chair(const char *path)
{
    int file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0)
        return NULL;
    flock(file, LOCK_EX);
    struct chair *chair = map(file);
    flock(file, LOCK_UN); // close alone would not: what is mapped keeps the file open
    close(file);
    return chair;
}

bool chair_reserve(const char *path)
{
    struct chair *chair = open_chair(path);
    if (chair == NULL)
        return false;
    int error = pthread_mutex_trylock(&chair->owner);
    if (error == EOWNERDEAD)
        error = pthread_mutex_consistent(&chair->owner);
    if (error == 0)
        own = chair;
    else
        munmap(chair, sizeof *chair);
    return error == 0;
}

void chair_leave(const char *path)
{
    (void)path;
    pthread_mutex_unlock(&own->owner);
    munmap(own, sizeof *own);
    own = NULL;
}
