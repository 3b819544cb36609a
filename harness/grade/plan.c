// plan_make -> settle what needs no judge -> need: the works, found by their keys -> load what
// there is.
#include "plan.h"

#include "base/files.h"
#include "base/text.h"
#include "kept.h"
#include "standing.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <talloc.h>

static const size_t nothing = SIZE_MAX; // in plan->needed

// ---- Judging again ----

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

// ---- Works, by their keys ----

// A key is a digest: any of its digits are as good as a hash.
static uint64_t number_of(const char *key)
{
    char digits[17];
    memcpy(digits, key, 16);
    digits[16] = '\0';
    return strtoull(digits, NULL, 16);
}

// Where the work with this key stands in the table, or would.
static size_t *slot_of(const struct plan *plan, const char *key)
{
    size_t at = number_of(key) & (plan->room - 1);
    while (plan->table[at] && strcmp(plan->works[plan->table[at] - 1].key, key) != 0)
        at = (at + 1) & (plan->room - 1);
    return &plan->table[at];
}

// Keeps the table at most half full.
static void make_room(struct plan *plan)
{
    if (2 * (plan->count + 1) <= plan->room)
        return;
    plan->room = plan->room ? 2 * plan->room : 1024;
    talloc_free(plan->table);
    plan->table = talloc_zero_array(plan, size_t, (unsigned)plan->room);
    for (size_t i = 0; i < plan->count; i++)
        *slot_of(plan, plan->works[i].key) = i + 1;
}

size_t plan_part_of(const struct work *work, int parts)
{
    // Other digits than those that choose a place in the table or begin a file's name.
    return number_of(work->key + 32) % (uint64_t)parts + 1;
}

bool plan_is_mine(const struct plan *plan, const struct work *work)
{
    const struct grading *grading = plan->grading;
    return !grading->parts || plan_part_of(work, grading->parts) == (size_t)grading->part;
}

size_t plan_mine(const struct plan *plan)
{
    size_t mine = 0;
    for (size_t i = 0; i < plan->count; i++)
        mine += plan_is_mine(plan, &plan->works[i]);
    return mine;
}

size_t plan_todo(const struct plan *plan)
{
    size_t todo = 0;
    for (size_t i = 0; i < plan->count; i++)
        todo += plan_is_mine(plan, &plan->works[i]) && !plan->works[i].made;
    return todo;
}

static const struct kit *kit_of(const struct plan *plan, const struct exercise *exercise)
{
    const struct kit *kit = plan->kits;
    while (kit->exercise != exercise)
        kit++;
    return kit;
}

// The index of the work that this part of a submission needs, made if there is none yet.
static size_t need(struct plan *plan, const struct submission *submission,
                   const struct handed_in *part, const struct exercise *exercise)
{
    const struct kit *kit = kit_of(plan, exercise);
    const char *const *texts = (const char *const *)part->texts;
    const char *key = assessment_key(plan, kit, texts, plan->grading->sandboxed);
    bool again = is_regraded(plan->grading, submission->id, exercise->name);
    make_room(plan);
    size_t *slot = slot_of(plan, key);
    if (*slot) {
        plan->works[*slot - 1].again = plan->works[*slot - 1].again || again;
        talloc_free((void *)key);
        return *slot - 1;
    }
    plan->works = array_grow(plan, plan->works, sizeof *plan->works, plan->count);
    plan->works[plan->count] = (struct work){.kit = kit,
                                             .texts = texts,
                                             .key = key,
                                             .who = submission->id,
                                             .again = again,
                                             .file = kept_file(plan, exercise->name, key)};
    *slot = ++plan->count;
    return plan->count - 1;
}

// ---- Cells that need no judge ----

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
    } else if (handed_in_is_start(cell->exercise, part->texts)) {
        cell->standing = STANDING_NOT_STARTED;
        cell->message = "The file is as it was handed out.";
        cell->remark = part->message;
    } else {
        cell->remark = part->message;
        return false;
    }
    return true;
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

static void plan_student(struct plan *plan, const struct submission *submission,
                         struct student *student, size_t *needed)
{
    const struct grading *grading = plan->grading;
    *student = (struct student){.id = submission->id,
                                .name = submission->name,
                                .message = submission->message,
                                .late_factor = 1};
    for (size_t i = 0; grading->exercises[i]; i++) {
        student->cells = array_grow(plan, student->cells, sizeof *student->cells, i);
        struct cell *cell = &student->cells[i];
        *cell =
            (struct cell){.exercise = grading->exercises[i], .most = grading->exercises[i]->points};
        const struct handed_in *part = part_of(grading, submission, cell->exercise);
        bool settled = settle(submission, part, cell);
        needed[i] = settled ? nothing : need(plan, submission, part, cell->exercise);
        plan->cells += !settled;
    }
}

// ---- What there is ----

void plan_note(struct plan *plan, struct work *work, const json_t *assessment)
{
    work->made = true;
    work->standing = standing_of(assessment);
    work->message = talloc_strdup(plan, standing_reason(assessment, work->standing));
}

static void load_all(struct plan *plan)
{
    for (size_t i = 0; i < plan->count; i++) {
        struct work *work = &plan->works[i];
        if (work->again || !plan->grading->out || !plan_is_mine(plan, work))
            continue;
        json_t *assessment = kept_load(plan->grading->out, work->file, work->key);
        work->again = assessment && regrades_ungradable(plan->grading) &&
                      standing_of(assessment) == STANDING_UNGRADABLE;
        if (assessment && !work->again)
            plan_note(plan, work, assessment);
        json_decref(assessment);
    }
}

static bool make_kits(struct plan *plan, struct problem *problem)
{
    const struct grading *grading = plan->grading;
    for (size_t i = 0; grading->exercises[i]; i++) {
        plan->kits = array_grow(plan, plan->kits, sizeof *plan->kits, i);
        if (!kit_make(plan, grading->course, grading->exercises[i], &plan->kits[i], problem))
            return false;
    }
    return true;
}

static void describe(const struct grading *grading, struct class *class)
{
    while (grading->exercises[class->exercise_count])
        class->exercise_count++;
    class->course = grading->course;
    class->exercises = grading->exercises;
    class->count = grading->submissions->count;
    class->sandboxed = grading->sandboxed;
}

struct plan *plan_make(const void *context, const struct grading *grading, struct class *class,
                       struct problem *problem)
{
    struct plan *plan = talloc_zero(context, struct plan);
    plan->grading = grading;
    if (!make_kits(plan, problem) || (grading->regrade && !names_something(grading, problem)))
        return NULL;
    describe(grading, class);
    class->students = talloc_zero_array(plan, struct student, (unsigned)class->count);
    plan->needed = talloc_array_size(plan, sizeof *plan->needed,
                                     (unsigned)(class->count * class->exercise_count));
    for (size_t i = 0; i < class->count; i++)
        plan_student(plan, &grading->submissions->all[i], &class->students[i],
                     plan->needed + i * class->exercise_count);
    load_all(plan);
    return plan;
}

// ---- From works to the class ----

static void fill_cell(const struct work *work, struct cell *cell)
{
    cell->standing = work->made ? work->standing : STANDING_UNGRADABLE;
    cell->message = work->made ? work->message : NULL;
    cell->kept = work->made ? work->file : NULL;
}

static void count_student(struct student *student, size_t cells)
{
    student->ungradable = student->refused = 0;
    for (size_t i = 0; i < cells; i++) {
        student->ungradable += student->cells[i].standing == STANDING_UNGRADABLE;
        student->refused += student->cells[i].standing == STANDING_REFUSED;
    }
}

void plan_fill(const struct plan *plan, struct class *class)
{
    for (size_t i = 0; i < class->count; i++) {
        for (size_t k = 0; k < class->exercise_count; k++) {
            size_t work = plan->needed[i * class->exercise_count + k];
            if (work != nothing)
                fill_cell(&plan->works[work], &class->students[i].cells[k]);
        }
        count_student(&class->students[i], class->exercise_count);
    }
}
