// See hearing.h. A thread for each judge, and two descriptors: one that all threads heed
// (process_heed), one that they ring when they have done.
//
// The first judge's word is shown first, and the slowest one's is the last: these two begin at once,
// where there are two processors. Until the first has spoken the others begin only as processors
// become free, for whoever has to share one is held up again and again, at each process that it
// starts and waits for. But a judge may also wait, for a program that hangs, and then others can as
// well be at work: nobody is kept from it for long.
#define _GNU_SOURCE
#include "hearing.h"

#include "base/crew.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <talloc.h>
#include <time.h>
#include <unistd.h>

struct seat {
    struct hearing *hearing;
    const struct detector *detector;
    pthread_t thread;
    void *context; // owns the judgement; no other thread touches it before the judge is done
    struct judgement judgement;
    bool done;
};

struct hearing {
    const struct subject *subject;
    struct seat *seats;   // in the order in which they begin
    size_t count;         // seats whose threads were started
    int stop, bell;       // eventfds
    struct timespec end;  // of waiting, by the clock of `turn`
    pthread_cond_t turn;  // somebody may begin now
    pthread_mutex_t lock; // guards what follows
    size_t begun;         // seats that have begun, and those of them that have not done yet
    size_t at_work;
    bool closing;       // nobody is to begin any more
    struct seat **done; // in the order in which they came
    size_t done_count;
    size_t taken; // only the owner's thread uses it
};

static void ring(int descriptor)
{
    const uint64_t one = 1;
    while (write(descriptor, &one, sizeof one) < 0 && errno == EINTR)
        continue;
}

// Whether its turn has come. Must hold hearing->lock.
static bool is_next(const struct hearing *hearing, const struct seat *seat)
{
    return hearing->seats[0].done || (seat == &hearing->seats[hearing->begun] &&
                                      hearing->at_work < (size_t)crew_processors());
}

// Waits until it may begin. False if it is not to begin any more.
static bool await_turn(const struct seat *seat)
{
    struct hearing *hearing = seat->hearing;
    int timeout = 0;
    pthread_mutex_lock(&hearing->lock);
    while (!hearing->closing && timeout == 0 && !is_next(hearing, seat))
        timeout = pthread_cond_timedwait(&hearing->turn, &hearing->lock, &hearing->end);
    hearing->begun++;
    hearing->at_work++;
    bool begins = !hearing->closing;
    pthread_cond_broadcast(&hearing->turn);
    pthread_mutex_unlock(&hearing->lock);
    return begins;
}

// Each gives way to those before it. The priority is the thread's own, and whatever it starts
// inherits it. Where Linux shares the processors among sessions before it shares them among
// processes (autogroup), this has no effect: each command has a session of its own (run/keeper.c).
static void give_way(const struct seat *seat)
{
    int before = (int)(seat - seat->hearing->seats);
    if (before > 0)
        setpriority(PRIO_PROCESS, (id_t)gettid(), getpriority(PRIO_PROCESS, 0) + before);
}

static void note_done(struct seat *seat)
{
    struct hearing *hearing = seat->hearing;
    pthread_mutex_lock(&hearing->lock);
    seat->done = true;
    hearing->done[hearing->done_count++] = seat;
    hearing->at_work--;
    pthread_cond_broadcast(&hearing->turn);
    pthread_mutex_unlock(&hearing->lock);
    ring(hearing->bell);
}

// Folders are removed once it has spoken: the disk may be slow.
static void judge_and_tell(struct seat *seat)
{
    const struct subject *subject = seat->hearing->subject;
    struct build *build = judge_compile(seat->context, subject, seat->detector, false);
    const char *folder =
        judge_and_keep(seat->context, subject, seat->detector, build, &seat->judgement);
    note_done(seat);
    talloc_free((void *)folder);
    talloc_free((void *)build->folder);
    build->folder = NULL;
}

static void *sit(void *argument)
{
    struct seat *seat = argument;
    struct hearing *hearing = seat->hearing;
    process_heed(hearing->stop);
    if (await_turn(seat)) {
        give_way(seat);
        judge_and_tell(seat);
    }
    return NULL;
}

// Gives each a seat: the first its own, the others as their clocks tell which is the slowest.
static void give_seats(struct hearing *hearing, const struct detector *const *chosen)
{
    for (size_t count = 0; chosen[count]; count++) {
        size_t at = count;
        for (; at > 1 && hearing->seats[at - 1].detector->seconds < chosen[count]->seconds; at--)
            hearing->seats[at] = hearing->seats[at - 1];
        hearing->seats[at] = (struct seat){hearing, .detector = chosen[count]};
    }
}

// Threads that no signal finds: what comes from the keyboard is for the owner's.
static bool seat_all(struct hearing *hearing)
{
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    bool started = true;
    for (struct seat *seat = hearing->seats; started && seat->detector; seat++) {
        seat->context = talloc_new(NULL);
        started = pthread_create(&seat->thread, NULL, sit, seat) == 0;
        hearing->count += started;
        if (!started)
            talloc_free(seat->context);
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return started;
}

// By a clock that nobody sets.
static void set_turn(struct hearing *hearing, double patience)
{
    enum { SECOND = 1000000000 };
    pthread_condattr_t attributes;
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(&hearing->turn, &attributes);
    pthread_condattr_destroy(&attributes);
    clock_gettime(CLOCK_MONOTONIC, &hearing->end);
    hearing->end.tv_sec += (time_t)patience;
    hearing->end.tv_nsec += (long)((patience - (double)(time_t)patience) * SECOND);
    hearing->end.tv_sec += hearing->end.tv_nsec / SECOND;
    hearing->end.tv_nsec %= SECOND;
}

struct hearing *hearing_open(const struct subject *subject, const struct detector *const *chosen,
                             double patience, struct problem *problem)
{
    struct hearing *hearing = talloc_zero(NULL, struct hearing);
    unsigned count = 0;
    while (chosen[count])
        count++;
    hearing->subject = subject;
    if (subject->hangs)
        atomic_store(subject->hangs, false); // what was said of it before it was saved again
    hearing->seats = talloc_zero_array(hearing, struct seat, count + 1);
    hearing->done = talloc_zero_array(hearing, struct seat *, count);
    hearing->stop = eventfd(0, EFD_CLOEXEC);
    hearing->bell = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    pthread_mutex_init(&hearing->lock, NULL);
    set_turn(hearing, patience);
    give_seats(hearing, chosen);
    if (hearing->stop >= 0 && hearing->bell >= 0 && seat_all(hearing))
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
    pthread_mutex_lock(&hearing->lock);
    hearing->closing = true;
    pthread_cond_broadcast(&hearing->turn);
    pthread_mutex_unlock(&hearing->lock);
    for (size_t i = 0; i < hearing->count; i++) {
        pthread_join(hearing->seats[i].thread, NULL);
        talloc_free(hearing->seats[i].context);
    }
    close(hearing->stop);
    close(hearing->bell);
    pthread_cond_destroy(&hearing->turn);
    pthread_mutex_destroy(&hearing->lock);
    talloc_free(hearing);
}
