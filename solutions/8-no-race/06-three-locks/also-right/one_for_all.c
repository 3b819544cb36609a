// Also right: one lock for the whole town hall makes no circle. It has to be recursive, because
// who is called locks it again; and while somebody is called all others wait.

#define _GNU_SOURCE // for the initialiser of a recursive mutex
#include "office.h"

#include <pthread.h>
#include <stdlib.h>

// Guards all offices. Recursive: who is called comes back with it in hand.
static pthread_mutex_t town_hall = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;

struct office {
    long stamped, notes;
    office_call *call; // NULL: nobody wants to hear of it
    void *whom;
};

struct office *office_new(void)
{
    return calloc(1, sizeof(struct office));
}

void office_free(struct office *office)
{
    free(office);
}

void office_tell(struct office *office, office_call *call, void *whom)
{
    pthread_mutex_lock(&town_hall);
    office->call = call;
    office->whom = whom;
    pthread_mutex_unlock(&town_hall);
}

void office_stamp(struct office *office)
{
    pthread_mutex_lock(&town_hall);
    office->stamped++;
    if (office->call)
        office->call(office->whom, office->stamped);
    pthread_mutex_unlock(&town_hall);
}

void office_note(struct office *office)
{
    pthread_mutex_lock(&town_hall);
    office->notes++;
    pthread_mutex_unlock(&town_hall);
}

long office_stamped(struct office *office)
{
    pthread_mutex_lock(&town_hall);
    long stamped = office->stamped;
    pthread_mutex_unlock(&town_hall);
    return stamped;
}

long office_notes(struct office *office)
{
    pthread_mutex_lock(&town_hall);
    long notes = office->notes;
    pthread_mutex_unlock(&town_hall);
    return notes;
}
