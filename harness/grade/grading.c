// grading_run -> plan (which assessments are needed) -> assess each in a thread of its own, and keep it
// in a file -> fill the class.

#define _GNU_SOURCE
#include "grading.h"

#include "assess.h"
#include "base/crew.h"
#include "base/files.h"
#include "base/moment.h"
#include "base/terminal.h"
#include "base/text.h"
#include "standing.h"

#include <errno.h>
#include <pthread.h>
#include <sha256.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <talloc.h>
#include <unistd.h>

enum { ASSESSMENT_LIMIT = 16 << 20 };

struct grader {
    const struct grading *grading;
    void *context; // owns all that stays; used by one thread at a time
    struct kit *kits;
    struct work *works;
    size_t work_count;
    size_t todo;             // how many must be made
    size_t done, next;       // of those
    double started;          // the moment
    double told;             // when a plain line of progress was last written, in seconds
    struct problem *problem; // the first one; guarded by lock like done, next and told
    bool failed;
    pthread_mutex_t lock;
};

// ---- The state on disk ----

static bool save(const struct grading *grading, const struct work *work, struct problem *problem)
{
    char *text = json_dumps(work->assessment, JSON_INDENT(1) | JSON_REAL_PRECISION(6));
    bool saved = text && file_write(grading->out, work->file, text, strlen(text), problem);
    free(text);
    return saved;
}

// An assessment from an earlier run; NULL if there is none that can be used.
static json_t *load(const struct grading *grading, const struct work *work)
{
    struct problem ignored;
    void *scratch = talloc_new(NULL);
    char *text = file_read(scratch, grading->out, work->file, ASSESSMENT_LIMIT, NULL, &ignored);
    json_t *json = text ? json_loads(text, 0, NULL) : NULL;
    const char *key = json_string_value(json_object_get(json, "key"));
    const char *form = json_string_value(json_object_get(json, "schema"));
    talloc_free(scratch);
    if (key && form && strcmp(key, work->key) == 0 && strcmp(form, assessment_schema) == 0)
        return json;
    json_decref(json);
    return NULL;
}

// ---- Many of them ----

// Must hold grader->lock. Over one line of a terminal; elsewhere a plain line every ten seconds.
static void show_progress(struct grader *grader, const struct work *work)
{
    double seconds = moment_now() - grader->started;
    double rate = seconds > 0 ? (double)grader->done / seconds : 0;
    double left = rate > 0 ? (double)(grader->todo - grader->done) / rate : 0;
    char what[160];
    text_format(what, sizeof what, "%.1f/s, %d:%02d left  %s %s", rate, (int)left / 60,
                (int)left % 60, work->who, work->kit->exercise->name);
    if (grader->grading->quiet)
        return;
    if (isatty(STDERR_FILENO)) {
        progress_show(grader->done, grader->todo, grader->done ? what : work->who);
    } else if (grader->done && (seconds - grader->told >= 10 || grader->done == grader->todo)) {
        fprintf(stderr, "judged %zu of %zu, %.1f a second, %d:%02d left\n", grader->done,
                grader->todo, rate, (int)left / 60, (int)left % 60);
        grader->told = seconds;
    }
}

// The next work that is still to be made; NULL at the end. Must hold grader->lock.
static struct work *take(struct grader *grader)
{
    while (!grader->failed && grader->next < grader->work_count) {
        struct work *work = &grader->works[grader->next++];
        if (!work->assessment)
            return work;
    }
    return NULL;
}

static void *work_on(void *argument)
{
    struct grader *grader = argument;
    struct work *work;
    pthread_mutex_lock(&grader->lock);
    while ((work = take(grader)) != NULL) {
        struct problem problem = {""};
        pthread_mutex_unlock(&grader->lock);
        json_t *assessment = assess(grader->grading, work);
        pthread_mutex_lock(&grader->lock);
        work->assessment = assessment;
        pthread_mutex_unlock(&grader->lock);
        bool saved = save(grader->grading, work, &problem);
        pthread_mutex_lock(&grader->lock);
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

static bool work_all(struct grader *grader)
{
    grader->started = moment_now();
    crew_run(grader->grading->workers, grader->todo, work_on, grader);
    progress_clear();
    return !grader->failed;
}

// ---- Planning ----

static bool is_regraded(const struct grading *grading, const char *student, const char *exercise)
{
    if (!grading->regrade)
        return false;
    size_t length = strlen(student);
    const char *rest = grading->regrade;
    if (strcmp(rest, student) == 0 || strcmp(rest, exercise) == 0)
        return true;
    return strncmp(rest, student, length) == 0 && rest[length] == '/' &&
           strcmp(rest + length + 1, exercise) == 0;
}

// --regrade ungradable: all on which a tool failed.
static bool regrades_ungradable(const struct grading *grading)
{
    return grading->regrade && strcmp(grading->regrade, "ungradable") == 0;
}

static bool names_something(const struct grading *grading, struct problem *problem)
{
    if (regrades_ungradable(grading))
        return true;
    for (size_t i = 0; i < grading->submissions->count; i++)
        for (size_t k = 0; grading->exercises[k]; k++)
            if (is_regraded(grading, grading->submissions->all[i].id, grading->exercises[k]->name))
                return true;
    return problem_set(problem,
                       "--regrade %s fits no student and no exercise here; it takes a "
                       "student's id, an exercise's name, or ID/NAME",
                       grading->regrade);
}

static const struct kit *kit_of(const struct grader *grader, const struct exercise *exercise)
{
    const struct kit *kit = grader->kits;
    while (kit->exercise != exercise)
        kit++;
    return kit;
}

// The work with this key, made if there is none yet.
static size_t need(struct grader *grader, const struct submission *submission,
                   const struct handed_in *part, const struct exercise *exercise)
{
    const struct kit *kit = kit_of(grader, exercise);
    const char *const *texts = (const char *const *)part->texts;
    const char *key =
        assessment_key(grader->context, kit, texts, grader->grading->confinement != NULL);
    bool again = is_regraded(grader->grading, submission->id, exercise->name);
    for (size_t i = 0; i < grader->work_count; i++)
        if (strcmp(grader->works[i].key, key) == 0) {
            grader->works[i].again = grader->works[i].again || again;
            return i;
        }
    grader->works =
        array_grow(grader->context, grader->works, sizeof *grader->works, grader->work_count);
    grader->works[grader->work_count] = (struct work){
        .kit = kit,
        .texts = texts,
        .key = key,
        .who = submission->id,
        .again = again,
        .file = talloc_asprintf(grader->context, "assessments/%s-%.16s.json", exercise->name, key)};
    return grader->work_count++;
}

static bool is_start(const struct exercise *exercise, const struct handed_in *part)
{
    SHA256_CTX hash;
    char digest[SHA256_DIGEST_STRING_LENGTH];
    SHA256_Init(&hash);
    for (size_t i = 0; exercise->edit[i]; i++)
        SHA256_Update(&hash, (const uint8_t *)part->texts[i], strlen(part->texts[i]));
    SHA256_End(&hash, digest);
    return strcmp(digest, exercise->start) == 0;
}

// Whether the judges have to be asked; else the cell is settled.
static bool settle(const struct submission *submission, const struct handed_in *part,
                   struct cell *cell)
{
    if (submission->message) {
        cell->standing = STANDING_UNUSABLE;
        cell->message = submission->message;
    } else if (part->found == FOUND_NOTHING) {
        cell->standing = STANDING_MISSING;
        cell->message = part->message;
    } else if (part->found == FOUND_UNUSABLE) {
        cell->standing = STANDING_UNUSABLE;
        cell->message = part->message;
    } else if (is_start(cell->exercise, part)) {
        cell->standing = STANDING_NOT_STARTED;
        cell->message = "the file is as it was handed out";
        cell->remark = part->message;
    } else {
        cell->remark = part->message;
        return false;
    }
    return true;
}

// ---- From assessments to the class ----

static const struct handed_in *part_of(const struct grading *grading,
                                       const struct submission *submission,
                                       const struct exercise *exercise)
{
    size_t i = 0;
    while (grading->course->exercises[i] != exercise)
        i++;
    return &submission->parts[i];
}

// Settles what needs no judge, and plans the rest: `plan` gets the index of the work of each cell.
static void plan_student(struct grader *grader, const struct submission *submission,
                         struct student *student, size_t *plan)
{
    const struct grading *grading = grader->grading;
    *student = (struct student){.id = submission->id,
                                .name = submission->name,
                                .message = submission->message,
                                .late_factor = 1};
    for (size_t i = 0; grading->exercises[i]; i++) {
        student->cells = array_grow(grader->context, student->cells, sizeof *student->cells, i);
        struct cell *cell = &student->cells[i];
        *cell =
            (struct cell){.exercise = grading->exercises[i], .most = grading->exercises[i]->points};
        const struct handed_in *part = part_of(grading, submission, cell->exercise);
        plan[i] = settle(submission, part, cell) ? SIZE_MAX
                                                 : need(grader, submission, part, cell->exercise);
    }
}

static void load_all(struct grader *grader)
{
    for (size_t i = 0; i < grader->work_count; i++) {
        struct work *work = &grader->works[i];
        if (!work->again)
            work->assessment = load(grader->grading, work);
        if (work->assessment && regrades_ungradable(grader->grading) &&
            standing_of(work->assessment) == STANDING_UNGRADABLE) {
            json_decref(work->assessment);
            work->assessment = NULL;
        }
        grader->todo += !work->assessment;
    }
}

static int release_json(json_t **json)
{
    json_decref(*json);
    return 0;
}

// Ties the life of the assessments to the class's context.
static void hold(const void *context, json_t *assessment)
{
    json_t **holder = talloc(context, json_t *);
    *holder = assessment;
    talloc_set_destructor(holder, release_json);
}

static void count_student(struct student *student, size_t cells)
{
    for (size_t i = 0; i < cells; i++) {
        student->ungradable += student->cells[i].standing == STANDING_UNGRADABLE;
        student->refused += student->cells[i].standing == STANDING_REFUSED;
    }
}

static void fill(struct grader *grader, struct class *class, const size_t *plan)
{
    for (size_t i = 0; i < class->count; i++) {
        for (size_t k = 0; k < class->exercise_count; k++) {
            size_t work = plan[i * class->exercise_count + k];
            if (work != SIZE_MAX)
                stand(&class->students[i].cells[k], grader->works[work].assessment);
        }
        count_student(&class->students[i], class->exercise_count);
    }
}

static bool prepare(struct grader *grader, struct problem *problem)
{
    const struct grading *grading = grader->grading;
    size_t count = 0;
    for (; grading->exercises[count]; count++) {
        grader->kits = array_grow(grader->context, grader->kits, sizeof *grader->kits, count);
        if (!kit_make(grader->context, grading->course, grading->exercises[count],
                      &grader->kits[count], problem))
            return false;
    }
    return folder_make(grading->out, "assessments", problem) &&
           (!grading->regrade || names_something(grading, problem));
}

bool grading_run(const void *context, const struct grading *grading, struct class *class,
                 struct problem *problem)
{
    struct grader grader = {.grading = grading, .context = talloc_new(context), .problem = problem};
    if (!prepare(&grader, problem))
        return false;
    while (grading->exercises[class->exercise_count])
        class->exercise_count++;
    class->course = grading->course;
    class->exercises = grading->exercises;
    class->count = grading->submissions->count;
    class->sandboxed = grading->confinement != NULL;
    class->students = talloc_zero_array(context, struct student, (unsigned)class->count);
    size_t *plan = talloc_array_size(grader.context, sizeof *plan,
                                     (unsigned)(class->count * class->exercise_count));
    for (size_t i = 0; i < class->count; i++)
        plan_student(&grader, &grading->submissions->all[i], &class->students[i],
                     plan + i * class->exercise_count);
    load_all(&grader);
    pthread_mutex_init(&grader.lock, NULL);
    bool good = work_all(&grader);
    pthread_mutex_destroy(&grader.lock);
    for (size_t i = 0; i < grader.work_count; i++)
        hold(grader.context, grader.works[i].assessment);
    if (good)
        fill(&grader, class, plan);
    return good;
}
