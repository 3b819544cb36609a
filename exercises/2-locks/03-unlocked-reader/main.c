// A download with three workers and one screen: each worker fetches `rounds` pieces while the
// screen looks `rounds` times. What it shows must never go back, never pass the end, and miss
// nothing.

#include "unlocked_reader.h"

#include <racelings/rendezvous.h>

#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

enum { WORKERS = 3, PIECE = 1400 }; // bytes
enum { PATIENCE = 10000 };          // milliseconds

static struct progress *progress;
static long rounds;
static struct rendezvous all = RENDEZVOUS(WORKERS + 1); // the workers and the screen

static void *worker(void *unused)
{
    (void)unused;
    rendezvous_meet(&all, PATIENCE); // off
    progress_add(progress, PIECE);
    rendezvous_meet(&all, PATIENCE); // everybody has one piece
    rendezvous_meet(&all, PATIENCE); // the screen has seen it
    for (long i = 1; i < rounds; i++)
        progress_add(progress, PIECE);
    return NULL;
}

// Returns NULL if the screen showed something that was never true.
static void *screen(void *unused)
{
    (void)unused;
    rendezvous_meet(&all, PATIENCE);
    bool sound = progress_bytes(progress) <= WORKERS * PIECE;
    rendezvous_meet(&all, PATIENCE);
    long shown = progress_bytes(progress);
    sound = sound && shown == WORKERS * PIECE;
    rendezvous_meet(&all, PATIENCE);
    for (long i = 0; i < rounds; i++) {
        long bytes = progress_bytes(progress);
        sound = sound && shown <= bytes && bytes <= WORKERS * PIECE * rounds;
        shown = bytes;
    }
    return sound ? &all : NULL;
}

int main(int argc, char **argv)
{
    rounds = argc > 1 ? atol(argv[1]) : 100000;
    progress = progress_new();

    pthread_t workers[WORKERS], watcher;
    pthread_create(&watcher, NULL, screen, NULL);
    for (int i = 0; i < WORKERS; i++)
        pthread_create(&workers[i], NULL, worker, NULL);
    for (int i = 0; i < WORKERS; i++)
        pthread_join(workers[i], NULL);
    void *sound;
    pthread_join(watcher, &sound);

    long want = WORKERS * PIECE * rounds, got = progress_bytes(progress);
    printf("want: %ld, got: %ld%s\n", want, got, sound ? "" : ", and the screen showed nonsense");

    progress_free(progress);
    return sound && got == want ? 0 : 1;
}
