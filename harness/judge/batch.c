#include "batch.h"

#include "base/crew.h"
#include "base/terminal.h"
#include "base/text.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <talloc.h>

struct batch {
    struct job *jobs;
    size_t count;
    int workers;
    void (*tell)(struct job *job, void *data);
    void *data;
    bool *done;           // a job each
    size_t next;          // the first job nobody has taken
    size_t told;          // jobs told about: all before this one
    pthread_mutex_t lock; // guards done, next, told, and the calls of tell
};

// Must hold batch->lock.
static void tell_finished(struct batch *batch)
{
    while (batch->told < batch->count && batch->done[batch->told]) {
        progress_clear();
        batch->tell(&batch->jobs[batch->told++], batch->data);
    }
}

// Must hold batch->lock.
static void show_progress(const struct batch *batch, const struct job *job)
{
    char what[128];
    text_format(what, sizeof what, "%s %s %s", job->subject->name, job->subject->variant,
                job->detector->name);
    progress_show(batch->told, batch->count, what);
}

// Whether a job is to be compiled together with `first`, which stands before it.
static bool is_beside(const struct job *job, const struct job *first)
{
    return job->together && !job->build && job->subject == first->subject &&
           job->inspected == first->inspected;
}

// How many jobs, from `first` on, are to be compiled together. With several workers each compiles
// for its own: they would wait for each other.
static size_t count_beside(const struct batch *batch, const struct job *first)
{
    const struct job *end = batch->jobs + batch->count;
    size_t count = 1, most = batch->workers == 1 ? list_count(detector_names) : 1;
    while (count < most && first + count < end && is_beside(first + count, first))
        count++;
    return count;
}

// Compiles for the job, and for those behind it that are to be compiled together with it.
static void compile(const struct batch *batch, struct job *first)
{
    struct build **builds = judge_no_builds(NULL);
    size_t count = count_beside(batch, first);
    for (size_t i = 0; i < count; i++) {
        struct job *job = first + i;
        job->build = judge_begin_build(job->context, job->subject, job->detector);
        builds[i] = job->build;
    }
    judge_compile_all(first->subject, builds, count, first->inspected);
    talloc_free(builds);
}

static void *work(void *argument)
{
    struct batch *batch = argument;
    pthread_mutex_lock(&batch->lock);
    while (batch->next < batch->count) {
        size_t mine = batch->next++;
        struct job *job = &batch->jobs[mine];
        show_progress(batch, job);
        pthread_mutex_unlock(&batch->lock);
        if (!job->build)
            compile(batch, job);
        judge_compiled(job->context, job->subject, job->detector, job->build, &job->judgement);
        pthread_mutex_lock(&batch->lock);
        batch->done[mine] = true;
        tell_finished(batch);
    }
    pthread_mutex_unlock(&batch->lock);
    return NULL;
}

void batch_run(struct job *jobs, size_t count, int workers,
               void (*tell)(struct job *job, void *data), void *data)
{
    struct batch batch = {.jobs = jobs,
                          .count = count,
                          .workers = workers,
                          .tell = tell,
                          .data = data,
                          .done = calloc(count + 1, sizeof(bool))};
    pthread_mutex_init(&batch.lock, NULL);
    crew_run(workers, count, work, &batch);
    progress_clear();
    pthread_mutex_destroy(&batch.lock);
    free(batch.done);
}
