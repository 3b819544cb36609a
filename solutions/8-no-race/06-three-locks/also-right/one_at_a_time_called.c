// Also right: calls without the office's lock, but with the one telephone in hand, so that calls
// come one after the other. It is the first lock that anybody takes.

#define _GNU_SOURCE // for the initialiser of a recursive mutex
#include "office.h"

#include <pthread.h>
#include <stdlib.h>

// Held while somebody is called, and taken before any office's lock. Recursive: who is called may
// stamp, and so call in turn.
static pthread_mutex_t telephone = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;

struct office {
    pthread_mutex_t lock; // guards the rest
    long stamped, notes;
    office_call *call; // NULL: nobody wants to hear of it
    void *whom;
};

struct office *office_new(void)
{
    struct office *office = calloc(1, sizeof *office);
    if (office)
        pthread_mutex_init(&office->lock, NULL);
    return office;
}

void office_free(struct office *office)
{
    if (office)
        pthread_mutex_destroy(&office->lock);
    free(office);
}

void office_tell(struct office *office, office_call *call, void *whom)
{
    pthread_mutex_lock(&office->lock);
    office->call = call;
    office->whom = whom;
    pthread_mutex_unlock(&office->lock);
}

void office_stamp(struct office *office)
{
    pthread_mutex_lock(&telephone);
    pthread_mutex_lock(&office->lock);
    long paper = ++office->stamped;
    pthread_mutex_unlock(&office->lock);
    if (office->call)
        office->call(office->whom, paper);
    pthread_mutex_unlock(&telephone);
}

void office_note(struct office *office)
{
    pthread_mutex_lock(&office->lock);
    office->notes++;
    pthread_mutex_unlock(&office->lock);
}

long office_stamped(struct office *office)
{
    pthread_mutex_lock(&office->lock);
    long stamped = office->stamped;
    pthread_mutex_unlock(&office->lock);
    return stamped;
}

long office_notes(struct office *office)
{
    pthread_mutex_lock(&office->lock);
    long notes = office->notes;
    pthread_mutex_unlock(&office->lock);
    return notes;
}
