// Still wrong: a semaphore with one post for each of three requests; a fourth waits for ever.
// Caught by: explore

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
}

void gate_open(struct gate *gate)
{
    for (int i = 0; i < 3; i++)
        sem_post(&gate->pass);
}
