// Still wrong: each window takes two tickets at a time, and the second one lies in its drawer while
// others say that all is sold.
// Caught by: explore

#include "ticket_office.h"

#include <pthread.h>
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

// The drawer of the window that this thread is.
static _Thread_local struct {
    struct office *office;
    int seat;
} drawer;

int office_sell(struct office *office)
{
    if (drawer.office == office && drawer.seat > 0) {
        int seat = drawer.seat;
        drawer.seat = 0;
        return seat;
    }
    pthread_mutex_lock(&office->lock);
    int seat = office->left > 0 ? office->left-- : 0;
    drawer.office = office;
    drawer.seat = office->left > 0 ? office->left-- : 0;
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
