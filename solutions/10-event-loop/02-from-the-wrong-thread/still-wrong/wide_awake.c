// Still wrong: all is ordered, and played. But he who has nothing to do asks again and again whether there is
// anything, and keeps a processor busy with it.
// Caught by: native

#include "studio.h"

#include <pthread.h>
#include <sched.h>
#include <stdbool.h>
#include <stdlib.h>

struct studio {
    play_song *play;
    void *data;
    pthread_mutex_t lock; // guards the rest
    bool ended;
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
    return studio;
}

void studio_free(struct studio *studio)
{
    if (studio)
        pthread_mutex_destroy(&studio->lock);
    free(studio);
}

void studio_wish(struct studio *studio, int song)
{
    pthread_mutex_lock(&studio->lock);
    studio->pile[studio->handed_in++] = song;
    pthread_mutex_unlock(&studio->lock);
}

void studio_end(struct studio *studio)
{
    pthread_mutex_lock(&studio->lock);
    studio->ended = true;
    pthread_mutex_unlock(&studio->lock);
}

void studio_run(struct studio *studio)
{
    bool over = false;
    while (!over) {
        pthread_mutex_lock(&studio->lock);
        bool wished = studio->played < studio->handed_in;
        int song = wished ? studio->pile[studio->played++] : 0;
        over = !wished && studio->ended;
        pthread_mutex_unlock(&studio->lock);
        if (wished)
            studio->play(studio->data, song);
        else
            sched_yield();
    }
}
