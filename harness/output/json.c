// Judgements as JSON. One of them:
//
//   { "schema": "racelings/judgement/v1",
//     "exercise": "counter",            the file's name for `try`
//     "variant": "yours",               yours, broken, fixed, try, or the answer's file
//     "detector": "tsan",
//     "verdict": "reported",            clean, reported, wrong result, crashed, hung,
//                                       prints too much, does not build, refused, abstains, ungradable
//     "reason": "...",                  one sentence
//     "seconds": 0.61,                  wall clock: building, running, reading
//     "findings": [
//       { "kind": "data race",          see finding.c for all kinds
//         "what": "...",                the tool's sentence
//         "variable": "counter->value", null: unknown
//         "accesses": [
//           { "thread": 2,              0 is the main thread
//             "access": "write",        or "read"
//             "atomic": false, "size": 8,
//             "function": "counter_increment", "file": "exercises/...", "line": 14, "column": 20,
//             "locks": ["lock"] } ],    null: the tool does not tell
//         "cycle": [                    for a lock-order inversion, each lock and where it was taken
//           { "lock": "a",              (all four null: the tool does not tell)
//             "function": "...", "file": "...", "line": 10, "column": 5,
//             "wants": {...} } ],       where its holder wanted the cycle's next lock: function,
//                                       file, line, column; null: the tool does not tell
//         "place": {...},               for findings without an access: function, file, line, column
//         "story": {                    from a detector that chooses schedules:
//           "scene": "last piece",      null: the driver
//           "promise": "...",           what the scene checks; null: the driver
//           "schedule": "x1:1.5-2.9",   what `racelings replay` takes
//           "found_at": 3,              it was the n-th schedule tried; 0: it was asked for
//           "rows": [                   what happened, cut down to what matters
//             { "thread": 1,            -1: of several threads
//               "folded": 0,            steps left out in this row's place; 0: it is a step
//               "whole": false,         folded: all that the thread ever does
//               "stuck": false,         no step: the thread cannot go on, and that is the end
//               "decisive": false,      there the nearest good schedule lets another go on
//               "file": "...", "line": 12, "source": "counter->value++;",   null: not known
//               "effect": "counter->value 0 -> 1" } ],
//           "good": [...],              rows from the decisive one on, as it goes well; null: not known
//           "output": "..." } } ],      what the program printed in that schedule
//     "halted": [                       only of a run that was ended: where its threads were
//       { "threads": "T1, T2", "doing": "waiting in pthread_cond_wait",
//         "function": "...", "file": "...", "line": 9, "column": null } ],
//     "as_promised": true,              only where it abstains, and the exercise does without it
//     "needed": true,                   only where it abstains, and nothing is decided without it
//     "tried": [                        null: the detector chooses no schedules
//       { "scene": null, "schedules": 401,
//         "exhausted": false,           true: these are all that can come to different results
//         "reason": "...",              why not; null: they are
//         "late": 12,                   more schedules, in which stores of atomic objects arrived late
//         "woken": 31,                  if exhausted: more schedules, in which waits ended for nothing
//         "unended": 0 } ] }            how many were cut off because they came to no end

#include "output.h"
#include "story_json.h"

#include "base/words.h"
#include "explain.h"
#include "judge/absence.h"

#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <talloc.h>

// Of a judgement that is kept: bytes of what the program printed and of the story; findings.
enum { OUTPUT_KEPT = 4000, STORY_KEPT = 100000, FINDINGS_KEPT = 50 };

static void set_place(json_t *object, const struct place *place)
{
    json_object_set_new(object, "function", json_words(place ? place->function : NULL));
    json_object_set_new(object, "file", json_words(place ? place->file : NULL));
    json_object_set_new(object, "line", place ? json_integer(place->line) : json_null());
    json_object_set_new(object, "column",
                        place && place->column ? json_integer(place->column) : json_null());
}

static json_t *access_json(const struct access *access)
{
    json_t *object = json_object(), *locks = access->locks ? json_array() : json_null();
    for (const char **lock = access->locks; lock && *lock; lock++)
        json_array_append_new(locks, json_words(*lock));
    json_object_set_new(object, "thread", json_integer(access->thread));
    json_object_set_new(object, "access", json_string(access->write ? "write" : "read"));
    json_object_set_new(object, "atomic", json_boolean(access->atomic));
    json_object_set_new(object, "size", json_integer(access->size));
    set_place(object, trace_own(&access->trace));
    json_object_set_new(object, "locks", locks);
    return object;
}

static json_t *cycle_json(const struct finding *finding)
{
    json_t *cycle = json_array();
    for (size_t i = 0; i < finding->lock_count; i++) {
        json_t *lock = json_object();
        json_object_set_new(lock, "lock", json_words(finding->locks[i].name));
        set_place(lock, trace_own(&finding->locks[i].taken));
        const struct place *wanted = trace_own(&finding->locks[i].wanted);
        json_t *wants = wanted ? json_object() : json_null();
        if (wanted)
            set_place(wants, wanted);
        json_object_set_new(lock, "wants", wants);
        json_array_append_new(cycle, lock);
    }
    return cycle;
}

static json_t *finding_json(const char *root, const struct finding *finding)
{
    json_t *object = json_object(), *accesses = json_array();
    for (size_t i = 0; i < finding->access_count; i++)
        json_array_append_new(accesses, access_json(&finding->accesses[i]));
    json_object_set_new(object, "kind", json_string(kind_name(finding->kind)));
    json_object_set_new(object, "what", json_words(finding->what));
    json_object_set_new(object, "variable", json_words(finding->variable));
    json_object_set_new(object, "accesses", accesses);
    if (finding->kind == KIND_LOCK_ORDER)
        json_object_set_new(object, "cycle", cycle_json(finding));
    if (finding->where.count) {
        json_t *place = json_object();
        set_place(place, trace_own(&finding->where));
        json_object_set_new(object, "place", place);
    }
    if (finding->story)
        json_object_set_new(object, "story", story_json(root, finding));
    return object;
}

static json_t *halts_json(const struct judgement *judgement)
{
    json_t *halts = json_array();
    for (size_t i = 0; i < judgement->halt_count; i++) {
        json_t *halt = json_object();
        json_object_set_new(halt, "threads", json_words(judgement->halts[i].threads));
        json_object_set_new(halt, "doing", json_words(judgement->halts[i].doing));
        set_place(halt, &judgement->halts[i].place);
        json_array_append_new(halts, halt);
    }
    return halts;
}

json_t *json_judgement(const struct judgement *judgement)
{
    json_t *object = json_object(), *findings = json_array();
    for (size_t i = 0; i < judgement->reading.count; i++)
        json_array_append_new(findings, finding_json(judgement->subject->sources.root,
                                                     &judgement->reading.findings[i]));
    json_object_set_new(object, "schema", json_string("racelings/judgement/v1"));
    json_object_set_new(object, "exercise", json_words(judgement->subject->name));
    json_object_set_new(object, "variant", json_words(judgement->subject->variant));
    json_object_set_new(object, "detector", json_string(judgement->detector->name));
    json_object_set_new(object, "verdict", json_string(verdict_name(judgement->verdict)));
    json_object_set_new(object, "reason", json_words(judgement->reason));
    json_object_set_new(object, "seconds", json_real(round(judgement->seconds * 1000) / 1000));
    json_object_set_new(object, "findings", findings);
    json_object_set_new(object, "tried", tried_json(&judgement->reading));
    if (judgement->halt_count > 0)
        json_object_set_new(object, "halted", halts_json(judgement));
    enum absence absence = absence_of(judgement);
    if (absence == ABSENCE_PROMISED)
        json_object_set_new(object, "as_promised", json_true());
    if (absence == ABSENCE_NEEDED)
        json_object_set_new(object, "needed", json_true());
    return object;
}

char *json_judgements(const void *context, const struct job *jobs, size_t count)
{
    json_t *all = json_array(), *object = json_object();
    for (size_t i = 0; i < count; i++)
        json_array_append_new(all, json_judgement(&jobs[i].judgement));
    json_object_set_new(object, "judgements", all);
    char *text = json_dumps(object, JSON_INDENT(2) | JSON_REAL_PRECISION(6));
    char *copy = talloc_asprintf(context, "%s\n", text);
    free(text);
    json_decref(object);
    return copy;
}

// The beginning and the end of a text of more than `kept` bytes.
static json_t *shortened(const void *context, const char *text, size_t kept)
{
    size_t size = strlen(text);
    if (size <= kept)
        return json_words(text);
    return json_words(talloc_asprintf(context, "%.*s\n[... %zu bytes left out ...]\n%s",
                                      (int)(kept / 2), text, size - kept, text + size - kept / 2));
}

// A program can be made to have thousands of findings, which every output would repeat: the first
// tell.
static void keep_first(json_t *json)
{
    json_t *findings = json_object_get(json, "findings");
    size_t count = json_array_size(findings);
    for (size_t i = count; i > FINDINGS_KEPT; i--)
        json_array_remove(findings, i - 1);
    if (count > FINDINGS_KEPT)
        json_object_set_new(json, "findings_left_out",
                            json_integer((json_int_t)(count - FINDINGS_KEPT)));
}

json_t *json_kept(const void *context, const struct judgement *judgement)
{
    char *story = NULL;
    size_t size = 0;
    json_t *json = json_judgement(judgement);
    FILE *file = open_memstream(&story, &size);
    explain_story(file, judgement);
    fclose(file);
    keep_first(json);
    json_object_set_new(json, "story", shortened(context, story, STORY_KEPT));
    json_object_set_new(json, "output", shortened(context, judgement->output, OUTPUT_KEPT));
    free(story);
    return json;
}
