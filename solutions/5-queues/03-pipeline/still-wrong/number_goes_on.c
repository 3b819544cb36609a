// Still wrong: the number of the next photo is never set back: the next day nothing is done.
// Caught by: explore

#include "pipeline.h"
#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdlib.h>
static atomic_int next;
static struct photo *all;
static int total;
static sem_t places[3];
static void *work(void *unused)
{
    for (int i; (i = next++) < total;) {
        sem_wait(&places[0]);
        download(&all[i]);
        all[i].state = DOWNLOADED;
        sem_post(&places[0]);
        sem_wait(&places[1]);
        resize(&all[i]);
        all[i].state = RESIZED;
        sem_post(&places[1]);
        sem_wait(&places[2]);
        upload(&all[i]);
        all[i].state = UPLOADED;
        sem_post(&places[2]);
    }
    return unused;
}
void pipeline_run(struct photo *photos, int count)
{
    static const unsigned workers[] = {DOWNLOADERS, RESIZERS, UPLOADERS};
    pthread_t threads[DOWNLOADERS + RESIZERS + UPLOADERS];
    all = photos;
    total = count;
    for (int i = 0; i < 3; i++)
        sem_init(&places[i], 0, workers[i]);
    for (int i = 0; i < 12; i++)
        pthread_create(&threads[i], NULL, work, NULL);
    for (int i = 0; i < 12; i++)
        pthread_join(threads[i], NULL);
}
