// Also right: a pipe is a hatch already, made by the system. What it has no word for is how much
// room there is, which a semaphore counts.

#include "hatch.h"

#include <semaphore.h>
#include <stdlib.h>
#include <unistd.h>

struct hatch {
    sem_t room; // so many free places
    int out, in;
};

struct hatch *hatch_new(int room)
{
    int ends[2];
    struct hatch *hatch = malloc(sizeof *hatch);
    if (!hatch || pipe(ends) != 0) {
        free(hatch);
        return NULL;
    }
    hatch->out = ends[0];
    hatch->in = ends[1];
    sem_init(&hatch->room, 0, (unsigned)room);
    return hatch;
}

void hatch_free(struct hatch *hatch)
{
    if (!hatch)
        return;
    close(hatch->in);
    close(hatch->out);
    sem_destroy(&hatch->room);
    free(hatch);
}

// So few bytes go into a pipe, and come out of it, in one piece.
void hatch_put(struct hatch *hatch, int dish)
{
    sem_wait(&hatch->room);
    while (write(hatch->in, &dish, sizeof dish) != sizeof dish) {
    }
}

int hatch_take(struct hatch *hatch)
{
    int dish;
    while (read(hatch->out, &dish, sizeof dish) != sizeof dish) {
    }
    sem_post(&hatch->room);
    return dish;
}
