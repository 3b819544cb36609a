// Still wrong: shares the count and leaves the lock in memory of its own: a lock for each process.
// Caught by: native

#include "visitors.h"

#include <pthread.h>
#include <stdlib.h>
#include <sys/mman.h>

struct visitors {
    pthread_mutex_t lock; // guards *count
    long *count;          // shared
};

struct visitors *visitors_new(void)
{
    struct visitors *visitors = calloc(1, sizeof *visitors);
    if (!visitors)
        return NULL;
    visitors->count =
        mmap(NULL, sizeof(long), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (visitors->count == MAP_FAILED) {
        free(visitors);
        return NULL;
    }
    pthread_mutex_init(&visitors->lock, NULL);
    return visitors;
}

void visitors_free(struct visitors *visitors)
{
    if (!visitors)
        return;
    pthread_mutex_destroy(&visitors->lock);
    munmap(visitors->count, sizeof(long));
    free(visitors);
}

long visitors_count(struct visitors *visitors)
{
    pthread_mutex_lock(&visitors->lock);
    long number = *visitors->count + 1;
    *visitors->count = number;
    pthread_mutex_unlock(&visitors->lock);
    return number;
}

long visitors_so_far(struct visitors *visitors)
{
    pthread_mutex_lock(&visitors->lock);
    long count = *visitors->count;
    pthread_mutex_unlock(&visitors->lock);
    return count;
}
