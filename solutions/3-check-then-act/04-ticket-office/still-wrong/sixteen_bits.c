// Still wrong: counts the tickets in 16 bits, which a festival has more of.
// Caught by: native

#include "ticket_office.h"

#include <pthread.h>
#include <stdlib.h>

struct office {
    pthread_mutex_t lock; // guards left
    short left;           // the next ticket is for this seat
};

struct office *office_new(int tickets)
{
    struct office *office = malloc(sizeof *office);
    if (office) {
        pthread_mutex_init(&office->lock, NULL);
        office->left = tickets;
    }
    return office;
}

void office_free(struct office *office)
{
    if (office)
        pthread_mutex_destroy(&office->lock);
    free(office);
}

int office_sell(struct office *office)
{
    pthread_mutex_lock(&office->lock);
    int seat = office->left > 0 ? office->left-- : 0;
    pthread_mutex_unlock(&office->lock);
    return seat;
}

int office_left(struct office *office)
{
    pthread_mutex_lock(&office->lock);
    int left = office->left;
    pthread_mutex_unlock(&office->lock);
    return left;
}
