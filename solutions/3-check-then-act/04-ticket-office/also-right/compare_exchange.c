// Also right: takes the ticket that was looked at, if it is still the next one; otherwise looks
// again.

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
    while (seat > 0 && !atomic_compare_exchange_weak(&office->left, &seat, seat - 1))
        ; // seat now holds what another window left
    return seat;
}

int office_left(struct office *office)
{
    return office->left;
}
