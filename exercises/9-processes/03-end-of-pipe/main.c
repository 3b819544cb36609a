// Two shifts of three workers. Each worker is given `rounds` letters. Then they are sent home, one
// after the other; those who stay are given as many again each time. The office has another child, an
// errand boy, who is none of the workers and has ended before them; and it does not sleep at work.

#include "shift.h"

#include <racelings/asleep.h>
#include <racelings/remains.h>

#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

// ADDRESSES: the letters are numbered 0, ADDRESSES, 2 * ADDRESSES ...: few, and not small.
enum { SHIFTS = 2, WORKERS = 3, ADDRESSES = 100003 };

// What the processes share.
struct worker {
    atomic_int process;
    atomic_int sorted; // so many letters
    atomic_bool mixed_up;
};

static struct worker *workers;
static pid_t office;
static int rounds;
static atomic_bool *closing;   // somebody is being sent home
static atomic_bool *tidied;    // a worker has done what is the office's
static atomic_bool *came_back; // a worker, from shift_open

// Letters are numbered for each worker. Whoever is sent home takes his time over the last one:
// until the office waits for him, or goes on without him.
void letter_sort(int number, int letter)
{
    struct worker *self = &workers[number];
    bool replaced = self->process != 0 && self->process != getpid();
    self->process = getpid();
    if (letter != self->sorted * ADDRESSES || getpid() == office || replaced)
        self->mixed_up = true;
    if (*closing && letter == (rounds * (number + 1) - 1) * ADDRESSES)
        asleep_process_or_busy(office);
    self->sorted++;
}

// These take the place of the library's functions: no time passes while one sleeps, so that who waits
// for something in this way has not waited.
int nanosleep(const struct timespec *time, struct timespec *left)
{
    (void)time;
    if (left)
        *left = (struct timespec){0};
    sched_yield();
    return 0;
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

int clock_nanosleep(clockid_t clock, int flags, const struct timespec *time, struct timespec *left)
{
    (void)clock;
    (void)flags;
    return nanosleep(time, left);
}

// Is to be done once, by the office at its end.
static void tidy_up(void)
{
    if (getpid() != office)
        *tidied = true;
}

static void send_errand_boy(void)
{
    siginfo_t unused;
    pid_t boy = fork();
    if (boy == 0)
        _exit(0);
    while (waitid(P_PID, (id_t)boy, &unused, WEXITED | WNOWAIT) != 0 && errno == EINTR)
        continue;
}

static void give_letters(struct shift *shift, int first_worker, int given)
{
    for (int number = first_worker; number < WORKERS; number++)
        for (int i = 0; i < rounds; i++)
            shift_give(shift, number, (given + i) * ADDRESSES);
}

// Whether the process is no more, and was waited for.
static bool is_gone(const struct worker *worker)
{
    return worker->process != 0 && kill(worker->process, 0) != 0 && errno == ESRCH;
}

static int closed_of_others; // by a shift that was freed

// Returns how many of the workers went home with all letters sorted.
static int work_a_shift(int day)
{
    int right = 0;
    for (int i = 0; i < WORKERS; i++)
        workers[i] = (struct worker){0};
    struct shift *shift = shift_open(WORKERS);
    if (getpid() != office) {
        printf("shift %d: a worker goes on as if he were the office\n", day);
        fflush(stdout);
        *came_back = true;
        _exit(0);
    }
    if (!shift)
        return 0;
    send_errand_boy();
    for (int number = 0; number < WORKERS; number++) {
        *closing = false;
        give_letters(shift, number, number * rounds);
        printf("shift %d: worker %d is sent home\n", day, number);
        fflush(stdout);
        *closing = true;
        shift_send_home(shift, number);
        bool gone = is_gone(&workers[number]);
        int sorted = workers[number].sorted, want = rounds * (number + 1);
        if (!gone)
            printf("shift %d: worker %d is still there\n", day, number);
        if (sorted != want || workers[number].mixed_up)
            printf("worker %d: want: %d letters in order, by one process, got: %d\n", number, want,
                   sorted);
        right += gone && sorted == want && !workers[number].mixed_up;
    }
    struct remains_of_others others = remains_open_others();
    shift_free(shift);
    closed_of_others += remains_close_others(others);
    while (wait(NULL) > 0)
        continue; // the errand boy, and whom the shift has left behind
    return right;
}

int main(int argc, char **argv)
{
    rounds = argc > 1 ? atoi(argv[1]) : 10;
    office = getpid();
    void *shared = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (shared == MAP_FAILED)
        return 2;
    workers = shared;
    closing = (atomic_bool *)(workers + WORKERS);
    tidied = closing + 1;
    came_back = closing + 2;
    atexit(tidy_up);
    int open_before = remains_open(), right = 0;
    for (int day = 1; day <= SHIFTS; day++)
        right += work_a_shift(day);
    int left_open = remains_open() - open_before;
    printf("want: %d workers gone home, got: %d\n", SHIFTS * WORKERS, right);
    if (left_open != 0)
        printf("want: no descriptor left open, got: %d\n", left_open);
    if (closed_of_others > 0)
        printf("want: no descriptor of others closed, got: %d\n", closed_of_others);
    bool tidy = !*tidied && closed_of_others == 0;
    if (*tidied)
        printf("a worker has called the office's atexit functions\n");
    bool apart = !*came_back;
    munmap(shared, 4096);
    return right == SHIFTS * WORKERS && left_open == 0 && tidy && apart ? 0 : 1;
}
