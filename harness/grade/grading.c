// grading_judge: some threads, each of which takes a work, assesses it, and keeps it in a file.

#define _GNU_SOURCE
#include "grading.h"

#include "assess.h"
#include "base/crew.h"
#include "base/files.h"
#include "base/moment.h"
#include "base/terminal.h"
#include "base/text.h"
#include "kept.h"
#include "plan.h"
#include "run/workspace.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <talloc.h>
#include <unistd.h>

struct grader {
    struct plan *plan;
    const struct grading *grading;
    struct work **todo;      // those to be made
    size_t count;            // of them
    size_t done, next;       // likewise
    double started;          // the moment
    double told;             // when a plain line of progress was last written, in seconds
    struct problem *problem; // the first one; guarded by lock like done, next, told and the plan
    bool failed;
    pthread_mutex_t lock;
};

// Must hold grader->lock. Over one line of a terminal; elsewhere a plain line every ten seconds.
static void show_progress(struct grader *grader, const struct work *work)
{
    double seconds = moment_now() - grader->started;
    double rate = seconds > 0 ? (double)grader->done / seconds : 0;
    double left = rate > 0 ? (double)(grader->count - grader->done) / rate : 0;
    char what[160];
    text_format(what, sizeof what, "%.1f/s, %d:%02d left  %s %s", rate, (int)left / 60,
                (int)left % 60, work->who, work->kit->exercise->name);
    if (grader->grading->quiet)
        return;
    if (isatty(STDERR_FILENO)) {
        progress_show(grader->done, grader->count, grader->done ? what : work->who);
    } else if (grader->done && (seconds - grader->told >= 10 || grader->done == grader->count)) {
        fprintf(stderr, "judged %zu of %zu, %.1f a second, %d:%02d left\n", grader->done,
                grader->count, rate, (int)left / 60, (int)left % 60);
        grader->told = seconds;
    }
}

// Fails only as kept_save does. When the program is being ended, what was judged may be worth
// nothing: then nothing is kept.
static bool save(const struct grading *grading, const struct work *work, const json_t *assessment,
                 struct problem *problem)
{
    return workspace_is_going() || kept_save(grading->out, work->file, assessment, problem);
}

// A new reference: what another grading has made since the plan was, or what the judges say now.
// Must not hold the lock.
static json_t *make(const struct grading *grading, const struct work *work, bool *saved,
                    struct problem *problem)
{
    json_t *assessment =
        grading->parts && !work->again ? kept_load(grading->out, work->file, work->key) : NULL;
    *saved = true;
    if (assessment)
        return assessment;
    assessment = assess(grading, work);
    *saved = save(grading, work, assessment, problem);
    return assessment;
}

static void *work_on(void *argument)
{
    struct grader *grader = argument;
    pthread_mutex_lock(&grader->lock);
    while (!grader->failed && grader->next < grader->count) {
        struct work *work = grader->todo[grader->next++];
        struct problem problem = {""};
        bool saved;
        pthread_mutex_unlock(&grader->lock);
        json_t *assessment = make(grader->grading, work, &saved, &problem);
        pthread_mutex_lock(&grader->lock);
        plan_note(grader->plan, work, assessment);
        json_decref(assessment);
        if (!saved && !grader->failed) {
            grader->failed = true;
            *grader->problem = problem;
        }
        grader->done++;
        show_progress(grader, work);
    }
    pthread_mutex_unlock(&grader->lock);
    return NULL;
}

// Two gradings that do the same part (it was thought dead, and started again) share it if each
// takes it in an order of its own.
static void shuffle(struct work **works, size_t count)
{
    for (size_t i = count; i > 1; i--) {
        size_t number = 0;
        if (getrandom(&number, sizeof number, 0) != sizeof number)
            return;
        struct work *other = works[number % i];
        works[number % i] = works[i - 1];
        works[i - 1] = other;
    }
}

bool grading_judge(struct plan *plan, struct problem *problem)
{
    struct grader grader = {.plan = plan, .grading = plan->grading, .problem = problem};
    if (!folder_make(plan->grading->out, kept_folder, problem))
        return false;
    grader.todo = talloc_array(plan, struct work *, (unsigned)plan->count);
    for (size_t i = 0; i < plan->count; i++)
        if (plan_is_mine(plan, &plan->works[i]) && !plan->works[i].made)
            grader.todo[grader.count++] = &plan->works[i];
    if (plan->grading->parts)
        shuffle(grader.todo, grader.count);
    pthread_mutex_init(&grader.lock, NULL);
    grader.started = moment_now();
    crew_run(plan->grading->workers, grader.count, work_on, &grader);
    progress_clear();
    pthread_mutex_destroy(&grader.lock);
    talloc_free(grader.todo);
    return !grader.failed;
}
