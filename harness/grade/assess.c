// workspace -> tamper_inspect, which compiles -> judge_compiled under each detector -> JSON.
#include "assess.h"

#include "base/files.h"
#include "base/text.h"
#include "base/words.h"
#include "grade/tamper/tamper.h"
#include "judge/company.h"
#include "judge/subjects.h"
#include "run/workspace.h"

#include <string.h>
#include <talloc.h>

const char assessment_schema[] = "racelings/assessment/v2";

enum { FILE_LIMIT = 4 << 20 };

// ---- The kit ----

static bool add_course_file(const void *context, const struct course *course, struct kit *kit,
                            SHA256_CTX *hash, const char *name, struct problem *problem)
{
    size_t size = 0;
    const char *path = path_join(context, kit->exercise->folder, name);
    const char *bytes = file_read(context, course->root, path, FILE_LIMIT, &size, problem);
    if (!bytes)
        return false;
    SHA256_Update(hash, (const uint8_t *)name, strlen(name) + 1);
    SHA256_Update(hash, (const uint8_t *)bytes, size);
    kit->files = array_grow(context, kit->files, sizeof *kit->files, kit->count);
    kit->files[kit->count++] = (struct course_file){talloc_strdup(context, name), bytes, size};
    return true;
}

// Everything in the exercise's folder that a build may need; prose stays out.
static bool is_build_file(const struct exercise *exercise, const char *name)
{
    const char *end = strrchr(name, '.');
    return !list_has(exercise->edit, name) && end && strcmp(end, ".md") != 0;
}

bool kit_make(const void *context, const struct course *course, const struct exercise *exercise,
              struct kit *kit, struct problem *problem)
{
    SHA256_CTX hash;
    SHA256_Init(&hash);
    *kit = (struct kit){.exercise = exercise};
    char **names = folder_list(context, course->root, exercise->folder, problem);
    for (size_t i = 0; names && names[i]; i++)
        if (is_build_file(exercise, names[i]) &&
            !add_course_file(context, course, kit, &hash, names[i], problem))
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

static void hash_words(SHA256_CTX *hash, const char *const *words)
{
    for (; *words; words++)
        SHA256_Update(hash, (const uint8_t *)*words, strlen(*words) + 1);
}

const char *assessment_key(const void *context, const struct kit *kit, const char *const *texts,
                           bool confined)
{
    SHA256_CTX hash;
    char *digest = talloc_zero_size(context, SHA256_DIGEST_STRING_LENGTH);
    SHA256_Init(&hash);
    SHA256_Update(&hash, (const uint8_t *)assessment_schema, strlen(assessment_schema) + 1);
    SHA256_Update(&hash, (const uint8_t *)(confined ? "sandbox" : "unsafe"), 7);
    SHA256_Update(&hash, (const uint8_t *)kit->digest, sizeof kit->digest);
    for (const struct detector *const *detector = detectors; *detector; detector++) {
        hash_words(&hash, (*detector)->recipe->flags);
        hash_words(&hash, (*detector)->recipe->link);
    }
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

static json_t *refusal_json(const char *file, int line, const char *reason, bool tampering)
{
    return json_pack("{s:s, s:i, s:o, s:b}", "file", file, "line", line, "reason",
                     json_words(reason), "tampering", tampering);
}

// What a judge saw the program do, and what it may not do: refused as by the inspection.
static json_t *refusal_by_judge(const struct judgement *judgement, const struct exercise *exercise)
{
    const struct finding *finding = verdict_finding(&judgement->reading);
    const struct place *place = finding ? trace_own(&finding->where) : NULL;
    const char *file = place ? place->file : exercise->edit[0];
    const char *slash = strrchr(file, '/');
    return refusal_json(slash ? slash + 1 : file, place ? place->line : 0, judgement->reason, true);
}

// Judges what was inspected: one build for each detector. `refused` is left alone, or becomes what
// a judge refuses it for.
static json_t *judge_all(void *context, const struct grading *grading,
                         const struct subject *subject, struct build *const *builds,
                         json_t **refused)
{
    json_t *judgements = json_array();
    struct company company = {0};
    for (size_t i = 0; detectors[i]; i++) {
        struct judgement judgement;
        judge_compiled(context, subject, detectors[i], builds[i], &judgement);
        company_hear(&company, &judgement);
        judgement.races_excluded = company_excludes_races(&company, &judgement);
        json_array_append_new(judgements, grading->keep(context, &judgement));
        if (judgement.verdict != VERDICT_REFUSED || !json_is_null(*refused))
            continue;
        json_decref(*refused);
        *refused = refusal_by_judge(&judgement, subject->exercise);
    }
    return judgements;
}

// What the judges say where none could look: the inspection itself failed.
static json_t *ungradable_all(const void *context, const struct grading *grading,
                              const struct subject *subject, const char *reason)
{
    json_t *judgements = json_array();
    for (const struct detector *const *detector = detectors; *detector; detector++) {
        const struct judgement judgement = {.subject = subject,
                                            .detector = *detector,
                                            .verdict = VERDICT_UNGRADABLE,
                                            .reason = reason,
                                            .output = "",
                                            .messages = ""};
        json_array_append_new(judgements, grading->keep(context, &judgement));
    }
    return judgements;
}

static const struct subject *make_subject(void *context, const struct grading *grading,
                                          const struct work *work, const char *root)
{
    struct subject *subject = talloc_zero(context, struct subject);
    const struct exercise *exercise = work->kit->exercise;
    subject->name = exercise->name;
    subject->variant = "yours";
    subject->exercise = exercise;
    subject->sources = subject_sources(subject, exercise, root, exercise->folder, NULL);
    subject->confinement = grading->confinement;
    subject->seconds = grading->seconds;
    return subject;
}

json_t *assess(const struct grading *grading, const struct work *work)
{
    void *context = talloc_new(NULL);
    struct problem problem = {""};
    struct refusal refusal = {0};
    json_t *refused = json_null(), *judgements = NULL;
    enum inspection inspection = INSPECTION_FAILED;
    struct build **builds = judge_no_builds(context);
    const char *root = workspace_new(context, &problem);
    const struct subject *subject = make_subject(context, grading, work, root ? root : "");
    if (root && write_kit(work, root, &problem))
        inspection = tamper_inspect(context, subject, builds, &refusal, &problem);
    if (inspection == INSPECTION_REFUSED || inspection == INSPECTION_NOT_ALLOWED)
        refused = refusal_json(refusal.file, refusal.line, refusal.reason,
                               inspection == INSPECTION_REFUSED);
    if (inspection == INSPECTION_FINE || inspection == INSPECTION_NOT_C)
        judgements = judge_all(context, grading, subject, builds, &refused);
    else if (inspection == INSPECTION_FAILED)
        judgements = ungradable_all(context, grading, subject, problem.text);
    json_t *assessment = json_pack(
        "{s:s, s:s, s:s, s:b, s:o, s:o, s:o}", "schema", assessment_schema, "exercise",
        work->kit->exercise->name, "key", work->key, "sandbox", grading->sandboxed, "files",
        files_json(work), "refused", refused, "judgements", judgements ? judgements : json_array());
    talloc_free(context);
    return assessment;
}
