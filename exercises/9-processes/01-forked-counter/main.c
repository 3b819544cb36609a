// A site greets its visitors: in the morning with two threads, in the afternoon with two processes;
// each serves `rounds` of them. The one in the middle of the afternoon wins a bicycle. In the
// evening one process serves on, and is overtaken by the other one in the middle of a call: after
// its first instruction, at the next visitor after the second, and so on. In a long run there is
// also a site that has more visitors than 16 bits count.

#include "visitors.h"

#include <racelings/asleep.h>
#include <racelings/midway.h>
#include <racelings/remains.h>

#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

enum { WORKERS = 2, LONGEST = 1000, LONG_RUN = 40, CROWD = 65537 };

// A thread in the morning, a process later.
struct worker {
    pthread_t thread;
    pid_t process;
    atomic_long served;
    long numbers; // the sum of the numbers that its visitors were given
    long bicycles;
};

// What the processes share.
static struct site {
    struct worker morning[WORKERS], afternoon[WORKERS];
    sem_t overtake;  // posted to the other process: one visitor, now
    sem_t overtaken; // and its answer
    sem_t home;      // posted by each process at its end
    atomic_bool closed;
} * site;

static struct visitors *visitors;
static long rounds;

static void serve(struct worker *self)
{
    long number = visitors_count(visitors), winner = WORKERS * rounds + rounds;
    self->numbers += number;
    self->bicycles += number == winner;
    atomic_fetch_add_explicit(&self->served, 1, memory_order_relaxed);
}

// ---- In the morning ----

static void *work_as_thread(void *data)
{
    for (long i = 0; i < rounds; i++)
        serve(data);
    return NULL;
}

static void morning(void)
{
    for (int i = 0; i < WORKERS; i++)
        pthread_create(&site->morning[i].thread, NULL, work_as_thread, &site->morning[i]);
    for (int i = 0; i < WORKERS; i++)
        pthread_join(site->morning[i].thread, NULL);
}

// ---- In the evening: one process is overtaken by the other ----

static void serve_first(void)
{
    serve(&site->afternoon[0]);
}

// Has the other process serve a visitor; or at least try, for it may have to wait until this one
// goes on.
static void let_overtake(void)
{
    sem_post(&site->overtake);
    asleep_process_or_busy(site->afternoon[1].process);
}

static void be_overtaken(void)
{
    for (long i = 0; i < LONGEST && midway(i, serve_first, let_overtake); i++)
        sem_wait(&site->overtaken);
    site->closed = true;
    sem_post(&site->overtake);
}

static void overtake(void)
{
    for (sem_wait(&site->overtake); !site->closed; sem_wait(&site->overtake)) {
        serve(&site->afternoon[1]);
        sem_post(&site->overtaken);
    }
}

// ---- In the afternoon, and then on ----

static void work_as_process(int number)
{
    for (long i = 0; i < rounds; i++)
        serve(&site->afternoon[number]);
    if (number == 0)
        be_overtaken();
    else
        overtake();
    sem_post(&site->home);
    _exit(0);
}

static void afternoon(void)
{
    for (int i = WORKERS - 1; i >= 0; i--) {
        pid_t process = fork();
        if (process == 0)
            work_as_process(i);
        site->afternoon[i].process = process;
    }
    for (int i = 0; i < WORKERS; i++)
        sem_wait(&site->home);
    for (int i = 0; i < WORKERS; i++)
        waitpid(site->afternoon[i].process, NULL, 0);
}

// ---- At night ----

struct sums {
    long served, numbers, bicycles;
};

static void add_up(struct sums *sums, const struct worker workers[])
{
    for (int i = 0; i < WORKERS; i++) {
        sums->served += workers[i].served;
        sums->numbers += workers[i].numbers;
        sums->bicycles += workers[i].bicycles;
    }
}

static bool all_is_right(void)
{
    struct sums sums = {0};
    add_up(&sums, site->morning);
    add_up(&sums, site->afternoon);
    long counted = visitors_so_far(visitors);
    bool numbered = sums.numbers == sums.served * (sums.served + 1) / 2;
    printf("want: %ld visitors, got: %ld\n", sums.served, counted);
    printf("want: 1 bicycle, got: %ld\n", sums.bicycles);
    if (!numbered)
        printf("not every visitor had a number of his own\n");
    return counted == sums.served && sums.bicycles == 1 && numbered;
}

// Whether a crowd is counted, one after the other.
static bool counts_a_crowd(void)
{
    struct visitors *crowd = visitors_new();
    long wrong = 0;
    for (long i = 1; i <= CROWD; i++)
        wrong += visitors_count(crowd) != i;
    long counted = visitors_so_far(crowd);
    visitors_free(crowd);
    if (wrong > 0 || counted != CROWD)
        printf("want: %d visitors, one after the other, got: %ld\n", CROWD, counted);
    return wrong == 0 && counted == CROWD;
}

// Whether a counter that is freed leaves nothing behind; one that is kept for ever does not count.
static bool is_freed(void)
{
    visitors_free(visitors_new());
    int before = remains_shared();
    visitors_free(visitors_new());
    return remains_shared() == before;
}

int main(int argc, char **argv)
{
    rounds = argc > 1 ? atol(argv[1]) : 100;
    site = mmap(NULL, sizeof *site, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    visitors = visitors_new();
    if (site == MAP_FAILED || !visitors)
        return 2;
    sem_init(&site->overtake, 1, 0);
    sem_init(&site->overtaken, 1, 0);
    sem_init(&site->home, 1, 0);
    morning();
    afternoon();
    bool right = all_is_right();
    visitors_free(visitors);
    bool freed = is_freed();
    if (!freed)
        printf("visitors_free leaves shared memory behind\n");
    bool many = rounds < LONG_RUN || counts_a_crowd();
    munmap(site, sizeof *site);
    return right && freed && many ? 0 : 1;
}
