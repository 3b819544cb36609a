// Ten waits, each of which might be for a disk, a server or a person. Nothing is computed.
#include "measure.h"

#include "base/moment.h"

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

static const struct timespec one_wait = {.tv_sec = 0, .tv_nsec = WAIT_MS * 1000000L};

static void wait_once(void)
{
    struct timespec left = one_wait;
    while (nanosleep(&left, &left) != 0 && errno == EINTR)
        ;
}

// ---- One after the other ----

static bool one_by_one(long *ended, struct problem *problem)
{
    (void)problem;
    for (int i = 0; i < WAITS; i++, ++*ended)
        wait_once();
    return true;
}

// ---- Threads: each sleeps in a wait of its own ----

struct waits {
    atomic_int begun; // by whoever is free
    atomic_long ended;
};

static void *wait_as_long_as_there_are_some(void *data)
{
    struct waits *waits = data;
    while (atomic_fetch_add(&waits->begun, 1) < WAITS) {
        wait_once();
        atomic_fetch_add(&waits->ended, 1);
    }
    return NULL;
}

// So many threads share the waits: who has ended one begins the next one that nobody has begun.
static bool with_threads(int count, long *ended, struct problem *problem)
{
    struct waits waits = {0};
    pthread_t threads[WAITS];
    int started = 0, error = 0;
    while (started < count && error == 0) {
        error = pthread_create(&threads[started], NULL, wait_as_long_as_there_are_some, &waits);
        started += error == 0;
    }
    for (int i = 0; i < started; i++)
        pthread_join(threads[i], NULL);
    *ended = waits.ended;
    return error == 0 || problem_set(problem, "a thread cannot be started: %s", strerror(error));
}

static bool a_thread_for_each(long *ended, struct problem *problem)
{
    return with_threads(WAITS, ended, problem);
}

static bool a_pool(long *ended, struct problem *problem)
{
    return with_threads(POOL, ended, problem);
}

// ---- An event loop: one thread begins all of them, and then waits for whichever ends next ----

static bool begin_timer(int loop, int *timer)
{
    struct itimerspec when = {.it_value = one_wait};
    *timer = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC);
    struct epoll_event interest = {.events = EPOLLIN, .data.fd = *timer};
    return *timer >= 0 && timerfd_settime(*timer, 0, &when, NULL) == 0 &&
           epoll_ctl(loop, EPOLL_CTL_ADD, *timer, &interest) == 0;
}

// What a real loop would look up here is whose timer it was, and what to do next for him.
static void handle(int loop, int timer, long *ended)
{
    unsigned long long times;
    if (read(timer, &times, sizeof times) == (ssize_t)sizeof times) {
        epoll_ctl(loop, EPOLL_CTL_DEL, timer, NULL);
        ++*ended;
    }
}

static bool run_loop(int loop, long *ended)
{
    struct epoll_event events[WAITS];
    while (*ended < WAITS) {
        int count = epoll_wait(loop, events, WAITS, -1);
        if (count < 0 && errno != EINTR)
            return false;
        for (int i = 0; i < count; i++)
            handle(loop, events[i].data.fd, ended);
    }
    return true;
}

static bool an_event_loop(long *ended, struct problem *problem)
{
    int timers[WAITS], begun = 0, loop = epoll_create1(EPOLL_CLOEXEC);
    bool fine = loop >= 0;
    while (fine && begun < WAITS)
        fine = begin_timer(loop, &timers[begun++]);
    fine = fine && run_loop(loop, ended);
    if (!fine)
        problem_set(problem, "an event loop cannot be run: %s", strerror(errno));
    for (int i = 0; i < begun; i++)
        if (timers[i] >= 0)
            close(timers[i]);
    if (loop >= 0)
        close(loop);
    return fine;
}

bool measure_waits(struct measured ways[WAYS_TO_WAIT], struct problem *problem)
{
    static const struct {
        const char *name;
        bool (*wait)(long *ended, struct problem *problem);
    } kinds[WAYS_TO_WAIT] = {
        {"one after the other", one_by_one},
        {"a thread for each", a_thread_for_each},
        {"a pool of 4 threads", a_pool},
        {"one event loop", an_event_loop},
    };
    _Static_assert(POOL == 4, "the name says so");
    for (int i = 0; i < WAYS_TO_WAIT; i++) {
        ways[i] = (struct measured){.result = 0};
        snprintf(ways[i].way, sizeof ways[i].way, "%s", kinds[i].name);
        double begun = moment_now();
        if (!kinds[i].wait(&ways[i].result, problem))
            return false;
        ways[i].seconds = moment_now() - begun;
    }
    return true;
}
