// Still wrong: one telephone for the house, and who is called cannot call in turn: it is in use,
// by himself.
// Caught by: explore

#include "office.h"

#include <pthread.h>
#include <stdlib.h>

// Held while somebody is called, and taken before any office's lock.
static pthread_mutex_t telephone = PTHREAD_MUTEX_INITIALIZER;

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
    office->stamped++;
    if (office->call)
        office->call(office->whom, office->stamped);
    pthread_mutex_unlock(&office->lock);
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
