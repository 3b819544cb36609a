// Mornings by the pool, `rounds` times each. Guests are child processes that do as they are told over a
// socket. The driver can have a guest stop for a moment within chair_reserve: before a file is made, a
// file is removed, or a lock is taken. That could happen at any time; here it happens when others come.

#define _GNU_SOURCE
#include "chair.h"

#include <racelings/remains.h>

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { LONG_MS = 6000 };

// What guests are told, and what they answer.
enum word {
    RESERVE = 'r',
    STOP_AT_CREATE = 'c', // reserve, and stop there
    STOP_AT_REMOVE = 'd',
    STOP_AT_LOCK = 'l',
    USE_ANOTHERS_NUMBER = '#', // reserve; the process has a number that later on is another's
    GO_ON = 'g',
    LEAVE = 'b',
    STOPPED = '.',
    YES = 'y',
    NO = 'n',
    LEFT_OPEN = 'o', // the chair is not mine, and something is open for it
    CLOSED = 'x',    // something that is not the chair's
    WAITED = 'w',    // for the chair, in vain
    SILENCE = ' ',   // no answer
};

static char chair[32]; // a path

// ---- A guest ----

static int line = -1;     // to the driver
static enum word stop_at; // STOP_AT_..., or anything else
static bool has_napped;
static pid_t number; // of this process, as far as it knows; 0: its own

static void say(enum word word)
{
    const char letter = (char)word;
    if (write(line, &letter, 1) != 1)
        _exit(1);
}

static enum word hear(void)
{
    char letter;
    if (read(line, &letter, 1) != 1)
        _exit(0); // the driver is gone
    return (enum word)letter;
}

static void stop(enum word place)
{
    if (stop_at != place)
        return;
    stop_at = GO_ON;
    say(STOPPED);
    hear();
}

static bool do_as_told(enum word told)
{
    if (told == LEAVE) {
        chair_leave(chair);
        return false;
    }
    if (told == USE_ANOTHERS_NUMBER)
        number = getppid();
    stop_at = told;
    has_napped = false;
    bool mine = chair_reserve(chair);
    stop_at = GO_ON;
    return mine;
}

static _Noreturn void be_guest(void)
{
    int open_before = remains_open();
    struct remains_of_others others; // who have the numbers of what was closed when leaving
    for (bool has_left = false;;) {
        enum word told = hear();
        bool comes_again = has_left && told != LEAVE;
        if (comes_again)
            others = remains_open_others();
        bool mine = do_as_told(told);
        has_left |= told == LEAVE;
        if (comes_again && remains_close_others(others) > 0)
            say(CLOSED);
        else if (!mine && remains_open() != open_before)
            say(LEFT_OPEN);
        else if (!mine && told != LEAVE && has_napped)
            say(WAITED);
        else
            say(mine || told == LEAVE ? YES : NO);
    }
}

// ---- Where guests can be stopped: these take the place of the library's functions in this program ----

int open(const char *path, int flags, ...)
{
    va_list more;
    va_start(more, flags);
    unsigned mode = flags & O_CREAT ? va_arg(more, unsigned) : 0;
    va_end(more);
    if (flags & O_CREAT)
        stop(STOP_AT_CREATE);
    return openat(AT_FDCWD, path, flags, mode);
}

int unlink(const char *path)
{
    stop(STOP_AT_REMOVE);
    return unlinkat(AT_FDCWD, path, 0);
}

int flock(int file, int operation)
{
    if (operation & LOCK_EX)
        stop(STOP_AT_LOCK);
    return (int)syscall(SYS_flock, file, operation);
}

int fcntl(int file, int command, ...)
{
    va_list more;
    va_start(more, command);
    void *what = va_arg(more, void *);
    va_end(more);
    if (command == F_SETLK || command == F_OFD_SETLK)
        stop(STOP_AT_LOCK);
    return (int)syscall(SYS_fcntl, file, command, what);
}

int lockf(int file, int command, off_t size)
{
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_CUR, .l_len = size};
    if (command == F_ULOCK)
        lock.l_type = F_UNLCK;
    return fcntl(file, command == F_LOCK ? F_SETLKW : F_SETLK, &lock);
}

// No time passes while a guest sleeps: it is enough to know that he would have.
int nanosleep(const struct timespec *time, struct timespec *left)
{
    (void)time;
    if (left)
        *left = (struct timespec){0};
    has_napped = true;
    return 0;
}

int clock_nanosleep(clockid_t clock, int flags, const struct timespec *time, struct timespec *left)
{
    (void)clock;
    (void)flags;
    return nanosleep(time, left);
}

int usleep(useconds_t time)
{
    (void)time;
    return nanosleep(NULL, NULL);
}

unsigned sleep(unsigned seconds)
{
    (void)seconds;
    nanosleep(NULL, NULL);
    return 0;
}

pid_t getpid(void)
{
    return number != 0 ? number : (pid_t)syscall(SYS_getpid);
}

// ---- Guests, as the driver sees them ----

enum { GUESTS = 3 };

static struct guest {
    pid_t process;
    int line;
} guests[GUESTS], *const anna = &guests[0], *const ben = &guests[1], *const carl = &guests[2];

static const char *broken; // the first promise that was; NULL: none

static void expect(bool holds, const char *promise)
{
    if (!holds && broken == NULL)
        broken = promise;
}

static void arrive(int number)
{
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0)
        abort();
    guests[number] = (struct guest){fork(), ends[0]};
    if (guests[number].process != 0) {
        close(ends[1]);
        return;
    }
    for (int i = 0; i <= number; i++)
        close(guests[i].line); // who is left alone must be able to notice
    line = ends[1];
    be_guest();
}

// Without a word, and with whatever he has.
static void depart(struct guest *guest)
{
    if (guest->process > 0) {
        kill(guest->process, SIGKILL);
        waitpid(guest->process, NULL, 0);
        close(guest->line);
    }
    guest->process = 0;
}

static enum word tell(const struct guest *guest, enum word word)
{
    char letter = (char)word;
    struct pollfd answer = {.fd = guest->line, .events = POLLIN};
    if (send(guest->line, &letter, 1, MSG_NOSIGNAL) != 1 || poll(&answer, 1, LONG_MS) != 1 ||
        read(guest->line, &letter, 1) != 1)
        return SILENCE;
    expect(letter != LEFT_OPEN, "who does not have the chair has no descriptor open for it");
    expect(letter != CLOSED, "no descriptor is closed that is not the chair's");
    expect(letter != WAITED, "nobody waits");
    return letter == LEFT_OPEN || letter == CLOSED || letter == WAITED ? NO : (enum word)letter;
}

static enum word reserve(const struct guest *guest)
{
    return tell(guest, RESERVE);
}

// Both have been told: who has the chair now?
static void one_of(enum word one, enum word other)
{
    expect(one != SILENCE && other != SILENCE, "nobody waits");
    expect(one != YES || other != YES, "at most one guest has the chair");
    expect(one == YES || other == YES,
           "if nobody has the chair, then one of those who come gets it");
}

// `first` stops somewhere on his way, if he gets there, while `second` goes all the way.
static void both_come(const struct guest *first, enum word where, const struct guest *second)
{
    enum word one = tell(first, where), other = reserve(second);
    if (one == STOPPED)
        one = tell(first, GO_ON);
    one_of(one, other);
}

// ---- Mornings ----

static void one_after_the_other(void)
{
    expect(reserve(anna) == YES, "if nobody has the chair, who comes gets it");
    expect(reserve(ben) == NO, "at most one guest has the chair");
    expect(reserve(carl) == NO, "at most one guest has the chair");
    tell(anna, LEAVE);
    expect(reserve(ben) == YES, "what has been given up can be had");
    expect(reserve(anna) == NO, "at most one guest has the chair");
    tell(ben, LEAVE);
    expect(reserve(ben) == YES, "who has given it up can have it again");
    tell(ben, LEAVE);
    expect(reserve(anna) == YES, "who has given it up can have it again");
    expect(reserve(ben) == NO, "at most one guest has the chair");
}

static void two_at_once(void)
{
    both_come(anna, STOP_AT_CREATE, ben);
}

static void one_is_gone(void)
{
    expect(reserve(anna) == YES, "who is gone has no chair");
    depart(anna);
    expect(reserve(ben) == YES, "who is gone has no chair");
    expect(reserve(carl) == NO, "at most one guest has the chair");
}

static void two_come_to_the_lock(void)
{
    both_come(anna, STOP_AT_LOCK, ben);
}

// Numbers of processes are used again. Who sees another process with the number of one who is gone may
// not take it for him.
static void one_is_gone_and_his_number_is_used(void)
{
    expect(tell(anna, USE_ANOTHERS_NUMBER) == YES, "if nobody has the chair, who comes gets it");
    depart(anna);
    expect(reserve(ben) == YES, "who is gone has no chair, whose number his is now");
}

static void two_find_a_towel(void)
{
    expect(reserve(anna) == YES, "who is gone has no chair");
    depart(anna);
    both_come(ben, STOP_AT_REMOVE, carl);
}

static void one_leaves_meanwhile(void)
{
    expect(reserve(anna) == YES, "who is gone has no chair");
    enum word answer = tell(ben, STOP_AT_LOCK);
    tell(anna, LEAVE);
    if (answer == STOPPED)
        answer = tell(ben, GO_ON);
    if (answer == YES)
        one_of(answer, reserve(carl));
}

static void (*const mornings[])(void) = {one_after_the_other,
                                         two_at_once,
                                         two_come_to_the_lock,
                                         one_is_gone,
                                         one_is_gone_and_his_number_is_used,
                                         two_find_a_towel,
                                         one_leaves_meanwhile};

enum { MORNINGS = sizeof mornings / sizeof mornings[0] };

// Returns whether it was a quiet one.
static bool hold_morning(void (*morning)(void))
{
    const char *broken_before = broken;
    broken = NULL;
    for (int i = 0; i < GUESTS; i++)
        arrive(i);
    morning();
    for (int i = 0; i < GUESTS; i++)
        depart(&guests[i]);
    bool quiet = broken == NULL;
    if (broken_before != NULL)
        broken = broken_before;
    return quiet;
}

int main(int argc, char **argv)
{
    long rounds = argc > 1 ? atol(argv[1]) : 1, quiet = 0;
    snprintf(chair, sizeof chair, "chair-%ld", (long)getpid());
    for (long i = 0; i < rounds; i++)
        for (int morning = 0; morning < MORNINGS; morning++)
            quiet += hold_morning(mornings[morning]);
    unlink(chair);
    printf("want: %ld quiet mornings, got: %ld%s%s\n", rounds * MORNINGS, quiet,
           broken ? "; broken: " : "", broken ? broken : "");
    return broken == NULL ? 0 : 1;
}
