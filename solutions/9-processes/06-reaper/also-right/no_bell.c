// Also right: no bell at all. Whoever asks makes a round first. (Until somebody does, the dead wait;
// the header allows that.)

#include "reaper.h"

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

// Fetches all who have died.
static void fetch(void)
{
    int status;
    for (pid_t dead; (dead = waitpid(-1, &status, WNOHANG)) > 0;) {
        struct person *person = find(dead);
        if (person != NULL)
            person->weight = WEXITSTATUS(status);
    }
}

void reaper_start(void)
{
}

pid_t reaper_birth(int (*life)(void *data), void *data)
{
    if (born == REAPER_MOST)
        return -1;
    pid_t number = fork();
    if (number == 0)
        _exit(life(data));
    if (number > 0)
        people[born++] = (struct person){number, ALIVE};
    return number;
}

int reaper_unfetched(void)
{
    int unfetched = 0;
    fetch();
    for (int i = 0; i < born; i++)
        unfetched += people[i].weight == ALIVE;
    return unfetched;
}

int reaper_weight(pid_t number)
{
    fetch();
    struct person *person = find(number);
    return person != NULL ? person->weight : ALIVE;
}
