// Still wrong: a thread for each photo, and nobody sees to it that only three download at a time.
// Caught by: explore

#include "pipeline.h"

#include <pthread.h>
#include <stdlib.h>

static void *work(void *own_photo)
{
    struct photo *photo = own_photo;
    download(photo);
    photo->state = DOWNLOADED;
    resize(photo);
    photo->state = RESIZED;
    upload(photo);
    photo->state = UPLOADED;
    return NULL;
}

void pipeline_run(struct photo *photos, int count)
{
    pthread_t *threads = calloc(count, sizeof *threads);
    for (int i = 0; i < count; i++)
        pthread_create(&threads[i], NULL, work, &photos[i]);
    for (int i = 0; i < count; i++)
        pthread_join(threads[i], NULL);
    free(threads);
}
