// Still wrong: the first worker who finds nothing left closes the next queue; its colleagues are
// still at work.
// Caught by: explore

#include "pipeline.h"

#include "queue.h"

#include <pthread.h>

enum { MOST_WORKERS = 5 };

// A group of workers that all do the same step, between two queues.
struct group {
    void (*step)(struct photo *photo);
    enum state done; // what a photo is after the step
    struct queue *in, *out;
    int workers;
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
    queue_close(group->out);
    return NULL;
}

static void group_start(struct group *group)
{
    for (int i = 0; i < group->workers; i++)
        pthread_create(&group->threads[i], NULL, work, group);
}

// Lets the group finish what is in its queue, and ends it.
static void group_end(struct group *group)
{
    for (int i = 0; i < group->workers; i++)
        pthread_join(group->threads[i], NULL);
}

void pipeline_run(struct photo *photos, int count)
{
    struct queue *wanted = queue_new(), *downloaded = queue_new();
    struct queue *resized = queue_new(), *uploaded = queue_new();
    struct group groups[] = {
        {download, DOWNLOADED, wanted, downloaded, DOWNLOADERS, {0}},
        {resize, RESIZED, downloaded, resized, RESIZERS, {0}},
        {upload, UPLOADED, resized, uploaded, UPLOADERS, {0}},
    };
    for (int i = 0; i < 3; i++)
        group_start(&groups[i]);
    for (int i = 0; i < count; i++)
        queue_push(wanted, &photos[i]);
    queue_close(wanted);
    for (int i = 0; i < 3; i++)
        group_end(&groups[i]);
    queue_free(wanted);
    queue_free(downloaded);
    queue_free(resized);
    queue_free(uploaded);
}
