// Also right: calls all who wait, in C11.

#include "stall.h"

#include <stdlib.h>
#include <threads.h>

struct stall {
    mtx_t lock; // guards pieces
    cnd_t delivered;
    int pieces[FRUITS];
};

struct stall *stall_new(void)
{
    struct stall *stall = calloc(1, sizeof *stall);
    if (stall) {
        mtx_init(&stall->lock, mtx_plain);
        cnd_init(&stall->delivered);
    }
    return stall;
}

void stall_free(struct stall *stall)
{
    if (stall) {
        cnd_destroy(&stall->delivered);
        mtx_destroy(&stall->lock);
    }
    free(stall);
}

void stall_deliver(struct stall *stall, enum fruit kind)
{
    mtx_lock(&stall->lock);
    stall->pieces[kind]++;
    cnd_broadcast(&stall->delivered);
    mtx_unlock(&stall->lock);
}

void stall_buy(struct stall *stall, enum fruit kind)
{
    mtx_lock(&stall->lock);
    while (stall->pieces[kind] == 0)
        cnd_wait(&stall->delivered, &stall->lock);
    stall->pieces[kind]--;
    mtx_unlock(&stall->lock);
}

int stall_count(struct stall *stall, enum fruit kind)
{
    mtx_lock(&stall->lock);
    int pieces = stall->pieces[kind];
    mtx_unlock(&stall->lock);
    return pieces;
}
