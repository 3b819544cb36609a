// Still wrong: closes the bell at the end of the show and again later, when its number is another's.
// Caught by: explore

#include "studio.h"

#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

enum { WISH }; // what the bell rings for

struct studio {
    play_song *play;
    void *data;
    int bell[2];          // a pipe; the presenter sleeps at its reading end
    pthread_mutex_t lock; // guards the pile; held by nobody who plays or sleeps
    int handed_in, played;
    int pile[]; // of wishes
};

struct studio *studio_new(int most, play_song *play, void *data)
{
    struct studio *studio = calloc(1, sizeof *studio + (size_t)most * sizeof(int));
    if (!studio)
        return NULL;
    studio->play = play;
    studio->data = data;
    pthread_mutex_init(&studio->lock, NULL);
    if (pipe(studio->bell) == 0)
        return studio;
    pthread_mutex_destroy(&studio->lock);
    free(studio);
    return NULL;
}

void studio_free(struct studio *studio)
{
    if (!studio)
        return;
    close(studio->bell[0]);
    close(studio->bell[1]);
    pthread_mutex_destroy(&studio->lock);
    free(studio);
}

static void ring(struct studio *studio, char reason)
{
    if (write(studio->bell[1], &reason, 1) != 1)
        abort();
}

void studio_wish(struct studio *studio, int song)
{
    pthread_mutex_lock(&studio->lock);
    int place = studio->handed_in++;
    studio->pile[place] = song;
    pthread_mutex_unlock(&studio->lock);
    ring(studio, WISH);
}

void studio_end(struct studio *studio)
{
    close(studio->bell[1]); // the presenter finds the pipe's end
}

static int take_next(struct studio *studio)
{
    pthread_mutex_lock(&studio->lock);
    int song = studio->pile[studio->played++];
    pthread_mutex_unlock(&studio->lock);
    return song;
}

void studio_run(struct studio *studio)
{
    char reason;
    while (read(studio->bell[0], &reason, 1) == 1 && reason == WISH)
        studio->play(studio->data, take_next(studio));
}
