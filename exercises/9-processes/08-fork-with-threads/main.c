// Copies of a house, `rounds` times two: one is made when nobody is in the bathroom, and one just after
// Tom has gone there, or has found it locked. So that it is just then, he is sent by a handler that runs
// within fork, at its beginning.
//
// At the end Anna comes here while Tom is in the bathroom, and waits, however long that takes.

#include "house.h"

#include <racelings/asleep.h>

#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { COPIES = 2, LIFE_IS_GOOD = 0, WATER_RUNS = 1, LOCKED_OUT = 2, ENOUGH_LOOKS = 50 };
enum {
    KNOCKS = 20
}; // during each of which somebody who does not wait computes for some milliseconds

static const char *broken; // the first promise that was; NULL: none
static long good;          // copies

static void expect(bool holds, const char *promise)
{
    if (!holds && broken == NULL)
        broken = promise;
}

// What the processes share.
static struct seen {
    atomic_bool tidied;  // somebody else than the house at its end has done what is to be done then
    atomic_int lives;    // in copies, so far
    atomic_bool went_on; // a copy, with what is done here, when its life was over
} * seen;

static pid_t house;

static void tidy_up(void)
{
    if (getpid() != house)
        seen->tidied = true;
}

// ---- Tom ----

static struct watched tom_watched;
static sem_t tom_is_up, tom_may_go, tom_is_inside, tom_may_leave;
static bool send_tom;

static void brush_teeth(void)
{
    sem_post(&tom_is_inside);
    sem_wait(&tom_may_leave);
}

static void *tom(void *unused)
{
    asleep_watch_me(&tom_watched);
    sem_post(&tom_is_up);
    sem_wait(&tom_may_go);
    expect(bathroom_use(brush_teeth), "the bathroom is in order, here");
    return unused;
}

// Returns when he is inside, or stands before a locked door.
static void before_fork(void)
{
    if (!send_tom)
        return;
    sem_post(&tom_may_go);
    asleep_or_busy(&tom_watched);
}

static void after_fork(void)
{
    if (send_tom)
        sem_post(&tom_may_leave);
}

// ---- In a copy ----

static int visits;

static void look_round(void)
{
    visits++;
}

static int live(void)
{
    seen->lives += getpid() != house;
    bool in_order = bathroom_use(look_round) && bathroom_use(look_round);
    return in_order && visits == 2 ? LIFE_IS_GOOD : WATER_RUNS;
}

// ---- A copy from outside ----

// How life in the copy is. There nobody else can open a door, so who sleeps there sleeps for ever; a
// process that only does not get its turn is not asleep.
static int await(pid_t copy)
{
    const struct timespec moment = {.tv_nsec = 2000000};
    int status;
    for (int asleep = 0; waitpid(copy, &status, WNOHANG) == 0; nanosleep(&moment, NULL)) {
        asleep = asleep_task_state(copy) == 'S' ? asleep + 1 : 0;
        if (asleep < ENOUGH_LOOKS)
            continue;
        kill(copy, SIGKILL);
        waitpid(copy, &status, 0);
        return LOCKED_OUT;
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : LOCKED_OUT;
}

static void copy_house(void)
{
    visits = 0;
    int lives_before = seen->lives;
    pid_t copy = house_copy(live);
    if (getpid() != house) {
        seen->went_on = true;
        _exit(LIFE_IS_GOOD);
    }
    int life = copy > 0 ? await(copy) : LOCKED_OUT;
    bool lived = seen->lives == lives_before + 1;
    good += lived && life == LIFE_IS_GOOD;
    expect(!seen->went_on, "what life() returns is the exit status of the copy");
    expect(lived || life == LOCKED_OUT, "in the copy life() is called");
    expect(life != LOCKED_OUT, "in the copy the bathroom can be used");
    expect(life != WATER_RUNS, "in the copy the bathroom is in order");
}

static void copy_while_tom_is_up(void)
{
    pthread_t thread;
    pthread_create(&thread, NULL, tom, NULL);
    sem_wait(&tom_is_up);
    send_tom = true;
    copy_house();
    send_tom = false;
    pthread_join(thread, NULL);
    expect(bathroom_use(look_round), "the bathroom is in order, here");
}

// ---- Anna ----

static struct watched anna_watched;
static sem_t anna_is_up;
static atomic_bool anna_is_inside;

static void look_into_the_mirror(void)
{
    anna_is_inside = true;
}

static void *anna(void *unused)
{
    asleep_watch_me(&anna_watched);
    sem_post(&anna_is_up);
    expect(bathroom_use(look_into_the_mirror), "the bathroom is in order, here");
    return unused;
}

static void both_want_to_wash(void)
{
    pthread_t first, second;
    while (sem_trywait(&tom_is_inside) == 0)
        continue; // this was earlier
    pthread_create(&first, NULL, tom, NULL);
    sem_post(&tom_may_go);
    sem_wait(&tom_is_inside);
    pthread_create(&second, NULL, anna, NULL);
    sem_wait(&anna_is_up);
    for (int i = 0; i < KNOCKS; i++)
        asleep_or_busy(&anna_watched);
    bool waited = !anna_is_inside;
    sem_post(&tom_may_leave);
    pthread_join(first, NULL);
    pthread_join(second, NULL);
    expect(waited, "who comes while somebody is in the bathroom waits");
}

int main(int argc, char **argv)
{
    long rounds = argc > 1 ? atol(argv[1]) : 1;
    void *shared =
        mmap(NULL, sizeof *seen, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (shared == MAP_FAILED)
        return 2;
    seen = shared;
    house = getpid();
    atexit(tidy_up);
    sem_init(&tom_is_up, 0, 0);
    sem_init(&tom_may_go, 0, 0);
    sem_init(&tom_is_inside, 0, 0);
    sem_init(&tom_may_leave, 0, 0);
    sem_init(&anna_is_up, 0, 0);
    pthread_atfork(before_fork, after_fork, NULL);
    for (long i = 0; i < rounds; i++) {
        copy_house();
        copy_while_tom_is_up();
    }
    both_want_to_wash();
    expect(!seen->tidied, "a copy calls none of the atexit functions");
    printf("want: %ld houses to live in, got: %ld%s%s\n", rounds * COPIES, good,
           broken ? "; broken: " : "", broken ? broken : "");
    return broken == NULL ? 0 : 1;
}
