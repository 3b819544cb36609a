#include "visitors.h"

#include <pthread.h>
#include <stdlib.h>

struct visitors {
    pthread_mutex_t lock; // guards count
    long count;
};

struct visitors *visitors_new(void)
{
    struct visitors *visitors = calloc(1, sizeof *visitors);
    if (!visitors)
        return NULL;
    pthread_mutex_init(&visitors->lock, NULL);
    return visitors;
}

void visitors_free(struct visitors *visitors)
{
    if (!visitors)
        return;
    pthread_mutex_destroy(&visitors->lock);
    free(visitors);
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
