// Still wrong: calls without the lock, and asks for the number when it has given the lock back: by
// then there may be another paper.
// Caught by: explore

#include "office.h"

#include <pthread.h>
#include <stdlib.h>

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
    pthread_mutex_lock(&office->lock);
    office->stamped++;
    pthread_mutex_unlock(&office->lock);
    if (office->call)
        office->call(office->whom, office_stamped(office));
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
