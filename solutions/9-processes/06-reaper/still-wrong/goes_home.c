// Still wrong: a child that returns what it lived for goes on as if it were its mother, and has children
// of its own.
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

// Keeps the bell silent while people[] is looked at. Returns how it was before.
static sigset_t hold_bell(void)
{
    sigset_t bell, before;
    sigemptyset(&bell);
    sigaddset(&bell, SIGCHLD);
    sigprocmask(SIG_BLOCK, &bell, &before);
    return before;
}

static void give_bell_back(sigset_t before)
{
    sigprocmask(SIG_SETMASK, &before, NULL);
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
    sigset_t before = hold_bell(); // whoever dies young is in people[] first
    pid_t number = fork();
    if (number == 0)
        return life(data);
    if (number > 0)
        people[born++] = (struct person){number, ALIVE};
    give_bell_back(before);
    return number;
}

int reaper_unfetched(void)
{
    sigset_t before = hold_bell();
    int unfetched = 0;
    for (int i = 0; i < born; i++)
        unfetched += people[i].weight == ALIVE;
    give_bell_back(before);
    return unfetched;
}

int reaper_weight(pid_t number)
{
    sigset_t before = hold_bell();
    struct person *person = find(number);
    int weight = person != NULL ? person->weight : ALIVE;
    give_bell_back(before);
    return weight;
}
