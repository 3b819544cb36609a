// Still wrong: an atomic load and an atomic store sell the same seat twice.
// Caught by: explore

#include "ticket_office.h"

#include <stdatomic.h>
#include <stdlib.h>

struct office {
    atomic_int left; // the next ticket is for this seat
};

struct office *office_new(int tickets)
{
    struct office *office = malloc(sizeof *office);
    if (office)
        atomic_init(&office->left, tickets);
    return office;
}

void office_free(struct office *office)
{
    free(office);
}

int office_sell(struct office *office)
{
    int seat = atomic_load(&office->left);
    if (seat > 0)
        atomic_store(&office->left, seat - 1);
    return seat;
}

int office_left(struct office *office)
{
    return office->left;
}
