// Also right: sixteen slots, each with its own lock; reading adds them up.

#include "counter.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

enum { SHARDS = 16, CACHE_LINE = 64 };

// Threads are spread over the shards, so that they seldom wait for each other.
struct shard {
    _Alignas(CACHE_LINE) pthread_mutex_t lock; // guards value
    long value;
};

struct counter {
    struct shard shards[SHARDS];
};

// The shard of the calling thread: threads are numbered as they come.
static struct shard *own_shard(struct counter *counter)
{
    static atomic_uint threads;
    static _Thread_local unsigned number;
    if (number == 0)
        number = 1 + atomic_fetch_add(&threads, 1);
    return &counter->shards[number % SHARDS];
}

struct counter *counter_new(void)
{
    struct counter *counter = aligned_alloc(CACHE_LINE, sizeof *counter);
    for (int i = 0; counter && i < SHARDS; i++) {
        pthread_mutex_init(&counter->shards[i].lock, NULL);
        counter->shards[i].value = 0;
    }
    return counter;
}

void counter_free(struct counter *counter)
{
    for (int i = 0; counter && i < SHARDS; i++)
        pthread_mutex_destroy(&counter->shards[i].lock);
    free(counter);
}

void counter_increment(struct counter *counter)
{
    struct shard *shard = own_shard(counter);
    pthread_mutex_lock(&shard->lock);
    shard->value++;
    pthread_mutex_unlock(&shard->lock);
}

long counter_value(struct counter *counter)
{
    long sum = 0;
    for (int i = 0; i < SHARDS; i++) {
        pthread_mutex_lock(&counter->shards[i].lock);
        sum += counter->shards[i].value;
        pthread_mutex_unlock(&counter->shards[i].lock);
    }
    return sum;
}
