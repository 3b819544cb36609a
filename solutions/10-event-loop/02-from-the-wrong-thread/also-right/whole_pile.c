// Also right: whoever puts the first wish on the pile rings, and the presenter takes all that is there
// when he comes. Fewer rings, and an eventfd is enough for them.

#include "studio.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

struct studio {
    play_song *play;
    void *data;
    int bell;             // an eventfd
    pthread_mutex_t lock; // guards the pile; held by nobody who plays or sleeps
    bool ended;
    int handed_in, played; // rung for: whenever one of them was not played
    int pile[];            // of wishes
};

struct studio *studio_new(int most, play_song *play, void *data)
{
    struct studio *studio = calloc(1, sizeof *studio + (size_t)most * sizeof(int));
    if (!studio)
        return NULL;
    studio->play = play;
    studio->data = data;
    pthread_mutex_init(&studio->lock, NULL);
    studio->bell = eventfd(0, 0);
    if (studio->bell >= 0)
        return studio;
    pthread_mutex_destroy(&studio->lock);
    free(studio);
    return NULL;
}

void studio_free(struct studio *studio)
{
    if (!studio)
        return;
    close(studio->bell);
    pthread_mutex_destroy(&studio->lock);
    free(studio);
}

void studio_wish(struct studio *studio, int song)
{
    pthread_mutex_lock(&studio->lock);
    bool first = studio->handed_in == studio->played;
    studio->pile[studio->handed_in++] = song;
    pthread_mutex_unlock(&studio->lock);
    if (first)
        eventfd_write(studio->bell, 1);
}

void studio_end(struct studio *studio)
{
    pthread_mutex_lock(&studio->lock);
    studio->ended = true;
    pthread_mutex_unlock(&studio->lock);
    eventfd_write(studio->bell, 1);
}

// The next wish, if there is one. Otherwise tells in `ended` whether that was all.
static bool take_next(struct studio *studio, int *song, bool *ended)
{
    pthread_mutex_lock(&studio->lock);
    bool taken = studio->played < studio->handed_in;
    if (taken)
        *song = studio->pile[studio->played++];
    *ended = studio->ended;
    pthread_mutex_unlock(&studio->lock);
    return taken;
}

void studio_run(struct studio *studio)
{
    bool ended = false;
    while (!ended) {
        eventfd_t rings;
        int song;
        eventfd_read(studio->bell, &rings);
        while (take_next(studio, &song, &ended))
            studio->play(studio->data, song);
    }
}
