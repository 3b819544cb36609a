// Still wrong: 16 bits count the visitors; after 65,535 of them comes number 0.
// Caught by: native

#include "visitors.h"

#include <pthread.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/mman.h>

struct visitors {
    pthread_mutex_t lock; // guards count; for threads of all processes
    uint16_t count;
};

struct visitors *visitors_new(void)
{
    struct visitors *visitors =
        mmap(NULL, sizeof *visitors, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (visitors == MAP_FAILED)
        return NULL;
    pthread_mutexattr_t attributes;
    pthread_mutexattr_init(&attributes);
    pthread_mutexattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED);
    pthread_mutex_init(&visitors->lock, &attributes);
    pthread_mutexattr_destroy(&attributes);
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
