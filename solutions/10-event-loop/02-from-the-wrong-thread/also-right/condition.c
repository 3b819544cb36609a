// Also right: the presenter sleeps on a condition variable. Enough for him, who waits for nothing but
// wishes; a loop that waits for sockets too needs something that it can wait for along with them.

#include "studio.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>

struct studio {
    play_song *play;
    void *data;
    pthread_mutex_t lock; // guards all that follows
    pthread_cond_t changed;
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
    pthread_cond_init(&studio->changed, NULL);
    return studio;
}

void studio_free(struct studio *studio)
{
    if (!studio)
        return;
    pthread_cond_destroy(&studio->changed);
    pthread_mutex_destroy(&studio->lock);
    free(studio);
}

void studio_wish(struct studio *studio, int song)
{
    pthread_mutex_lock(&studio->lock);
    int place = studio->handed_in++;
    studio->pile[place] = song;
    pthread_cond_signal(&studio->changed);
    pthread_mutex_unlock(&studio->lock);
}

void studio_end(struct studio *studio)
{
    pthread_mutex_lock(&studio->lock);
    studio->ended = true;
    pthread_cond_signal(&studio->changed);
    pthread_mutex_unlock(&studio->lock);
}

// Waits for the next wish. False if there is none and will be none.
static bool take_next(struct studio *studio, int *song)
{
    pthread_mutex_lock(&studio->lock);
    while (studio->played == studio->handed_in && !studio->ended)
        pthread_cond_wait(&studio->changed, &studio->lock);
    bool taken = studio->played < studio->handed_in;
    if (taken)
        *song = studio->pile[studio->played++];
    pthread_mutex_unlock(&studio->lock);
    return taken;
}

void studio_run(struct studio *studio)
{
    int song;
    while (take_next(studio, &song))
        studio->play(studio->data, song);
}
