// Still wrong: a bell for each kind, and an atomic count, so that the farmer needs no lock: he
// rings between the look and the sleep.
// Caught by: explore

#include "stall.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

struct stall {
    pthread_mutex_t lock;
    pthread_cond_t delivered[FRUITS]; // one bell for each kind
    atomic_int pieces[FRUITS];
};

struct stall *stall_new(void)
{
    struct stall *stall = calloc(1, sizeof *stall);
    if (stall) {
        pthread_mutex_init(&stall->lock, NULL);
        for (int kind = 0; kind < FRUITS; kind++)
            pthread_cond_init(&stall->delivered[kind], NULL);
    }
    return stall;
}

void stall_free(struct stall *stall)
{
    if (stall) {
        for (int kind = 0; kind < FRUITS; kind++)
            pthread_cond_destroy(&stall->delivered[kind]);
        pthread_mutex_destroy(&stall->lock);
    }
    free(stall);
}

void stall_deliver(struct stall *stall, enum fruit kind)
{
    stall->pieces[kind]++;
    pthread_cond_signal(&stall->delivered[kind]);
}

void stall_buy(struct stall *stall, enum fruit kind)
{
    pthread_mutex_lock(&stall->lock);
    while (stall->pieces[kind] == 0)
        pthread_cond_wait(&stall->delivered[kind], &stall->lock);
    stall->pieces[kind]--;
    pthread_mutex_unlock(&stall->lock);
}

int stall_count(struct stall *stall, enum fruit kind)
{
    pthread_mutex_lock(&stall->lock);
    int pieces = stall->pieces[kind];
    pthread_mutex_unlock(&stall->lock);
    return pieces;
}
