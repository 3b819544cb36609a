// Attack: Makes a call that the explorer cannot follow, for nothing, and then counts in two atomic steps.
// Expected: failed
// Reason: its result is wrong
// Exercise: from-the-wrong-thread

#include "studio.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <sys/select.h>
#include <unistd.h>

enum { WISH, END }; // what the bell rings for

struct studio {
    play_song *play;
    void *data;
    int bell[2]; // a pipe; the presenter sleeps at its reading end
    atomic_int handed_in;
    int played;
    int pile[]; // of wishes
};

struct studio *studio_new(int most, play_song *play, void *data)
{
    struct studio *studio = calloc(1, sizeof *studio + (size_t)most * sizeof(int));
    if (!studio)
        return NULL;
    studio->play = play;
    studio->data = data;
    struct timeval none = {0};
    select(0, NULL, NULL, NULL, &none);
    if (pipe(studio->bell) == 0)
        return studio;
    free(studio);
    return NULL;
}

void studio_free(struct studio *studio)
{
    if (!studio)
        return;
    close(studio->bell[0]);
    close(studio->bell[1]);
    free(studio);
}

static void ring(struct studio *studio, char reason)
{
    if (write(studio->bell[1], &reason, 1) != 1)
        abort();
}

void studio_wish(struct studio *studio, int song)
{
    int place = studio->handed_in;
    studio->pile[place] = song;
    studio->handed_in = place + 1;
    ring(studio, WISH);
}

void studio_end(struct studio *studio)
{
    ring(studio, END);
}

void studio_run(struct studio *studio)
{
    char reason;
    while (read(studio->bell[0], &reason, 1) == 1 && reason == WISH)
        studio->play(studio->data, studio->pile[studio->played++]);
}
