// Still wrong: waits for a post for five seconds at the most, and reads whatever there is then.
// Caught by: explore

#include "ready_flag.h"
#include <semaphore.h>
#include <stdlib.h>
#include <time.h>
struct bulletin {
    sem_t s;
    struct report report;
};
struct bulletin *bulletin_new(void)
{
    struct bulletin *b = calloc(1, sizeof *b);
    if (b)
        sem_init(&b->s, 0, 0);
    return b;
}
void bulletin_free(struct bulletin *b)
{
    sem_destroy(&b->s);
    free(b);
}
void bulletin_post(struct bulletin *b, const struct report *r)
{
    b->report = *r;
    sem_post(&b->s);
}
struct report bulletin_read(struct bulletin *b)
{
    struct timespec t;
    timespec_get(&t, TIME_UTC);
    t.tv_sec += 5;
    if (sem_timedwait(&b->s, &t) == 0)
        sem_post(&b->s);
    return b->report;
}
