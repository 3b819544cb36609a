// Also right: the reference with a semaphore of one, which is free again before anybody is called.

#include "office.h"

#include <semaphore.h>
#include <stdlib.h>

struct office {
    sem_t desk; // of which there is one: who has it may touch the rest
    long stamped, notes;
    office_call *call; // NULL: nobody wants to hear of it
    void *whom;
};

struct office *office_new(void)
{
    struct office *office = calloc(1, sizeof *office);
    if (office)
        sem_init(&office->desk, 0, 1);
    return office;
}

void office_free(struct office *office)
{
    if (office)
        sem_destroy(&office->desk);
    free(office);
}

void office_tell(struct office *office, office_call *call, void *whom)
{
    sem_wait(&office->desk);
    office->call = call;
    office->whom = whom;
    sem_post(&office->desk);
}

// Leaves the desk before it calls.
void office_stamp(struct office *office)
{
    sem_wait(&office->desk);
    long paper = ++office->stamped;
    office_call *call = office->call;
    void *whom = office->whom;
    sem_post(&office->desk);
    if (call)
        call(whom, paper);
}

void office_note(struct office *office)
{
    sem_wait(&office->desk);
    office->notes++;
    sem_post(&office->desk);
}

long office_stamped(struct office *office)
{
    sem_wait(&office->desk);
    long stamped = office->stamped;
    sem_post(&office->desk);
    return stamped;
}

long office_notes(struct office *office)
{
    sem_wait(&office->desk);
    long notes = office->notes;
    sem_post(&office->desk);
    return notes;
}
