// Still wrong: one post for each of five boats; the sixth waits for ever.
// Caught by: explore

#include "ready_flag.h"

#include <semaphore.h>
#include <stdlib.h>

struct bulletin {
    struct report report; // written before the posts
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
    for (int boat = 0; boat < 5; boat++)
        sem_post(&bulletin->posted);
}

struct report bulletin_read(struct bulletin *bulletin)
{
    sem_wait(&bulletin->posted);
    return bulletin->report;
}
