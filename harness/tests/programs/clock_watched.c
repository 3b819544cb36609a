// Two wait for a time that comes sooner than a third one's time-out: by the clock, with a nap after each
// look, and without. Time passes for them first.
// explore: clean

#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <time.h>

enum { SOON = 1, LATE = 60 }; // seconds

static sem_t never;
static atomic_bool is_late;
static atomic_int too_late;

static void *wait_long(void *unused)
{
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += LATE;
    sem_timedwait(&never, &until);
    atomic_store(&is_late, true);
    return unused;
}

static void *watch_clock(void *naps)
{
    time_t end = time(NULL) + SOON;
    while (!atomic_load(&is_late) && time(NULL) < end)
        if (naps)
            sched_yield();
    atomic_fetch_add(&too_late, atomic_load(&is_late));
    return NULL;
}

int main(void)
{
    bool naps = true;
    pthread_t waits, watch[2];
    sem_init(&never, 0, 0);
    pthread_create(&waits, NULL, wait_long, NULL);
    pthread_create(&watch[0], NULL, watch_clock, &naps);
    pthread_create(&watch[1], NULL, watch_clock, NULL);
    for (int i = 0; i < 2; i++)
        pthread_join(watch[i], NULL);
    pthread_join(waits, NULL);
    sem_destroy(&never);
    return atomic_load(&too_late) == 0 ? 0 : 1;
}
