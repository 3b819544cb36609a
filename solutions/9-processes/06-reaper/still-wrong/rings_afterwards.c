// Still wrong: unblocks the signal after each call: whoever calls may have blocked it, for a reason.
// Caught by: native, tsan, helgrind

#include "reaper.h"

#include <errno.h>
#include <signal.h>
#include <stddef.h>
#include <sys/wait.h>
#include <unistd.h>

enum { ALIVE = -1 };

static struct person {
    pid_t number;
    int weight; // of the soul, or ALIVE
} people[REAPER_MOST];

static int born;

static struct person *find(pid_t number)
{
    for (int i = 0; i < born; i++)
        if (people[i].number == number)
            return &people[i];
    return NULL;
}

static sigset_t bell_alone(void)
{
    sigset_t bell;
    sigemptyset(&bell);
    sigaddset(&bell, SIGCHLD);
    return bell;
}

// Keeps the bell silent while people[] is looked at.
static void hold_bell(void)
{
    sigset_t bell = bell_alone();
    sigprocmask(SIG_BLOCK, &bell, NULL);
}

static void let_ring(void)
{
    sigset_t bell = bell_alone();
    sigprocmask(SIG_UNBLOCK, &bell, NULL);
}

// The bell rings: somebody has died, or several have.
static void fetch(int bell)
{
    (void)bell;
    int before = errno, status;
    for (pid_t dead; (dead = waitpid(-1, &status, WNOHANG)) > 0;) {
        struct person *person = find(dead);
        if (person != NULL)
            person->weight = WEXITSTATUS(status);
    }
    errno = before;
}

void reaper_start(void)
{
    struct sigaction action = {.sa_handler = fetch, .sa_flags = SA_RESTART};
    sigemptyset(&action.sa_mask);
    sigaction(SIGCHLD, &action, NULL);
}

pid_t reaper_birth(int (*life)(void *data), void *data)
{
    if (born == REAPER_MOST)
        return -1;
    hold_bell(); // whoever dies young is in people[] first
    pid_t number = fork();
    if (number == 0)
        _exit(life(data));
    if (number > 0)
        people[born++] = (struct person){number, ALIVE};
    let_ring();
    return number;
}

int reaper_unfetched(void)
{
    hold_bell();
    int unfetched = 0;
    for (int i = 0; i < born; i++)
        unfetched += people[i].weight == ALIVE;
    let_ring();
    return unfetched;
}

int reaper_weight(pid_t number)
{
    hold_bell();
    struct person *person = find(number);
    int weight = person != NULL ? person->weight : ALIVE;
    let_ring();
    return weight;
}
