// See hearing.h. A thread for each judge, and two descriptors: one that all threads heed
// (process_heed), one that they ring when they have done.
#define _GNU_SOURCE
#include "hearing.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <talloc.h>
#include <unistd.h>

// How much the other judges give way to the first, whose word is shown first. Where Linux shares
// the processors among sessions before it shares them among processes (autogroup), this has no
// effect: each command has a session of its own (run/keeper.c).
enum { GIVE_WAY = 5 };

struct seat {
    struct hearing *hearing;
    const struct detector *detector;
    pthread_t thread;
    bool first;
    void *context; // owns the judgement; no other thread touches it before the judge is done
    struct judgement judgement;
};

struct hearing {
    const struct subject *subject;
    struct seat *seats;
    size_t count;         // seats whose threads were started
    int stop, bell;       // eventfds
    pthread_mutex_t lock; // guards done and done_count
    struct seat **done;   // in the order in which they came
    size_t done_count;
    size_t taken; // only the owner's thread uses it
};

static void ring(int descriptor)
{
    const uint64_t one = 1;
    while (write(descriptor, &one, sizeof one) < 0 && errno == EINTR)
        continue;
}

// The priority is the thread's own, and whatever it starts inherits it.
static void *sit(void *argument)
{
    struct seat *seat = argument;
    struct hearing *hearing = seat->hearing;
    process_heed(hearing->stop);
    if (!seat->first)
        setpriority(PRIO_PROCESS, (id_t)gettid(), getpriority(PRIO_PROCESS, 0) + GIVE_WAY);
    judge(seat->context, hearing->subject, seat->detector, &seat->judgement);
    pthread_mutex_lock(&hearing->lock);
    hearing->done[hearing->done_count++] = seat;
    pthread_mutex_unlock(&hearing->lock);
    ring(hearing->bell);
    return NULL;
}

// Threads that no signal finds: what comes from the keyboard is for the owner's.
static bool seat_all(struct hearing *hearing, const struct detector *const *chosen)
{
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    bool started = true;
    for (size_t i = 0; started && chosen[i]; i++) {
        struct seat *seat = &hearing->seats[i];
        *seat = (struct seat){hearing, .detector = chosen[i], .first = i == 0};
        seat->context = talloc_new(NULL);
        started = pthread_create(&seat->thread, NULL, sit, seat) == 0;
        hearing->count += started;
        if (!started)
            talloc_free(seat->context);
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return started;
}

struct hearing *hearing_open(const struct subject *subject, const struct detector *const *chosen,
                             struct problem *problem)
{
    struct hearing *hearing = talloc_zero(NULL, struct hearing);
    unsigned count = 0;
    while (chosen[count])
        count++;
    hearing->subject = subject;
    if (subject->hangs)
        atomic_store(subject->hangs, false); // what was said of it before it was saved again
    hearing->seats = talloc_zero_array(hearing, struct seat, count);
    hearing->done = talloc_zero_array(hearing, struct seat *, count);
    hearing->stop = eventfd(0, EFD_CLOEXEC);
    hearing->bell = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    pthread_mutex_init(&hearing->lock, NULL);
    if (hearing->stop >= 0 && hearing->bell >= 0 && seat_all(hearing, chosen))
        return hearing;
    problem_set(problem, "the judges cannot be set to work: %s", strerror(errno));
    hearing_close(hearing);
    return NULL;
}

int hearing_descriptor(const struct hearing *hearing)
{
    return hearing->bell;
}

const struct judgement *hearing_take(struct hearing *hearing)
{
    uint64_t rung;
    ssize_t ignored = read(hearing->bell, &rung, sizeof rung);
    (void)ignored;
    pthread_mutex_lock(&hearing->lock);
    const struct seat *seat =
        hearing->taken < hearing->done_count ? hearing->done[hearing->taken] : NULL;
    bool more = hearing->taken + 1 < hearing->done_count;
    pthread_mutex_unlock(&hearing->lock);
    if (more)
        ring(hearing->bell);
    if (!seat)
        return NULL;
    hearing->taken++;
    return &seat->judgement;
}

size_t hearing_left(const struct hearing *hearing)
{
    return hearing->count - hearing->taken;
}

void hearing_close(struct hearing *hearing)
{
    if (!hearing)
        return;
    if (hearing->stop >= 0)
        ring(hearing->stop);
    for (size_t i = 0; i < hearing->count; i++) {
        pthread_join(hearing->seats[i].thread, NULL);
        talloc_free(hearing->seats[i].context);
    }
    close(hearing->stop);
    close(hearing->bell);
    pthread_mutex_destroy(&hearing->lock);
    talloc_free(hearing);
}
