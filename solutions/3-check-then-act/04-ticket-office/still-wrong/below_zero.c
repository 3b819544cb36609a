// Still wrong: nobody gets a seat that does not exist, but every refusal lowers the count: -4
// tickets left.
// Caught by: explore, tsan, helgrind, native

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
    return seat > 0 ? seat : 0;
}

int office_left(struct office *office)
{
    return office->left;
}
