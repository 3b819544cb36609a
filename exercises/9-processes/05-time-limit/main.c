// Dishes, `rounds` times each: one that is done in the moment when the cook sits down, one more for a
// caller who has signal handlers and a mask of his own, one that is done at once, one that is done when
// the clock rings, and one that is never done and cannot be talked into it, while somebody knocks at the
// door. When exactly, the driver decides: it has functions of its own in place of those of the library
// with which one waits. They let the child end first, or the clock ring, and wait until it has. So all
// that could wake the cook has happened by then, and the wait either ends at once or is one in vain,
// which need not be slept through to be noticed.

#define _GNU_SOURCE
#include "cook.h"

#include <racelings/asleep.h>
#include <racelings/remains.h>

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/select.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { DISHES = 5, ENOUGH_LOOKS = 3, ENOUGH_NAPS = 100, AN_HOUR = 3600, KNOCKS = 3 };
enum { LIMIT_MS = 20, SLACK_MS = 2 };
enum { EGGS = 3, BEANS = 255, SOUPS = 1, LEFTOVERS = 0 }; // what recipes return

static const char *broken; // the first promise that was; NULL: none
static long rounds, served;

static void expect(bool holds, const char *promise)
{
    if (!holds && broken == NULL)
        broken = promise;
}

static void tell(void)
{
    printf("want: %ld dishes served in time, got: %ld%s%s\n", rounds * DISHES, served,
           broken ? "; broken: " : "", broken ? broken : "");
}

// ---- The dish that is being made ----

static struct dish {
    enum { NOTHING, WHEN_SEATED, AT_ONCE, WITH_THE_CLOCK, NEVER } done;
    int portions; // what the recipe returns
    int fire[2];  // a pipe: what can be read from it ends the recipe
    int looks;    // at the child, so far
    int naps;     // that ended although there was nothing to wake anybody
    int knocks;   // so far
    bool is_over; // the time after which it is burnt has been waited for
} dish;

static pid_t kitchen; // the cook's process, and ours

// In shared memory: processes, 0 until they have begun.
static struct pots {
    atomic_int pot;    // that makes the dish
    atomic_int newest; // of the kitchen's children
    atomic_bool tidied_up;
    atomic_bool came_back; // from cook, as if it were the cook
} * pots;

static ssize_t take(int file, void *bytes, size_t size)
{
    const struct iovec place = {bytes, size};
    return readv(file, &place, 1);
}

static int recipe(void *data)
{
    const struct dish *own = data;
    char byte;
    if (own->done == NEVER)
        signal(SIGTERM, SIG_IGN); // whoever only asks for an end does not get it
    pots->pot = getpid();
    while (take(own->fire[0], &byte, 1) < 0 && errno == EINTR)
        continue;
    return own->portions;
}

static int look_for_end(idtype_t whose, id_t child, siginfo_t *about, int options)
{
    return (int)syscall(SYS_waitid, whose, child, about, options, NULL);
}

// Until there is a pot. Returns whether there is one, or can be: the kitchen has a child.
static bool await_pot(void)
{
    siginfo_t unused;
    while (pots->pot == 0) {
        if (look_for_end(P_ALL, 0, &unused, WEXITED | WNOWAIT | WNOHANG) != 0)
            return false;
        sched_yield();
    }
    return true;
}

static void end_recipe(void)
{
    siginfo_t unused;
    if (write(dish.fire[1], "", 1) != 1)
        abort();
    if (!await_pot())
        return;
    while (look_for_end(P_PID, (id_t)pots->pot, &unused, WEXITED | WNOWAIT) != 0 && errno == EINTR)
        continue;
}

// The caller's own handler, where he has one.
static void hear_nothing(int number)
{
    (void)number;
}

// If the cook has one that rings by SIGALRM.
static void ring_clock(void)
{
    struct sigaction action;
    sigaction(SIGALRM, NULL, &action);
    if (action.sa_handler != SIG_DFL && action.sa_handler != SIG_IGN &&
        action.sa_handler != hear_nothing)
        raise(SIGALRM);
}

// What a call returned. ThreadSanitizer keeps signals for a moment; it hands them on here.
static int heard(int result)
{
    int error = errno;
    sigset_t now;
    sigprocmask(SIG_BLOCK, NULL, &now);
    errno = error;
    return result;
}

// Waits until the cook's clock has rung, if there is one that rings by SIGALRM, once. Returns whether
// there was. Less than a microsecond before it rings there is nothing left, says getitimer; when it has
// rung, it says so again after a moment.
static bool await_clock(void)
{
    enum { SAID_ENOUGH = 2 };
    const struct timespec moment = {.tv_nsec = 1000000};
    struct itimerval clock;
    getitimer(ITIMER_REAL, &clock);
    if (!timerisset(&clock.it_value) || timerisset(&clock.it_interval))
        return false;
    for (int said = 0; said < SAID_ENOUGH;) {
        syscall(SYS_nanosleep, &moment, NULL);
        getitimer(ITIMER_REAL, &clock);
        said = timerisset(&clock.it_value) ? 0 : said + 1;
    }
    return heard(true);
}

// The cook is about to wait. Returns whether all that could end that has happened.
static bool be_seated(void)
{
    if (dish.done == NOTHING || getpid() != kitchen)
        return false;
    if (dish.done == NEVER)
        return await_clock();
    end_recipe();
    if (dish.done == WITH_THE_CLOCK)
        ring_clock();
    return heard(true);
}

static void sleep_on(void)
{
    expect(false, dish.done == NEVER ? "the cook does not sleep on when the clock has rung"
                                     : "the cook does not sleep on when the dish is done");
    if (++dish.naps < ENOUGH_NAPS)
        return;
    tell();
    fflush(stdout);
    exit(1); // it would go on like that for an hour
}

// Within the fork, in the child, before it returns.
static void begin(void)
{
    pots->newest = getpid();
}

// The same in the parent. A child that is no pot, or waits for something before it is one, is let be.
static void after_fork(void)
{
    if (dish.done != AT_ONCE)
        return;
    while (pots->newest == 0)
        sched_yield();
    asleep_process_or_busy(pots->newest);
    if (pots->pot == pots->newest)
        end_recipe();
    pots->newest = 0;
}

// ---- With which one waits: these take the place of the library's functions in this program ----

static long milliseconds_of(const struct timespec *time)
{
    return time->tv_sec * 1000 + time->tv_nsec / 1000000;
}

static int wait_in_kernel(struct pollfd *files, nfds_t count, struct timespec *limit,
                          const sigset_t *ears)
{
    return (int)syscall(SYS_ppoll, files, count, limit, ears, (size_t)_NSIG / 8);
}

// Whether somebody knocks, a few times: a signal that is none of the cook's, which ends the wait, as each
// that can be heard does. At first it comes at once, and once at the end of a limit.
static bool is_knocked_at(const struct timespec *limit, const sigset_t *ears)
{
    struct timespec none = {0};
    sigset_t now;
    if (dish.done != NEVER || getpid() != kitchen || dish.knocks >= KNOCKS ||
        (limit != NULL && milliseconds_of(limit) == 0))
        return false;
    sigprocmask(SIG_BLOCK, NULL, &now);
    if (sigismember(ears != NULL ? ears : &now, SIGUSR1))
        return false;
    bool is_long = limit != NULL && milliseconds_of(limit) >= LIMIT_MS - SLACK_MS;
    expect(!is_long || !dish.is_over, "the limit does not begin anew when a signal comes");
    if (is_long && dish.knocks > 0 && !dish.is_over) {
        syscall(SYS_nanosleep, limit, NULL);
        dish.is_over = true;
    }
    dish.knocks++;
    raise(SIGUSR1);
    wait_in_kernel(NULL, 0, &none, ears);
    errno = EINTR;
    return heard(true);
}

static bool is_nap(const struct timespec *limit)
{
    return limit != NULL && limit->tv_sec == 0;
}

static int wait_with(struct pollfd *files, nfds_t count, const struct timespec *limit,
                     const sigset_t *ears)
{
    struct timespec left = {0};
    if (is_knocked_at(limit, ears))
        return -1;
    bool over = be_seated() && !is_nap(limit);
    if (limit != NULL && !over)
        left = *limit; // which the kernel changes
    int result = wait_in_kernel(files, count, limit != NULL || over ? &left : NULL, ears);
    if (over && result == 0)
        sleep_on();
    return heard(result);
}

static int interrupted(int result)
{
    if (result == 0)
        ring_clock(); // in vain: the next thing that happens
    errno = EINTR;
    return -1;
}

int pause(void)
{
    return interrupted(wait_with(NULL, 0, NULL, NULL));
}

int sigsuspend(const sigset_t *ears)
{
    return interrupted(wait_with(NULL, 0, NULL, ears));
}

int ppoll(struct pollfd *files, nfds_t count, const struct timespec *limit, const sigset_t *ears)
{
    return wait_with(files, count, limit, ears);
}

int poll(struct pollfd *files, nfds_t count, int milliseconds)
{
    const struct timespec limit = {milliseconds / 1000, milliseconds % 1000 * 1000000};
    return wait_with(files, count, milliseconds < 0 ? NULL : &limit, NULL);
}

int nanosleep(const struct timespec *time, struct timespec *left)
{
    int result = wait_with(NULL, 0, time, NULL) < 0 ? -1 : 0;
    if (left != NULL)
        *left = result < 0 && !dish.is_over ? *time : (struct timespec){0};
    return result;
}

int usleep(useconds_t time)
{
    const struct timespec limit = {time / 1000000, time % 1000000 * 1000};
    return nanosleep(&limit, NULL);
}

unsigned sleep(unsigned seconds)
{
    const struct timespec limit = {seconds, 0};
    return nanosleep(&limit, NULL) == 0 ? 0 : seconds;
}

int clock_nanosleep(clockid_t clock, int flags, const struct timespec *time, struct timespec *left)
{
    struct timespec now = {0}, limit = *time;
    if (flags & TIMER_ABSTIME) {
        clock_gettime(clock, &now);
        bool borrow = limit.tv_nsec < now.tv_nsec;
        limit.tv_sec -= now.tv_sec + borrow;
        limit.tv_nsec += borrow * 1000000000L - now.tv_nsec;
    }
    return limit.tv_sec < 0 || nanosleep(&limit, left) == 0 ? 0 : EINTR;
}

int pselect(int count, fd_set *in, fd_set *out, fd_set *odd, const struct timespec *limit,
            const sigset_t *ears)
{
    const struct {
        const sigset_t *ears;
        size_t size;
    } mask = {ears, _NSIG / 8};
    struct timespec left = {0};
    if (is_knocked_at(limit, ears))
        return -1;
    bool over = be_seated() && !is_nap(limit);
    if (limit != NULL && !over)
        left = *limit;
    int result = (int)syscall(SYS_pselect6, count, in, out, odd,
                              limit != NULL || over ? &left : NULL, &mask);
    if (over && result == 0)
        sleep_on();
    return heard(result);
}

int select(int count, fd_set *in, fd_set *out, fd_set *odd, struct timeval *time)
{
    if (time == NULL)
        return pselect(count, in, out, odd, NULL, NULL);
    const struct timespec limit = {time->tv_sec, time->tv_usec * 1000};
    return pselect(count, in, out, odd, &limit, NULL);
}

int epoll_wait(int file, struct epoll_event *events, int most, int milliseconds)
{
    const struct timespec limit = {milliseconds / 1000, milliseconds % 1000 * 1000000};
    if (is_knocked_at(milliseconds < 0 ? NULL : &limit, NULL))
        return -1;
    bool over = be_seated() && (milliseconds < 0 || milliseconds >= 1000);
    int result = (int)syscall(SYS_epoll_pwait, file, events, most, over ? 0 : milliseconds, NULL,
                              (size_t)_NSIG / 8);
    if (over && result == 0)
        sleep_on();
    return heard(result);
}

// Whether somebody who reads has to wait.
static bool is_empty(int file)
{
    struct pollfd ready = {.fd = file, .events = POLLIN};
    const struct timespec none = {0};
    return (fcntl(file, F_GETFL) & O_NONBLOCK) == 0 &&
           syscall(SYS_ppoll, &ready, 1, &none, NULL, (size_t)_NSIG / 8) == 0;
}

ssize_t read(int file, void *bytes, size_t size)
{
    bool in_the_kitchen = dish.done != NOTHING && getpid() == kitchen;
    if (in_the_kitchen && is_empty(file) && be_seated() && is_empty(file)) {
        sleep_on();
        return interrupted(0);
    }
    return take(file, bytes, size);
}

int sigtimedwait(const sigset_t *signals, siginfo_t *about, const struct timespec *limit)
{
    const struct timespec none = {0};
    if (is_knocked_at(limit, NULL))
        return -1;
    bool over = be_seated() && !is_nap(limit);
    int result =
        (int)syscall(SYS_rt_sigtimedwait, signals, about, over ? &none : limit, (size_t)_NSIG / 8);
    if (over && result < 0 && errno == EAGAIN) {
        sleep_on();
        errno = EAGAIN;
    }
    return result;
}

int sigwaitinfo(const sigset_t *signals, siginfo_t *about)
{
    return sigtimedwait(signals, about, NULL);
}

int sigwait(const sigset_t *signals, int *number)
{
    do
        *number = sigtimedwait(signals, NULL, NULL);
    while (*number < 0 && errno == EINTR);
    return *number > 0 ? 0 : errno;
}

// The clock has rung, and the cook waits for the end of the child. A child that goes on sleeping has not
// been ended, and nobody is left who would do it.
static void end_what_sleeps_on(void)
{
    asleep_process_or_busy(pots->pot);
    if (asleep_task_state(pots->pot) != 'S')
        return;
    sleep_on();
    kill(pots->pot, SIGKILL);
}

// Who looks again and again without a wait in between is in for a surprise, too.
static void look(int options)
{
    bool waits = !(options & WNOHANG);
    if (dish.done == NEVER && waits && getpid() == kitchen && await_clock() && pots->pot != 0)
        end_what_sleeps_on();
    else if (dish.done != NEVER && (waits || ++dish.looks >= ENOUGH_LOOKS))
        be_seated();
}

pid_t waitpid(pid_t child, int *status, int options)
{
    look(options);
    return wait4(child, status, options, NULL);
}

pid_t wait(int *status)
{
    return waitpid(-1, status, 0);
}

int waitid(idtype_t whose, id_t child, siginfo_t *about, int options)
{
    look(options);
    return heard(look_for_end(whose, child, about, options));
}

// ---- The kitchen ----

static struct kitchen {
    struct sigaction whistle, clock;
    sigset_t ears;
    int open; // descriptors
} before;

static struct kitchen look_round(void)
{
    struct kitchen now;
    memset(&now, 0, sizeof now);
    sigaction(SIGCHLD, NULL, &now.whistle);
    sigaction(SIGALRM, NULL, &now.clock);
    sigprocmask(SIG_BLOCK, NULL, &now.ears);
    now.open = remains_open();
    return now;
}

static void leave_as(const struct kitchen *other)
{
    sigaction(SIGCHLD, &other->whistle, NULL);
    sigaction(SIGALRM, &other->clock, NULL);
    sigprocmask(SIG_SETMASK, &other->ears, NULL);
}

// Is to be done once, by the kitchen's own process at its end.
static void tidy_up(void)
{
    if (getpid() != kitchen)
        pots->tidied_up = true;
}

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void check_kitchen(void)
{
    struct itimerval clock;
    struct kitchen now = look_round();
    getitimer(ITIMER_REAL, &clock);
    expect(wait4(-1, NULL, WNOHANG, NULL) < 0, "the child is gone");
    expect(clock.it_value.tv_sec == 0 && clock.it_value.tv_usec == 0, "no clock is set");
    expect(now.open == before.open, "no descriptor is open that was not");
    expect(!pots->tidied_up, "a child calls none of the caller's atexit functions");
    expect(now.whistle.sa_handler == before.whistle.sa_handler &&
               now.clock.sa_handler == before.clock.sa_handler,
           "the caller's signal handlers are the same");
    for (int number = 1; number < SIGSYS; number++)
        expect(sigismember(&now.ears, number) == sigismember(&before.ears, number),
               "the caller's signal mask is the same");
}

static void make(int done, double seconds, int wanted, const char *promise)
{
    const char *broken_before = broken;
    broken = NULL;
    dish = (struct dish){.done = done, .portions = wanted};
    pots->pot = pots->newest = 0;
    if (pipe(dish.fire) != 0)
        abort();
    before = look_round();
    double end = now() + seconds - SLACK_MS / 1000.0;
    int made = cook(recipe, &dish, seconds);
    if (getpid() != kitchen) {
        pots->came_back = true;
        _exit(0);
    }
    expect(!pots->came_back, "the child runs the recipe and ends");
    expect(made != BURNT || now() >= end, "a dish is not BURNT before its time is up");
    expect(made == wanted, promise);
    dish.done = NOTHING;
    expect(wanted == BURNT || pots->pot != 0, "a child process runs the recipe");
    check_kitchen();
    close(dish.fire[0]);
    close(dish.fire[1]);
    served += broken == NULL;
    if (broken_before != NULL)
        broken = broken_before;
}

static void make_for_somebody_with_ears(void)
{
    struct kitchen plain = look_round(), own = plain;
    own.whistle.sa_handler = own.clock.sa_handler = hear_nothing;
    sigaddset(&own.ears, SIGALRM);
    sigaddset(&own.ears, SIGUSR1);
    leave_as(&own);
    make(WHEN_SEATED, AN_HOUR, EGGS, "what the recipe returns is returned");
    signal(SIGALRM, SIG_IGN); // what has not been heard yet is not for anybody else
    leave_as(&plain);
}

// Restarts what can be restarted, such as wait: what a caller's handlers do, his other calls know.
static void make_while_somebody_knocks(void)
{
    struct sigaction hear = {.sa_handler = hear_nothing, .sa_flags = SA_RESTART}, before_that;
    sigemptyset(&hear.sa_mask);
    sigaction(SIGUSR1, &hear, &before_that);
    make(NEVER, LIMIT_MS / 1000.0, BURNT, "what is not done when the clock rings is BURNT");
    sigaction(SIGUSR1, &before_that, NULL);
}

int main(int argc, char **argv)
{
    rounds = argc > 1 ? atol(argv[1]) : 1;
    kitchen = getpid();
    pots = mmap(NULL, sizeof *pots, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (pots == MAP_FAILED)
        return 2;
    atexit(tidy_up);
    pthread_atfork(NULL, after_fork, begin);
    for (long i = 0; i < rounds; i++) {
        make(WHEN_SEATED, AN_HOUR, BEANS, "what the recipe returns is returned");
        make_for_somebody_with_ears();
        make(AT_ONCE, AN_HOUR, SOUPS, "what the recipe returns is returned");
        make(WITH_THE_CLOCK, AN_HOUR, LEFTOVERS,
             "a dish that is done is done, even if the clock has rung");
        make_while_somebody_knocks();
    }
    tell();
    munmap(pots, sizeof *pots);
    return broken == NULL ? 0 : 1;
}
