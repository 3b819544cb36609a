// Still wrong: each thread has a total of its own now, and the one who asks has nothing.
// Caught by: explore, tsan, helgrind, native

#include "plus_equals.h"

#include <stdlib.h>

struct tally {
    char unused;
};

static _Thread_local long total;

struct tally *tally_new(void)
{
    return malloc(sizeof(struct tally));
}

void tally_free(struct tally *tally)
{
    free(tally);
}

void tally_add(struct tally *tally, long amount)
{
    (void)tally;
    total += amount;
}

long tally_total(struct tally *tally)
{
    (void)tally;
    return total;
}
