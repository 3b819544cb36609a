// Still wrong: the count is shared, and the lock lies beside it, but was not told that it is for
// several processes: it wakes only those who wait in its own. Who waits in another one sleeps on.
// Caught by: native

#include "visitors.h"

#include <pthread.h>
#include <stddef.h>
#include <sys/mman.h>

struct visitors {
    pthread_mutex_t lock; // guards count
    long count;
};

struct visitors *visitors_new(void)
{
    struct visitors *visitors =
        mmap(NULL, sizeof *visitors, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (visitors == MAP_FAILED)
        return NULL;
    pthread_mutex_init(&visitors->lock, NULL);
    return visitors;
}

void visitors_free(struct visitors *visitors)
{
    if (!visitors)
        return;
    pthread_mutex_destroy(&visitors->lock);
    munmap(visitors, sizeof *visitors);
}

long visitors_count(struct visitors *visitors)
{
    pthread_mutex_lock(&visitors->lock);
    long number = ++visitors->count;
    pthread_mutex_unlock(&visitors->lock);
    return number;
}

long visitors_so_far(struct visitors *visitors)
{
    pthread_mutex_lock(&visitors->lock);
    long count = visitors->count;
    pthread_mutex_unlock(&visitors->lock);
    return count;
}
