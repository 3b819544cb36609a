// Also right: looking and taking in one critical section, here with the mutex of C11.

#include "ticket_office.h"

#include <stdlib.h>
#include <threads.h>

struct office {
    mtx_t lock; // guards left
    int left;   // the next ticket is for this seat
};

struct office *office_new(int tickets)
{
    struct office *office = malloc(sizeof *office);
    if (office) {
        mtx_init(&office->lock, mtx_plain);
        office->left = tickets;
    }
    return office;
}

void office_free(struct office *office)
{
    if (office)
        mtx_destroy(&office->lock);
    free(office);
}

int office_sell(struct office *office)
{
    int seat = 0;
    mtx_lock(&office->lock);
    if (office->left > 0)
        seat = office->left--;
    mtx_unlock(&office->lock);
    return seat;
}

int office_left(struct office *office)
{
    mtx_lock(&office->lock);
    int left = office->left;
    mtx_unlock(&office->lock);
    return left;
}
