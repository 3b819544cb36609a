// Dishes, `rounds` times each: one that is done in the moment when the cook sits down, one that is done
// at once, one that is done when the clock rings, and one that is never done. When exactly, the driver
// decides: it has functions of its own in place of those of the library with which one waits. They let
// the child end first, and wait until it has. So all that could wake the cook has happened by then, and
// the wait either ends at once or is one in vain, which need not be slept through to be noticed.

#define _GNU_SOURCE
#include "cook.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { DISHES = 4, EGG = 3, ENOUGH_LOOKS = 3, ENOUGH_NAPS = 100, AN_HOUR = 3600 };

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
    int fire[2]; // a pipe: what can be read from it ends the recipe
    int looks;   // at the child, so far
    int naps;    // that ended although there was nothing to wake anybody
} dish;

static int recipe(void *data)
{
    const struct dish *own = data;
    char byte;
    while (read(own->fire[0], &byte, 1) < 0 && errno == EINTR)
        continue;
    return EGG;
}

static void end_recipe(void)
{
    siginfo_t unused;
    if (write(dish.fire[1], "", 1) != 1)
        abort();
    while (syscall(SYS_waitid, P_ALL, 0, &unused, WEXITED | WNOWAIT, NULL) != 0 && errno == EINTR)
        continue;
}

// If the cook has one that rings by SIGALRM.
static void ring_clock(void)
{
    struct sigaction action;
    sigaction(SIGALRM, NULL, &action);
    if (action.sa_handler != SIG_DFL && action.sa_handler != SIG_IGN)
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

// The cook is about to wait. Returns whether all that could end that has happened.
static bool be_seated(void)
{
    if (dish.done == NOTHING || dish.done == NEVER)
        return false;
    end_recipe();
    if (dish.done == WITH_THE_CLOCK)
        ring_clock();
    return heard(true);
}

static void sleep_on(void)
{
    expect(false, "the cook does not sleep on when the dish is done");
    if (++dish.naps < ENOUGH_NAPS)
        return;
    tell();
    fflush(stdout);
    exit(1); // it would go on like that for an hour
}

// Within the fork, in the parent, before it returns.
static void after_fork(void)
{
    if (dish.done == AT_ONCE)
        end_recipe();
}

// ---- With which one waits: these take the place of the library's functions in this program ----

static bool is_nap(const struct timespec *limit)
{
    return limit != NULL && limit->tv_sec == 0;
}

static int wait_with(struct pollfd *files, nfds_t count, const struct timespec *limit,
                     const sigset_t *ears)
{
    struct timespec left = {0};
    bool over = be_seated() && !is_nap(limit);
    if (limit != NULL && !over)
        left = *limit; // which the kernel changes
    int result = (int)syscall(SYS_ppoll, files, count, limit != NULL || over ? &left : NULL, ears,
                              (size_t)_NSIG / 8);
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
    if (left != NULL)
        *left = (struct timespec){0};
    return wait_with(NULL, 0, time, NULL) < 0 ? -1 : 0;
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

int sigtimedwait(const sigset_t *signals, siginfo_t *about, const struct timespec *limit)
{
    const struct timespec none = {0};
    bool over = be_seated() && !is_nap(limit);
    int result =
        (int)syscall(SYS_rt_sigtimedwait, signals, about, over ? &none : limit, (size_t)_NSIG / 8);
    if (over && result < 0 && errno == EAGAIN) {
        sleep_on();
        errno = EAGAIN;
    }
    return result;
}

// Who looks again and again without a wait in between is in for a surprise, too.
static void look(int options)
{
    if (!(options & WNOHANG) || ++dish.looks >= ENOUGH_LOOKS)
        be_seated();
}

pid_t waitpid(pid_t child, int *status, int options)
{
    look(options);
    return wait4(child, status, options, NULL);
}

int waitid(idtype_t whose, id_t child, siginfo_t *about, int options)
{
    look(options);
    int result = (int)syscall(SYS_waitid, whose, child, about, options, NULL);
    return heard(result);
}

// ---- The kitchen ----

static struct kitchen {
    struct sigaction whistle, clock;
    sigset_t ears;
} before;

static struct kitchen look_round(void)
{
    struct kitchen now;
    memset(&now, 0, sizeof now);
    sigaction(SIGCHLD, NULL, &now.whistle);
    sigaction(SIGALRM, NULL, &now.clock);
    sigprocmask(SIG_BLOCK, NULL, &now.ears);
    return now;
}

static void check_kitchen(void)
{
    struct itimerval clock;
    struct kitchen now = look_round();
    getitimer(ITIMER_REAL, &clock);
    expect(wait4(-1, NULL, WNOHANG, NULL) < 0, "the child is gone");
    expect(clock.it_value.tv_sec == 0 && clock.it_value.tv_usec == 0, "no clock is set");
    expect(now.whistle.sa_handler == before.whistle.sa_handler &&
               now.clock.sa_handler == before.clock.sa_handler,
           "the caller's signal handlers are the same");
    expect(sigismember(&now.ears, SIGCHLD) == sigismember(&before.ears, SIGCHLD) &&
               sigismember(&now.ears, SIGALRM) == sigismember(&before.ears, SIGALRM),
           "the caller's signal mask is the same");
}

static void make(int done, double seconds, int wanted, const char *promise)
{
    const char *broken_before = broken;
    broken = NULL;
    dish = (struct dish){.done = done};
    if (pipe(dish.fire) != 0)
        abort();
    expect(cook(recipe, &dish, seconds) == wanted, promise);
    close(dish.fire[0]);
    close(dish.fire[1]);
    dish.done = NOTHING;
    check_kitchen();
    served += broken == NULL;
    if (broken_before != NULL)
        broken = broken_before;
}

int main(int argc, char **argv)
{
    rounds = argc > 1 ? atol(argv[1]) : 1;
    pthread_atfork(NULL, after_fork, NULL);
    before = look_round();
    for (long i = 0; i < rounds; i++) {
        make(WHEN_SEATED, AN_HOUR, EGG, "what the recipe returns is returned");
        make(AT_ONCE, AN_HOUR, EGG, "what the recipe returns is returned");
        make(WITH_THE_CLOCK, AN_HOUR, EGG,
             "a dish that is done is done, even if the clock has rung");
        make(NEVER, 0.02, BURNT, "what is not done when the clock rings is BURNT");
    }
    tell();
    return broken == NULL ? 0 : 1;
}
