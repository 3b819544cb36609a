// Still wrong: to count the tickets it takes each in its hand for a moment: who wants the last one
// then is refused.
// Caught by: explore

#include "ticket_office.h"

#include <stdatomic.h>
#include <stdlib.h>

struct office {
    int tickets;
    atomic_flag sold[];
};

struct office *office_new(int tickets)
{
    struct office *office = malloc(sizeof *office + (size_t)tickets * sizeof(atomic_flag));
    if (office) {
        office->tickets = tickets;
        for (int i = 0; i < tickets; i++)
            atomic_flag_clear(&office->sold[i]);
    }
    return office;
}

void office_free(struct office *office)
{
    free(office);
}

int office_sell(struct office *office)
{
    for (int i = 0; i < office->tickets; i++)
        if (!atomic_flag_test_and_set(&office->sold[i]))
            return i + 1;
    return 0;
}

int office_left(struct office *office)
{
    int left = 0;
    for (int i = 0; i < office->tickets; i++)
        if (!atomic_flag_test_and_set(&office->sold[i])) {
            atomic_flag_clear(&office->sold[i]);
            left++;
        }
    return left;
}
