// Primes: nothing but computing. Threads and processes do the same here, with the same function.
// What they share is two numbers: threads do so anyway, processes only because it is asked for.
#include "measure.h"

#include "base/moment.h"

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PORTION = 500 }; // numbers that a worker takes at a time

struct work {
    atomic_long next;  // the first number that nobody has taken
    atomic_long found; // primes
};

static bool is_prime(long number)
{
    for (long divisor = 2; divisor * divisor <= number; divisor++)
        if (number % divisor == 0)
            return false;
    return number > 1;
}

// Takes portions until none is left. Large numbers cost more than small ones; so the work is not
// divided beforehand.
static void count_primes(struct work *work)
{
    for (;;) {
        long first = atomic_fetch_add(&work->next, PORTION), found = 0;
        if (first > PRIMES_TO)
            return;
        for (long number = first; number < first + PORTION && number <= PRIMES_TO; number++)
            found += is_prime(number);
        atomic_fetch_add(&work->found, found);
    }
}

static bool in_one_thread(struct work *work, int workers, struct problem *problem)
{
    (void)workers;
    (void)problem;
    count_primes(work);
    return true;
}

static void *work_as_thread(void *work)
{
    count_primes(work);
    return NULL;
}

static bool in_threads(struct work *work, int workers, struct problem *problem)
{
    pthread_t threads[WORKERS_MOST];
    int started = 0, error = 0;
    while (started < workers && error == 0) {
        error = pthread_create(&threads[started], NULL, work_as_thread, work);
        started += error == 0;
    }
    for (int i = 0; i < started; i++)
        pthread_join(threads[i], NULL);
    return error == 0 || problem_set(problem, "a thread cannot be started: %s", strerror(error));
}

// Whether the process ended as it should, and not by a signal, as one does that ran out of memory.
static bool ended_well(pid_t process)
{
    int status = 0;
    while (waitpid(process, &status, 0) < 0)
        if (errno != EINTR)
            return false;
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static bool in_processes(struct work *work, int workers, struct problem *problem)
{
    pid_t processes[WORKERS_MOST];
    int started = 0;
    bool fine = true;
    while (started < workers && fine) {
        pid_t process = fork();
        if (process == 0) {
            count_primes(work);
            _exit(0); // not exit: what the parent has not printed yet is the parent's
        }
        fine =
            process > 0 || problem_set(problem, "a process cannot be started: %s", strerror(errno));
        if (fine)
            processes[started++] = process;
    }
    for (int i = 0; i < started; i++)
        if (!ended_well(processes[i]))
            fine = problem_set(problem, "a process that counted primes did not end well");
    return fine;
}

// Memory that processes share with the one that has started them.
static struct work *shared_work(struct problem *problem)
{
    void *memory =
        mmap(NULL, sizeof(struct work), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) {
        problem_set(problem, "there is no memory to share: %s", strerror(errno));
        return NULL;
    }
    return memory;
}

static bool try_once(struct measured *way, int workers, struct problem *problem,
                     bool (*count)(struct work *work, int workers, struct problem *problem))
{
    struct work *work = shared_work(problem);
    if (!work)
        return false;
    double begun = moment_now();
    bool fine = count(work, workers, problem);
    way->seconds = moment_now() - begun;
    way->result = work->found;
    munmap(work, sizeof *work);
    return fine;
}

static bool measure(struct measured *way, int workers, struct problem *problem,
                    bool (*count)(struct work *work, int workers, struct problem *problem))
{
    if (!try_once(way, workers, problem, count))
        return false;
    for (int i = 1; i < PRIMES_TRIES; i++) {
        struct measured again = *way;
        if (!try_once(&again, workers, problem, count))
            return false;
        if (again.seconds < way->seconds || again.result != way->result)
            *way = again;
    }
    return true;
}

bool measure_primes(struct measured ways[WAYS_TO_COMPUTE], int workers, struct problem *problem)
{
    snprintf(ways[0].way, sizeof ways[0].way, "one thread");
    snprintf(ways[1].way, sizeof ways[1].way, "%d threads", workers);
    snprintf(ways[2].way, sizeof ways[2].way, "%d processes", workers);
    return measure(&ways[0], 1, problem, in_one_thread) &&
           measure(&ways[1], workers, problem, in_threads) &&
           measure(&ways[2], workers, problem, in_processes);
}
