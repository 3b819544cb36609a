// Still wrong: a mutex that is locked until the report is there. It is unlocked by the one who posts, and
// whoever has not locked a mutex must not unlock it.
// Caught by: explore, tsan, helgrind

#include "ready_flag.h"
#include <pthread.h>
#include <stdlib.h>
struct bulletin {
    struct report report;
    pthread_mutex_t closed;
};
struct bulletin *bulletin_new(void)
{
    struct bulletin *bulletin = calloc(1, sizeof *bulletin);
    if (bulletin) {
        pthread_mutex_init(&bulletin->closed, NULL);
        pthread_mutex_lock(&bulletin->closed);
    }
    return bulletin;
}
void bulletin_free(struct bulletin *bulletin)
{
    if (bulletin)
        pthread_mutex_destroy(&bulletin->closed);
    free(bulletin);
}
void bulletin_post(struct bulletin *bulletin, const struct report *report)
{
    bulletin->report = *report;
    pthread_mutex_unlock(&bulletin->closed);
}
struct report bulletin_read(struct bulletin *bulletin)
{
    pthread_mutex_lock(&bulletin->closed);
    struct report report = bulletin->report;
    pthread_mutex_unlock(&bulletin->closed);
    return report;
}
