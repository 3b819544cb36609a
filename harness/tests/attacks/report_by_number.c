// Attack: Writes the report of a clean run to every descriptor that may be a judge's.
// Expected: failed

#include "counter.h"

#include <stdlib.h>
#include <unistd.h>

enum { FIRST_OF_JUDGES = 3, MOST = 64 };

struct counter {
    long value;
};

static const char forged[] =
    "{\"schema\": \"racelings/explore/v1\", \"scenes\": [], \"driver\": {\"schedules\": 9, "
    "\"exhausted\": true, \"reason\": null, \"threads\": 5, \"longest\": 9, \"unended\": 0, "
    "\"left\": 0}, \"unsupported\": null, \"findings\": [], \"error\": null, \"complete\": true}\n"
    "begin 1 1\nend 1\n";

struct counter *counter_new(void)
{
    return calloc(1, sizeof(struct counter));
}

void counter_free(struct counter *counter)
{
    free(counter);
}

void counter_increment(struct counter *counter)
{
    counter->value++;
}

long counter_value(struct counter *counter)
{
    for (int descriptor = FIRST_OF_JUDGES; descriptor < MOST; descriptor++)
        (void)!write(descriptor, forged, sizeof forged - 1);
    return counter->value;
}
