#include "estimate.h"

#include "base/crew.h"
#include "base/moment.h"
#include "base/terminal.h"
#include "grading.h"

#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <talloc.h>

enum { SAMPLE = 12 };

struct trial {
    const struct plan *plan;
    const struct work **works;
    size_t count, next; // guarded by lock, like the sums
    double sum, squares, least, most;
    pthread_mutex_t lock;
};

static int compare_works(const void *a, const void *b)
{
    const struct work *one = *(const struct work *const *)a;
    const struct work *other = *(const struct work *const *)b;
    return one->kit == other->kit ? strcmp(one->key, other->key) : one->kit < other->kit ? -1 : 1;
}

// What is to be judged, exercise by exercise. `count` gets how many.
static const struct work **list_todo(const void *context, const struct plan *plan, size_t *count)
{
    const struct work **works = talloc_array(context, const struct work *, (unsigned)plan->count);
    *count = 0;
    for (size_t i = 0; i < plan->count; i++)
        if (!plan->works[i].made)
            works[(*count)++] = &plan->works[i];
    if (*count > 1)
        qsort(works, *count, sizeof *works, compare_works);
    return works;
}

// Keeps some that are spread evenly: so each exercise has its share in the sample.
static void choose(struct trial *trial, size_t workers)
{
    size_t wanted = workers > SAMPLE / 2 ? 2 * workers : SAMPLE, count = trial->count;
    if (count <= wanted)
        return;
    for (size_t i = 0; i < wanted; i++)
        trial->works[i] = trial->works[(2 * i + 1) * count / (2 * wanted)];
    trial->count = wanted;
}

static void *try_some(void *argument)
{
    struct trial *trial = argument;
    pthread_mutex_lock(&trial->lock);
    while (trial->next < trial->count) {
        progress_show(trial->next, trial->count, "a sample");
        const struct work *work = trial->works[trial->next++];
        pthread_mutex_unlock(&trial->lock);
        double started = moment_now();
        json_decref(assess(trial->plan->grading, work));
        double seconds = moment_now() - started;
        pthread_mutex_lock(&trial->lock);
        trial->sum += seconds;
        trial->squares += seconds * seconds;
        trial->least = fmin(trial->least, seconds);
        trial->most = fmax(trial->most, seconds);
    }
    pthread_mutex_unlock(&trial->lock);
    return NULL;
}

void estimate_make(const struct plan *plan, struct estimate *estimate)
{
    struct trial trial = {.plan = plan, .least = INFINITY};
    trial.works = list_todo(plan, plan, &trial.count);
    choose(&trial, (size_t)plan->grading->workers);
    *estimate = (struct estimate){.sample = trial.count};
    if (trial.count > 0) {
        pthread_mutex_init(&trial.lock, NULL);
        crew_run(plan->grading->workers, trial.count, try_some, &trial);
        progress_clear();
        pthread_mutex_destroy(&trial.lock);
        double count = (double)trial.count;
        estimate->mean = trial.sum / count;
        double variance = fmax(trial.squares / count - estimate->mean * estimate->mean, 0);
        estimate->error = count > 1 ? sqrt(variance / (count - 1)) : 0;
        estimate->least = trial.least;
        estimate->most = trial.most;
    }
    talloc_free(trial.works);
}

// The judgements that the largest of so many parts has to make.
static size_t largest_part(const struct plan *plan, int parts)
{
    size_t *sizes = talloc_zero_array(plan, size_t, (unsigned)parts), largest = 0;
    for (size_t i = 0; i < plan->count; i++) {
        size_t part = plan_part_of(&plan->works[i], parts) - 1;
        if (!plan->works[i].made && ++sizes[part] > largest)
            largest = sizes[part];
    }
    talloc_free(sizes);
    return largest;
}

double estimate_seconds(const struct plan *plan, const struct estimate *estimate, int machines,
                        double reading)
{
    double rounds = ceil((double)largest_part(plan, machines) / plan->grading->workers);
    return reading + estimate->mean * rounds;
}
