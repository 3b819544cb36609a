// Also right: a semaphore is a counter that cannot fall below zero: looking and taking are one
// call.

#include "ticket_office.h"

#include <semaphore.h>
#include <stdatomic.h>
#include <stdlib.h>

struct office {
    sem_t tickets;        // counts those that are left
    atomic_int next_seat; // only for those who have got one
};

struct office *office_new(int tickets)
{
    struct office *office = malloc(sizeof *office);
    if (office) {
        sem_init(&office->tickets, 0, (unsigned)tickets);
        atomic_init(&office->next_seat, 1);
    }
    return office;
}

void office_free(struct office *office)
{
    if (office)
        sem_destroy(&office->tickets);
    free(office);
}

int office_sell(struct office *office)
{
    if (sem_trywait(&office->tickets) != 0)
        return 0;
    return atomic_fetch_add(&office->next_seat, 1);
}

int office_left(struct office *office)
{
    int left;
    sem_getvalue(&office->tickets, &left);
    return left;
}
