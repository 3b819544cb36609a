// Also right: a telephonist takes the next place on the pile in one atomic step, and nobody else writes
// there. The bell brings the number of the place, so that the presenter looks only where it is filled.

#include "studio.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

enum { GOOD_NIGHT = -1 }; // a place that is none

struct studio {
    play_song *play;
    void *data;
    int filled[2]; // a pipe, of places
    atomic_int handed_in;
    int pile[]; // of wishes
};

struct studio *studio_new(int most, play_song *play, void *data)
{
    struct studio *studio = calloc(1, sizeof *studio + (size_t)most * sizeof(int));
    if (!studio)
        return NULL;
    studio->play = play;
    studio->data = data;
    if (pipe(studio->filled) == 0)
        return studio;
    free(studio);
    return NULL;
}

void studio_free(struct studio *studio)
{
    if (!studio)
        return;
    close(studio->filled[0]);
    close(studio->filled[1]);
    free(studio);
}

static void ring(struct studio *studio, int place)
{
    if (write(studio->filled[1], &place, sizeof place) != sizeof place)
        abort();
}

void studio_wish(struct studio *studio, int song)
{
    int place = atomic_fetch_add(&studio->handed_in, 1);
    studio->pile[place] = song;
    ring(studio, place);
}

void studio_end(struct studio *studio)
{
    ring(studio, GOOD_NIGHT);
}

void studio_run(struct studio *studio)
{
    int place;
    while (read(studio->filled[0], &place, sizeof place) == sizeof place && place != GOOD_NIGHT)
        studio->play(studio->data, studio->pile[place]);
}
