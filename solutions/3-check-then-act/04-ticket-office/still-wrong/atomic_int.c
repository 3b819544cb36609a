// Still wrong: each step is atomic, the two together are not; the count falls below zero.
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
    if (office->left > 0)
        return office->left--;
    return 0;
}

int office_left(struct office *office)
{
    return office->left;
}
