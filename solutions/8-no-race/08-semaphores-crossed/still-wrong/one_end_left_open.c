// Still wrong: a pipe has two ends, and each is a descriptor of its own. Every hatch leaves one
// open, until no more can be made.
// Caught by: explore, tsan, helgrind, native

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
    close(hatch->in); // and so the other end hears of it
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
