// Also right: each seat has a mark of its own, and whoever sets it first has sold the seat.

#include "ticket_office.h"
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
struct office {
    int seats;
    atomic_bool *sold;
};
struct office *office_new(int tickets)
{
    struct office *o = malloc(sizeof *o);
    if (!o)
        return NULL;
    o->seats = tickets;
    o->sold = calloc(tickets + 1, sizeof *o->sold);
    if (!o->sold) {
        free(o);
        return NULL;
    }
    return o;
}
void office_free(struct office *o)
{
    if (o)
        free(o->sold);
    free(o);
}
int office_sell(struct office *o)
{
    for (int seat = 1; seat <= o->seats; seat++)
        if (!atomic_load(&o->sold[seat]) && !atomic_exchange(&o->sold[seat], true))
            return seat;
    return 0;
}
int office_left(struct office *o)
{
    int left = 0;
    for (int seat = 1; seat <= o->seats; seat++)
        left += !atomic_load(&o->sold[seat]);
    return left;
}
