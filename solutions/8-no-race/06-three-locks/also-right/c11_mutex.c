// Also right: the reference with C11's mutex.

#include "office.h"

#include <stdlib.h>
#include <threads.h>

struct office {
    mtx_t lock; // guards the rest
    long stamped, notes;
    office_call *call; // NULL: nobody wants to hear of it
    void *whom;
};

struct office *office_new(void)
{
    struct office *office = calloc(1, sizeof *office);
    if (office)
        mtx_init(&office->lock, mtx_plain);
    return office;
}

void office_free(struct office *office)
{
    if (office)
        mtx_destroy(&office->lock);
    free(office);
}

void office_tell(struct office *office, office_call *call, void *whom)
{
    mtx_lock(&office->lock);
    office->call = call;
    office->whom = whom;
    mtx_unlock(&office->lock);
}

// Calls without the lock: nobody knows which locks the one who is called will take.
void office_stamp(struct office *office)
{
    mtx_lock(&office->lock);
    long paper = ++office->stamped;
    office_call *call = office->call;
    void *whom = office->whom;
    mtx_unlock(&office->lock);
    if (call)
        call(whom, paper);
}

void office_note(struct office *office)
{
    mtx_lock(&office->lock);
    office->notes++;
    mtx_unlock(&office->lock);
}

long office_stamped(struct office *office)
{
    mtx_lock(&office->lock);
    long stamped = office->stamped;
    mtx_unlock(&office->lock);
    return stamped;
}

long office_notes(struct office *office)
{
    mtx_lock(&office->lock);
    long notes = office->notes;
    mtx_unlock(&office->lock);
    return notes;
}
