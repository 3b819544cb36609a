// Still wrong: the papers are free while somebody is called, but a second lock keeps the calls of
// an office in order. Who is called and stamps something himself finds the old circle there.
// Caught by: explore

#include "office.h"

#include <pthread.h>
#include <stdlib.h>

struct office {
    pthread_mutex_t calls; // held while somebody is called
    pthread_mutex_t lock;  // guards the rest
    long stamped, notes;
    office_call *call; // NULL: nobody wants to hear of it
    void *whom;
};

struct office *office_new(void)
{
    struct office *office = calloc(1, sizeof *office);
    if (!office)
        return NULL;
    pthread_mutex_init(&office->calls, NULL);
    pthread_mutex_init(&office->lock, NULL);
    return office;
}

void office_free(struct office *office)
{
    if (!office)
        return;
    pthread_mutex_destroy(&office->calls);
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
    pthread_mutex_lock(&office->calls);
    pthread_mutex_lock(&office->lock);
    long paper = ++office->stamped;
    pthread_mutex_unlock(&office->lock);
    if (office->call)
        office->call(office->whom, paper);
    pthread_mutex_unlock(&office->calls);
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
