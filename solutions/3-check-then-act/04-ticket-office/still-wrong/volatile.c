// Still wrong: volatile makes the compiler load twice and store once; others still come in between.
// Caught by: explore, tsan, helgrind

#include "ticket_office.h"

#include <stdlib.h>

struct office {
    volatile int left; // the next ticket is for this seat
};

struct office *office_new(int tickets)
{
    struct office *office = malloc(sizeof *office);
    if (office)
        office->left = tickets;
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
