// Still wrong: the lock is held while the song is played: everybody waits until it is over, and the
// presenter's own wish waits for ever.
// Caught by: explore

#include "studio.h"

#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

enum { WISH, END }; // what the bell rings for

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
    ring(studio, END);
}

void studio_run(struct studio *studio)
{
    char reason;
    while (read(studio->bell[0], &reason, 1) == 1 && reason == WISH) {
        pthread_mutex_lock(&studio->lock);
        studio->play(studio->data, studio->pile[studio->played++]);
        pthread_mutex_unlock(&studio->lock);
    }
}
