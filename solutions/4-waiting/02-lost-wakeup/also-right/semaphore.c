// Also right: a semaphore remembers a post that nobody was waiting for, so nobody can miss it. Each
// one who gets through lets the next one through.

#include "lost_wakeup.h"

#include <semaphore.h>
#include <stdlib.h>

struct gate {
    sem_t pass; // one when the gate is open
};

struct gate *gate_new(void)
{
    struct gate *gate = calloc(1, sizeof *gate);
    if (gate)
        sem_init(&gate->pass, 0, 0);
    return gate;
}

void gate_free(struct gate *gate)
{
    if (gate)
        sem_destroy(&gate->pass);
    free(gate);
}

void gate_wait(struct gate *gate)
{
    sem_wait(&gate->pass);
    sem_post(&gate->pass);
}

void gate_open(struct gate *gate)
{
    sem_post(&gate->pass);
}
