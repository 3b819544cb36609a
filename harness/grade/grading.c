// grading_run -> plan (which assessments are needed) -> assess each in a thread of its own (workspace
// -> tamper_inspect -> judge under each detector -> JSON -> file) -> fill the class.

#define _GNU_SOURCE
#include "grading.h"

#include "base/crew.h"
#include "base/files.h"
#include "base/moment.h"
#include "base/terminal.h"
#include "base/text.h"
#include "grade/tamper/tamper.h"
#include "judge/judge.h"
#include "output/explain.h"
#include "output/output.h"
#include "run/workspace.h"

#include <errno.h>
#include <pthread.h>
#include <sha256.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <talloc.h>
#include <unistd.h>

static const char schema[] = "racelings/assessment/v1";

enum { FILE_LIMIT = 4 << 20, OUTPUT_KEPT = 4000, ASSESSMENT_LIMIT = 16 << 20 };

// A file of the course that every judgement of an exercise gets a copy of.
struct course_file {
    const char *name;
    const char *bytes;
    size_t size;
};

// An exercise as it is handed to the compiler: the course's own files.
struct kit {
    const struct exercise *exercise;
    struct course_file *files;
    size_t count;
    char digest[SHA256_DIGEST_STRING_LENGTH]; // of these files and exercise.json
};

// One assessment that is needed, by one student or by many.
struct work {
    const struct kit *kit;
    const char *const *texts; // of the edit files
    const char *key;          // 64 hexadecimal digits
    const char *file;         // below the output folder
    const char *who;          // the first student who needs it
    json_t *assessment;       // NULL: not made yet
    bool again;               // --regrade: what is on the disk does not count
};

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

// ---- The course's own files ----

static bool add_course_file(struct grader *grader, struct kit *kit, SHA256_CTX *hash,
                            const char *name, struct problem *problem)
{
    size_t size = 0;
    const char *path = path_join(grader->context, kit->exercise->folder, name);
    const char *bytes =
        file_read(grader->context, grader->grading->course->root, path, FILE_LIMIT, &size, problem);
    if (!bytes)
        return false;
    SHA256_Update(hash, (const uint8_t *)name, strlen(name) + 1);
    SHA256_Update(hash, (const uint8_t *)bytes, size);
    kit->files = array_grow(grader->context, kit->files, sizeof *kit->files, kit->count);
    kit->files[kit->count++] =
        (struct course_file){talloc_strdup(grader->context, name), bytes, size};
    return true;
}

// Everything in the exercise's folder that a build may need; prose stays out.
static bool is_build_file(const struct exercise *exercise, const char *name)
{
    const char *end = strrchr(name, '.');
    return !list_has(exercise->edit, name) && end && strcmp(end, ".md") != 0;
}

static bool make_kit(struct grader *grader, const struct exercise *exercise, struct kit *kit,
                     struct problem *problem)
{
    SHA256_CTX hash;
    SHA256_Init(&hash);
    *kit = (struct kit){.exercise = exercise};
    char **names =
        folder_list(grader->context, grader->grading->course->root, exercise->folder, problem);
    for (size_t i = 0; names && names[i]; i++)
        if (is_build_file(exercise, names[i]) &&
            !add_course_file(grader, kit, &hash, names[i], problem))
            return false;
    SHA256_End(&hash, kit->digest);
    return names != NULL;
}

// Writes the exercise, with the student's files, below `root`.
static bool write_kit(const struct work *work, const char *root, struct problem *problem)
{
    const struct exercise *exercise = work->kit->exercise;
    char *folder = path_join(NULL, root, exercise->folder);
    bool good = folder_make(root, exercise->folder, problem);
    for (size_t i = 0; good && i < work->kit->count; i++)
        good = file_put(folder, work->kit->files[i].name, work->kit->files[i].bytes,
                        work->kit->files[i].size, problem);
    for (size_t i = 0; good && exercise->edit[i]; i++)
        good = file_put(folder, exercise->edit[i], work->texts[i], strlen(work->texts[i]), problem);
    talloc_free(folder);
    return good && sandbox_own(root, problem);
}

// ---- One assessment ----

static const char *make_key(const void *context, const struct kit *kit, const char *const *texts,
                            bool confined)
{
    SHA256_CTX hash;
    char *digest = talloc_zero_size(context, SHA256_DIGEST_STRING_LENGTH);
    SHA256_Init(&hash);
    SHA256_Update(&hash, (const uint8_t *)schema, sizeof schema);
    SHA256_Update(&hash, (const uint8_t *)(confined ? "sandbox" : "unsafe"), 7);
    SHA256_Update(&hash, (const uint8_t *)kit->digest, sizeof kit->digest);
    for (const struct detector *const *detector = detectors; *detector; detector++)
        for (const char *const *flag = (*detector)->recipe->flags; *flag; flag++)
            SHA256_Update(&hash, (const uint8_t *)*flag, strlen(*flag) + 1);
    for (size_t i = 0; kit->exercise->edit[i]; i++)
        SHA256_Update(&hash, (const uint8_t *)texts[i], strlen(texts[i]) + 1);
    SHA256_End(&hash, digest);
    return digest;
}

static json_t *files_json(const struct work *work)
{
    json_t *files = json_array();
    for (size_t i = 0; work->kit->exercise->edit[i]; i++)
        json_array_append_new(files, json_pack("{s:s, s:o}", "name", work->kit->exercise->edit[i],
                                               "text", json_words(work->texts[i])));
    return files;
}

// The beginning and the end of what the program printed.
static json_t *output_json(const void *context, const char *output)
{
    size_t size = strlen(output);
    if (size <= OUTPUT_KEPT)
        return json_words(output);
    return json_words(talloc_asprintf(context, "%.*s\n[... %zu bytes left out ...]\n%s",
                                      OUTPUT_KEPT / 2, output, size - OUTPUT_KEPT,
                                      output + size - OUTPUT_KEPT / 2));
}

static json_t *judged_json(const void *context, const struct judgement *judgement)
{
    char *story = NULL;
    size_t size = 0;
    json_t *json = json_judgement(judgement);
    FILE *file = open_memstream(&story, &size);
    explain_story(file, judgement);
    fclose(file);
    json_object_set_new(json, "story", json_words(story));
    json_object_set_new(json, "output", output_json(context, judgement->output));
    free(story);
    return json;
}

static json_t *judge_all(void *context, const struct subject *subject)
{
    json_t *judgements = json_array();
    for (const struct detector *const *detector = detectors; *detector; detector++) {
        struct judgement judgement;
        judge(context, subject, *detector, &judgement);
        json_array_append_new(judgements, judged_json(context, &judgement));
    }
    return judgements;
}

// What the judges say where none could look: the inspection itself failed.
static json_t *ungradable_all(const void *context, const struct subject *subject,
                              const char *reason)
{
    json_t *judgements = json_array();
    for (const struct detector *const *detector = detectors; *detector; detector++) {
        const struct judgement judgement = {.subject = subject,
                                            .detector = *detector,
                                            .verdict = VERDICT_UNGRADABLE,
                                            .reason = reason,
                                            .output = "",
                                            .messages = ""};
        json_array_append_new(judgements, judged_json(context, &judgement));
    }
    return judgements;
}

static const struct subject *make_subject(void *context, const struct grading *grading,
                                          const struct work *work, const char *root)
{
    struct subject *subject = talloc_zero(context, struct subject);
    const struct exercise *exercise = work->kit->exercise;
    const char **files = list_new(subject);
    for (size_t i = 0; exercise->sources[i]; i++)
        list_add(&files, path_join(files, exercise->folder, exercise->sources[i]));
    subject->name = exercise->name;
    subject->variant = "yours";
    subject->exercise = exercise;
    subject->sources = (struct sources){root, exercise->folder, files};
    subject->confinement = grading->confinement;
    subject->seconds = grading->seconds;
    return subject;
}

static enum inspection inspect(void *context, const struct grading *grading,
                               const struct subject *subject, struct refusal *refusal,
                               struct problem *problem)
{
    const char *folder = workspace_new(context, problem);
    const struct sandbox *sandbox = NULL;
    if (!folder)
        return INSPECTION_FAILED;
    if (grading->confinement)
        sandbox = confinement_build(context, grading->confinement, native_detector.recipe,
                                    &subject->sources, folder, problem);
    enum inspection inspection = INSPECTION_FAILED;
    if (sandbox || !grading->confinement)
        inspection = tamper_inspect(context, subject->exercise, &subject->sources, folder, sandbox,
                                    refusal, problem);
    talloc_free((void *)folder);
    return inspection;
}

// From files to an assessment; never fails: what goes wrong on our side is ungradable.
static json_t *assess(const struct grading *grading, const struct work *work)
{
    void *context = talloc_new(NULL);
    struct problem problem = {""};
    struct refusal refusal = {0};
    json_t *refused = json_null(), *judgements = NULL;
    enum inspection inspection = INSPECTION_FAILED;
    const char *root = workspace_new(context, &problem);
    const struct subject *subject = make_subject(context, grading, work, root ? root : "");
    if (root && write_kit(work, root, &problem))
        inspection = inspect(context, grading, subject, &refusal, &problem);
    if (inspection == INSPECTION_REFUSED)
        refused = json_pack("{s:s, s:i, s:o}", "file", refusal.file, "line", refusal.line, "reason",
                            json_words(refusal.reason));
    if (inspection == INSPECTION_FINE || inspection == INSPECTION_NOT_C)
        judgements = judge_all(context, subject);
    else if (inspection == INSPECTION_FAILED)
        judgements = ungradable_all(context, subject, problem.text);
    json_t *assessment =
        json_pack("{s:s, s:s, s:s, s:b, s:o, s:o, s:o}", "schema", schema, "exercise",
                  work->kit->exercise->name, "key", work->key, "sandbox",
                  grading->confinement != NULL, "files", files_json(work), "refused", refused,
                  "judgements", judgements ? judgements : json_array());
    talloc_free(context);
    return assessment;
}

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
    if (key && form && strcmp(key, work->key) == 0 && strcmp(form, schema) == 0)
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
    const char *key = make_key(grader->context, kit, texts, grader->grading->confinement != NULL);
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

static enum verdict verdict_of(const json_t *judgement)
{
    const char *name = json_string_value(json_object_get(judgement, "verdict"));
    return name ? verdict_find(name) : VERDICT_UNGRADABLE;
}

static const char *reason_of(const json_t *json)
{
    const char *reason = json_string_value(json_object_get(json, "reason"));
    return reason ? reason : "";
}

// A definite fault outweighs a judge that could not look: the work is not right in any case.
static enum standing standing_of(const json_t *assessment)
{
    size_t index;
    json_t *judgement;
    enum standing standing = STANDING_PASSED;
    if (json_is_object(json_object_get(assessment, "refused")))
        return STANDING_REFUSED;
    json_array_foreach(json_object_get(assessment, "judgements"), index, judgement)
    {
        enum verdict verdict = verdict_of(judgement);
        if (verdict == VERDICT_UNGRADABLE && standing == STANDING_PASSED)
            standing = STANDING_UNGRADABLE;
        else if (verdict != VERDICT_UNGRADABLE && verdict != VERDICT_CLEAN)
            standing = STANDING_FAILED;
    }
    return standing;
}

// The reason of the first judgement that says why the standing is what it is.
static const char *message_of(const json_t *assessment, enum standing standing)
{
    size_t index;
    json_t *judgement;
    if (standing == STANDING_REFUSED)
        return reason_of(json_object_get(assessment, "refused"));
    json_array_foreach(json_object_get(assessment, "judgements"), index, judgement)
    {
        enum verdict verdict = verdict_of(judgement);
        bool ungradable = verdict == VERDICT_UNGRADABLE;
        if (verdict != VERDICT_CLEAN && ungradable == (standing == STANDING_UNGRADABLE))
            return reason_of(judgement);
    }
    return NULL;
}

static void stand(struct cell *cell, const json_t *assessment)
{
    cell->assessment = assessment;
    cell->standing = standing_of(assessment);
    cell->message = message_of(assessment, cell->standing);
}

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
        if (!make_kit(grader, grading->exercises[count], &grader->kits[count], problem))
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
