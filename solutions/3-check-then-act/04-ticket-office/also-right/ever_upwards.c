// Also right: a number for everybody who asks, as at the baker's; whose number is too high gets
// nothing.

#include "ticket_office.h"

#include <stdatomic.h>
#include <stdlib.h>

struct office {
    int tickets;
    atomic_int asked; // how many asked; may exceed tickets
};

struct office *office_new(int tickets)
{
    struct office *office = malloc(sizeof *office);
    if (office) {
        office->tickets = tickets;
        atomic_init(&office->asked, 0);
    }
    return office;
}

void office_free(struct office *office)
{
    free(office);
}

int office_sell(struct office *office)
{
    int number = atomic_fetch_add(&office->asked, 1);
    return number < office->tickets ? number + 1 : 0;
}

int office_left(struct office *office)
{
    int asked = atomic_load(&office->asked);
    return asked < office->tickets ? office->tickets - asked : 0;
}
