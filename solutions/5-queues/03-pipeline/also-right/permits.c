// Also right: twelve threads that do all three steps, and permits that keep each step to its
// number.

#include "pipeline.h"

#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>

enum { THREADS = DOWNLOADERS + RESIZERS + UPLOADERS };

struct plant {
    sem_t downloading, resizing, uploading; // as many permits as the step has workers
    struct photo *photos;
    int count;
    atomic_int next;
};

static void one_step(sem_t *permits, void (*step)(struct photo *), struct photo *photo,
                     enum state done)
{
    sem_wait(permits);
    step(photo);
    photo->state = done;
    sem_post(permits);
}

static void *work(void *argument)
{
    struct plant *plant = argument;
    int i;
    while ((i = atomic_fetch_add(&plant->next, 1)) < plant->count) {
        one_step(&plant->downloading, download, &plant->photos[i], DOWNLOADED);
        one_step(&plant->resizing, resize, &plant->photos[i], RESIZED);
        one_step(&plant->uploading, upload, &plant->photos[i], UPLOADED);
    }
    return NULL;
}

void pipeline_run(struct photo *photos, int count)
{
    struct plant plant = {.photos = photos, .count = count};
    sem_init(&plant.downloading, 0, DOWNLOADERS);
    sem_init(&plant.resizing, 0, RESIZERS);
    sem_init(&plant.uploading, 0, UPLOADERS);
    pthread_t threads[THREADS];
    for (int i = 0; i < THREADS; i++)
        pthread_create(&threads[i], NULL, work, &plant);
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    sem_destroy(&plant.downloading);
    sem_destroy(&plant.resizing);
    sem_destroy(&plant.uploading);
}
