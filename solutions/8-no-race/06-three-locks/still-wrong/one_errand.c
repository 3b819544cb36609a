// Still wrong: a mark says that somebody is already calling; he will tell of the new paper, too.
// He calls once, with the last number, and who stamped the other paper has long gone home.
// Caught by: explore

#include "office.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>

struct office {
    pthread_mutex_t lock; // guards the rest
    long stamped, notes;
    office_call *call; // NULL: nobody wants to hear of it
    void *whom;
    bool is_calling;
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
    long told = office->stamped++;
    bool calls = office->call && !office->is_calling;
    if (calls)
        office->is_calling = true;
    while (calls && told < office->stamped) {
        told = office->stamped;
        pthread_mutex_unlock(&office->lock);
        office->call(office->whom, told);
        pthread_mutex_lock(&office->lock);
    }
    if (calls)
        office->is_calling = false;
    pthread_mutex_unlock(&office->lock);
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
