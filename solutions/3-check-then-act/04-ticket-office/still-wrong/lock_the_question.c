// Still wrong: the lock is let go right after the question, so the sale itself is not guarded.
// Caught by: explore

#include "ticket_office.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>

struct office {
    pthread_mutex_t lock; // guards left
    int left;             // the next ticket is for this seat
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
    bool available = office->left > 0;
    pthread_mutex_unlock(&office->lock);
    return available ? office->left-- : 0;
}

int office_left(struct office *office)
{
    pthread_mutex_lock(&office->lock);
    int left = office->left;
    pthread_mutex_unlock(&office->lock);
    return left;
}
