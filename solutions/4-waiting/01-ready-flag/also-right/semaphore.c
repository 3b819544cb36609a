// Also right: a semaphore as a turnstile; whoever gets through lets the next one through.

#include "ready_flag.h"

#include <semaphore.h>
#include <stdlib.h>

struct bulletin {
    struct report report; // written before the first post
    sem_t posted;
};

struct bulletin *bulletin_new(void)
{
    struct bulletin *bulletin = calloc(1, sizeof *bulletin);
    if (bulletin)
        sem_init(&bulletin->posted, 0, 0);
    return bulletin;
}

void bulletin_free(struct bulletin *bulletin)
{
    if (bulletin)
        sem_destroy(&bulletin->posted);
    free(bulletin);
}

void bulletin_post(struct bulletin *bulletin, const struct report *report)
{
    bulletin->report = *report;
    sem_post(&bulletin->posted);
}

struct report bulletin_read(struct bulletin *bulletin)
{
    sem_wait(&bulletin->posted);
    sem_post(&bulletin->posted);
    return bulletin->report;
}
