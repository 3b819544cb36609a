// Also right: the last worker of a group closes the next queue; the count of them is atomic.

#include "pipeline.h"

#include "queue.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>

enum { MOST_WORKERS = 5 };

// A group of workers that all do the same step, between two queues.
struct group {
    void (*step)(struct photo *photo);
    enum state done; // what a photo is after the step
    struct queue *in, *out;
    int workers;
    atomic_int at_work; // workers that have not gone home
    pthread_t threads[MOST_WORKERS];
};

static void *work(void *own_group)
{
    struct group *group = own_group;
    struct photo *photo;
    while ((photo = queue_pop(group->in))) {
        group->step(photo);
        photo->state = group->done;
        queue_push(group->out, photo); // from here on it is the next group's
    }
    if (atomic_fetch_sub(&group->at_work, 1) == 1)
        queue_close(group->out); // nobody is left who could push
    return NULL;
}

static void group_start(struct group *group)
{
    atomic_init(&group->at_work, group->workers);
    for (int i = 0; i < group->workers; i++)
        pthread_create(&group->threads[i], NULL, work, group);
}

static void group_join(struct group *group)
{
    for (int i = 0; i < group->workers; i++)
        pthread_join(group->threads[i], NULL);
}

void pipeline_run(struct photo *photos, int count)
{
    struct queue *wanted = queue_new(), *downloaded = queue_new();
    struct queue *resized = queue_new(), *uploaded = queue_new();
    struct group groups[] = {
        {download, DOWNLOADED, wanted, downloaded, DOWNLOADERS, 0, {0}},
        {resize, RESIZED, downloaded, resized, RESIZERS, 0, {0}},
        {upload, UPLOADED, resized, uploaded, UPLOADERS, 0, {0}},
    };
    for (int i = 0; i < 3; i++)
        group_start(&groups[i]);
    for (int i = 0; i < count; i++)
        queue_push(wanted, &photos[i]);
    queue_close(wanted);
    for (int i = 0; i < 3; i++)
        group_join(&groups[i]);
    queue_free(wanted);
    queue_free(downloaded);
    queue_free(resized);
    queue_free(uploaded);
}
