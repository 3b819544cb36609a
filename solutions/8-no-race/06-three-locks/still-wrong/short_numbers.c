// Still wrong: nobody is called with a lock held, and no two have the same number, for 65535
// papers. The next one has number 0.
// Caught by: native

#include "office.h"

#include <stdatomic.h>
#include <stdlib.h>

struct office {
    atomic_ushort stamped, notes;
    office_call *call; // NULL: nobody wants to hear of it; set before the first paper
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
    office->call = call;
    office->whom = whom;
}

void office_stamp(struct office *office)
{
    long paper = atomic_fetch_add(&office->stamped, 1) + 1;
    if (office->call)
        office->call(office->whom, paper);
}

void office_note(struct office *office)
{
    atomic_fetch_add(&office->notes, 1);
}

long office_stamped(struct office *office)
{
    return atomic_load(&office->stamped);
}

long office_notes(struct office *office)
{
    return atomic_load(&office->notes);
}
