// Also right: takes first and looks then, at what the subtraction itself returned; what was not
// there to be taken is put back.

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
    int seat = atomic_fetch_sub(&office->left, 1);
    if (seat > 0)
        return seat;
    atomic_fetch_add(&office->left, 1);
    return 0;
}

int office_left(struct office *office)
{
    int left = atomic_load(&office->left);
    return left > 0 ? left : 0; // below 0 while somebody is putting back
}
