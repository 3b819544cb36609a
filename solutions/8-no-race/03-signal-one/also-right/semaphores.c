// Also right: a semaphore for each kind, which counts and wakes.

#include "stall.h"

#include <semaphore.h>
#include <stdlib.h>

struct stall {
    sem_t pieces[FRUITS];
};

struct stall *stall_new(void)
{
    struct stall *stall = calloc(1, sizeof *stall);
    for (int kind = 0; stall && kind < FRUITS; kind++)
        sem_init(&stall->pieces[kind], 0, 0);
    return stall;
}

void stall_free(struct stall *stall)
{
    for (int kind = 0; stall && kind < FRUITS; kind++)
        sem_destroy(&stall->pieces[kind]);
    free(stall);
}

void stall_deliver(struct stall *stall, enum fruit kind)
{
    sem_post(&stall->pieces[kind]);
}

void stall_buy(struct stall *stall, enum fruit kind)
{
    while (sem_wait(&stall->pieces[kind]) != 0)
        ;
}

int stall_count(struct stall *stall, enum fruit kind)
{
    int pieces;
    sem_getvalue(&stall->pieces[kind], &pieces);
    return pieces;
}
