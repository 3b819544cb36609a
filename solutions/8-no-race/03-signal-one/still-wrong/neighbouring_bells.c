// Still wrong: two bells for three kinds, as a hash would have it: apples and plums share one, with
// a signal.
// Caught by: explore

#include "stall.h"

#include <pthread.h>
#include <stdlib.h>

enum { BELLS = 2 }; // a kind has bell kind % BELLS

struct stall {
    pthread_mutex_t lock; // guards pieces
    pthread_cond_t delivered[BELLS];
    int pieces[FRUITS];
};

struct stall *stall_new(void)
{
    struct stall *stall = calloc(1, sizeof *stall);
    if (stall) {
        pthread_mutex_init(&stall->lock, NULL);
        for (int bell = 0; bell < BELLS; bell++)
            pthread_cond_init(&stall->delivered[bell], NULL);
    }
    return stall;
}

void stall_free(struct stall *stall)
{
    if (stall) {
        for (int bell = 0; bell < BELLS; bell++)
            pthread_cond_destroy(&stall->delivered[bell]);
        pthread_mutex_destroy(&stall->lock);
    }
    free(stall);
}

void stall_deliver(struct stall *stall, enum fruit kind)
{
    pthread_mutex_lock(&stall->lock);
    stall->pieces[kind]++;
    pthread_cond_signal(&stall->delivered[kind % BELLS]);
    pthread_mutex_unlock(&stall->lock);
}

void stall_buy(struct stall *stall, enum fruit kind)
{
    pthread_mutex_lock(&stall->lock);
    while (stall->pieces[kind] == 0)
        pthread_cond_wait(&stall->delivered[kind % BELLS], &stall->lock);
    stall->pieces[kind]--;
    pthread_mutex_unlock(&stall->lock);
}

int stall_count(struct stall *stall, enum fruit kind)
{
    pthread_mutex_lock(&stall->lock);
    int pieces = stall->pieces[kind];
    pthread_mutex_unlock(&stall->lock);
    return pieces;
}
