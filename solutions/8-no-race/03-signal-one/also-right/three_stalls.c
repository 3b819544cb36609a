// Also right: three small stalls in one, each with a lock and a bell of its own.

#include "stall.h"

#include <pthread.h>
#include <stdlib.h>

struct basket {
    pthread_mutex_t lock; // guards pieces
    pthread_cond_t delivered;
    int pieces;
};

struct stall {
    struct basket basket[FRUITS];
};

struct stall *stall_new(void)
{
    struct stall *stall = calloc(1, sizeof *stall);
    for (int kind = 0; stall && kind < FRUITS; kind++) {
        pthread_mutex_init(&stall->basket[kind].lock, NULL);
        pthread_cond_init(&stall->basket[kind].delivered, NULL);
    }
    return stall;
}

void stall_free(struct stall *stall)
{
    for (int kind = 0; stall && kind < FRUITS; kind++) {
        pthread_cond_destroy(&stall->basket[kind].delivered);
        pthread_mutex_destroy(&stall->basket[kind].lock);
    }
    free(stall);
}

void stall_deliver(struct stall *stall, enum fruit kind)
{
    struct basket *basket = &stall->basket[kind];
    pthread_mutex_lock(&basket->lock);
    basket->pieces++;
    pthread_cond_signal(&basket->delivered);
    pthread_mutex_unlock(&basket->lock);
}

void stall_buy(struct stall *stall, enum fruit kind)
{
    struct basket *basket = &stall->basket[kind];
    pthread_mutex_lock(&basket->lock);
    while (basket->pieces == 0)
        pthread_cond_wait(&basket->delivered, &basket->lock);
    basket->pieces--;
    pthread_mutex_unlock(&basket->lock);
}

int stall_count(struct stall *stall, enum fruit kind)
{
    struct basket *basket = &stall->basket[kind];
    pthread_mutex_lock(&basket->lock);
    int pieces = basket->pieces;
    pthread_mutex_unlock(&basket->lock);
    return pieces;
}
