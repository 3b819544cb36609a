// Also right: the notes have a lock of their own. A call that takes a note meets nobody who calls;
// and no call is made with either lock held.

#include "office.h"

#include <pthread.h>
#include <stdlib.h>

struct office {
    pthread_mutex_t lock; // guards stamped, call and whom
    long stamped;
    office_call *call; // NULL: nobody wants to hear of it
    void *whom;
    pthread_mutex_t note_lock; // guards notes
    long notes;
};

struct office *office_new(void)
{
    struct office *office = calloc(1, sizeof *office);
    if (!office)
        return NULL;
    pthread_mutex_init(&office->lock, NULL);
    pthread_mutex_init(&office->note_lock, NULL);
    return office;
}

void office_free(struct office *office)
{
    if (!office)
        return;
    pthread_mutex_destroy(&office->lock);
    pthread_mutex_destroy(&office->note_lock);
    free(office);
}

void office_tell(struct office *office, office_call *call, void *whom)
{
    pthread_mutex_lock(&office->lock);
    office->call = call;
    office->whom = whom;
    pthread_mutex_unlock(&office->lock);
}

// Calls without the lock: nobody knows which locks the one who is called will take.
void office_stamp(struct office *office)
{
    pthread_mutex_lock(&office->lock);
    long paper = ++office->stamped;
    office_call *call = office->call;
    void *whom = office->whom;
    pthread_mutex_unlock(&office->lock);
    if (call)
        call(whom, paper);
}

void office_note(struct office *office)
{
    pthread_mutex_lock(&office->note_lock);
    office->notes++;
    pthread_mutex_unlock(&office->note_lock);
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
    pthread_mutex_lock(&office->note_lock);
    long notes = office->notes;
    pthread_mutex_unlock(&office->note_lock);
    return notes;
}
