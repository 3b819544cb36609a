// Still wrong: whoever has been overtaken three times says that all is sold.
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
    for (int attempt = 0; seat > 0 && attempt < 3; attempt++)
        if (atomic_compare_exchange_strong(&office->left, &seat, seat - 1))
            return seat;
    return 0;
}

int office_left(struct office *office)
{
    return office->left;
}
