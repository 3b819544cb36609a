#include "verdict.h"

#include "death.h"
#include "endless.h"
#include "extent.h"
#include "story.h"

#include <string.h>
#include <talloc.h>

static const char *const names[VERDICT_COUNT] = {
    [VERDICT_CLEAN] = "clean",
    [VERDICT_REPORTED] = "reported",
    [VERDICT_WRONG_RESULT] = "wrong result",
    [VERDICT_CRASHED] = "crashed",
    [VERDICT_HUNG] = "hung",
    [VERDICT_FLOODED] = "prints too much",
    [VERDICT_DOES_NOT_BUILD] = "does not build",
    [VERDICT_REFUSED] = "refused",
    [VERDICT_ABSTAINS] = "abstains",
    [VERDICT_UNGRADABLE] = "ungradable",
};

const char *verdict_name(enum verdict verdict)
{
    return names[verdict];
}

enum verdict verdict_find(const char *name)
{
    enum verdict verdict = 0;
    while (verdict < VERDICT_COUNT && strcmp(names[verdict], name) != 0)
        verdict++;
    return verdict;
}

bool verdict_is_against(enum verdict verdict)
{
    return verdict != VERDICT_CLEAN && verdict != VERDICT_ABSTAINS && verdict != VERDICT_UNGRADABLE;
}

// A driver exits 1 when its invariant did not hold, and prints both numbers.
enum { DRIVER_WRONG_RESULT = 1 };

// What kinds of findings stand for, but for those that are reported as what they are; the
// weightiest first. Advice stands for nothing.
static const struct {
    enum kind kind;
    enum verdict verdict;
} meanings[] = {
    {KIND_TOUCHES_DRIVER, VERDICT_REFUSED},
    {KIND_READS_CODE, VERDICT_REFUSED},
    {KIND_CRASH, VERDICT_CRASHED},
    {KIND_ASSERTION, VERDICT_CRASHED},
    {KIND_ABORT, VERDICT_CRASHED},
    {KIND_WRONG_RESULT, VERDICT_WRONG_RESULT},
    {KIND_WAITS, VERDICT_WRONG_RESULT},
    {KIND_NO_PROGRESS, VERDICT_HUNG},
    {KIND_NO_END, VERDICT_HUNG},
};

static enum verdict meaning_of(enum kind kind)
{
    for (size_t i = 0; i < sizeof meanings / sizeof meanings[0]; i++)
        if (meanings[i].kind == kind)
            return meanings[i].verdict;
    return VERDICT_REPORTED;
}

// The first finding that stands for `verdict`, or NULL.
static const struct finding *finding_of(const struct reading *reading, enum verdict verdict)
{
    for (size_t i = 0; i < reading->count; i++)
        if (kind_counts(reading->findings[i].kind) &&
            meaning_of(reading->findings[i].kind) == verdict)
            return &reading->findings[i];
    return NULL;
}

// The finding that decides, and its verdict; NULL if none counts.
static const struct finding *weightiest(const struct reading *reading, enum verdict *verdict)
{
    static const enum verdict order[] = {VERDICT_REFUSED, VERDICT_REPORTED, VERDICT_CRASHED,
                                         VERDICT_WRONG_RESULT, VERDICT_HUNG};
    const struct finding *finding = NULL;
    for (size_t i = 0; !finding && i < sizeof order / sizeof order[0]; i++) {
        *verdict = order[i];
        finding = finding_of(reading, order[i]);
    }
    return finding;
}

const struct finding *verdict_finding(const struct reading *reading)
{
    enum verdict verdict;
    return weightiest(reading, &verdict);
}

// ", in the scene "last piece"", or nothing.
static const char *where_found(const void *context, const struct finding *finding)
{
    const struct story *story = finding->story;
    return story && story->scene ? talloc_asprintf(context, ", in the scene \"%s\"", story->scene)
                                 : "";
}

static const char *article(const char *noun)
{
    return strchr("aeio", noun[0]) ? "an" : "a";
}

static const char *place_told(const void *context, const struct finding *finding)
{
    const struct place *place = trace_own(&finding->where);
    return place ? talloc_asprintf(context, " at %s:%d", place->file, place->line) : "";
}

// "tram->lamp and door, which share a memory location".
static const char *variable_told(const void *context, const struct finding *finding)
{
    const char *comma = finding->packed ? strchr(finding->variable, ',') : NULL;
    if (!comma)
        return finding->variable;
    return talloc_asprintf(context, "%.*s and%s, which share a memory location",
                           (int)(comma - finding->variable), finding->variable, comma + 1);
}

// ": T2 was still running at pool.c:41"; "" where nobody was, in the program's own files.
static const char *still_running(const void *context, const struct story *story)
{
    for (size_t i = 0; story && i < story->thread_count; i++) {
        const struct standing_thread *thread = &story->threads[i];
        const struct place *place = trace_own(&thread->where);
        if (thread->stand == STAND_RUNS && place)
            return talloc_asprintf(context, ": %s was still running at %s:%d",
                                   thread_name(context, thread->thread), place->file, place->line);
    }
    return "";
}

static const char *describe_finding(const void *context, const struct detector *detector,
                                    const struct finding *finding)
{
    const char *kind = kind_name(finding->kind), *where = where_found(context, finding);
    switch (finding->kind) {
    case KIND_READS_CODE:
        return talloc_asprintf(context,
                               "it reads code, or the tables in which functions are found by "
                               "their names%s",
                               place_told(context, finding));
    case KIND_TOUCHES_DRIVER:
        return talloc_asprintf(context, "it reads or writes a static variable of the driver%s",
                               place_told(context, finding));
    case KIND_WRONG_RESULT:
        if (where[0] == '\0')
            return talloc_strdup(context, "the program itself says that its result is wrong");
        return talloc_asprintf(context, "a promise is broken%s: \"%s\"", where, finding->what);
    case KIND_NO_PROGRESS:
        return talloc_asprintf(context, "no thread gets on: those that run go in circles%s", where);
    case KIND_NO_END:
        return talloc_asprintf(context, "%s%s", finding->what,
                               still_running(context, finding->story));
    case KIND_ASSERTION: return talloc_asprintf(context, "%s%s", finding->what, where);
    case KIND_WAITS:
    case KIND_CRASH:
    case KIND_ABORT:
        return talloc_asprintf(context, "%s%s%s", finding->what, place_told(context, finding),
                               where);
    default: break;
    }
    if (finding->variable)
        return talloc_asprintf(context, "%s reports %s %s on %s%s", detector->title, article(kind),
                               kind, variable_told(context, finding), where);
    return talloc_asprintf(context, "%s reports %s %s%s", detector->title, article(kind), kind,
                           where);
}

// A run whose time was up. What only computes under a tool that makes it slower may be right: the
// plain run says whether it comes to an end.
static enum verdict decide_timeout(const void *context, const struct detector *detector,
                                   const struct outcome *outcome, const char **reason)
{
    if (outcome->stuck)
        *reason = talloc_strdup(context, "every thread waits for another to wake it, and none is "
                                         "left to do so");
    else if (outcome->waited)
        *reason =
            talloc_asprintf(context,
                            "all its threads wait, and after %.0f seconds none had gone on, so "
                            "it was ended",
                            outcome->seconds);
    else if (detector->slower)
        *reason = talloc_asprintf(context,
                                  "it was still computing after %.0f seconds. Under %s a program "
                                  "takes %s as long: give it less to do, or more time (--timeout)",
                                  outcome->seconds, detector->title, detector->slower);
    else
        *reason =
            talloc_asprintf(context,
                            "still running after %.0f seconds, of which it computed for %.0f, "
                            "so it was ended",
                            outcome->seconds, outcome->computed);
    return outcome->waited || !detector->slower ? VERDICT_HUNG : VERDICT_ABSTAINS;
}

// A run that the harness ended, or that never started.
static enum verdict decide_ended(const void *context, const struct detector *detector,
                                 const struct outcome *outcome, const char **reason)
{
    switch (outcome->ending) {
    case ENDED_TIMEOUT: return decide_timeout(context, detector, outcome, reason);
    case ENDED_FLOOD:
        *reason = talloc_asprintf(context, "prints too much to be judged (%zu MiB in one run)",
                                  outcome->output_size >> 20);
        return VERDICT_FLOODED;
    case ENDED_MEMORY:
        *reason = talloc_strdup(context, "it used more memory than it may, so it was ended");
        return VERDICT_CRASHED;
    case ENDED_CROWD:
        *reason = talloc_strdup(context, "it was more processes at once than it may be, so it was "
                                         "ended: does a child go on where only its parent should, "
                                         "and fork again?");
        return VERDICT_CRASHED;
    default:
        *reason =
            talloc_asprintf(context, "it could not be started: %s", strerror(outcome->number));
        return VERDICT_UNGRADABLE;
    }
}

// A run that ended by itself and of which the tool has nothing to report that counts; `note`, if
// not NULL, is what it has.
static enum verdict decide_silent(const void *context, const struct outcome *outcome,
                                  const char *note, const char **reason)
{
    if (outcome->ending == ENDED_SIGNALLED) {
        *reason = death_tell_signal(context, outcome->number, outcome->output);
        return VERDICT_CRASHED;
    }
    if (outcome->number > DRIVER_WRONG_RESULT) {
        *reason = talloc_asprintf(context,
                                  "ended with exit status %d, which stands for neither a "
                                  "right nor a wrong result",
                                  outcome->number);
        return VERDICT_CRASHED;
    }
    if (outcome->left_running > 0) {
        *reason = talloc_asprintf(context, "ended, but left %d process%s running",
                                  outcome->left_running, outcome->left_running > 1 ? "es" : "");
        return VERDICT_HUNG;
    }
    if (outcome->number == DRIVER_WRONG_RESULT) {
        *reason = talloc_strdup(context, "the program itself says that its result is wrong");
        return VERDICT_WRONG_RESULT;
    }
    *reason = talloc_strdup(context, note ? note : "nothing to report, and the result is right");
    return VERDICT_CLEAN;
}

// The program does what the tool cannot follow.
static enum verdict decide_unfollowed(const void *context, const struct detector *detector,
                                      const struct reading *reading, const char **reason)
{
    const struct place *place = trace_own(&reading->crash);
    const char *slash = place ? strrchr(place->file, '/') : NULL;
    const char *file = slash ? slash + 1 : place ? place->file : NULL;
    const char *where = place ? talloc_asprintf(context, " (%s:%d)", file, place->line) : "";
    *reason =
        talloc_asprintf(context, "%s cannot follow %s%s", detector->title, reading->note, where);
    return VERDICT_ABSTAINS;
}

// No schedule that was tried shows anything. Scenes are short, so one without an end hangs; of a
// driver that is not known, nor where main alone takes too many steps.
static enum verdict decide_explored(const void *context, const struct detector *detector,
                                    const struct reading *reading, const char **reason)
{
    const struct search *scene = endless_scene(reading);
    if (scene) {
        *reason = endless_told(context, scene);
        return VERDICT_HUNG;
    }
    if (endless_wholly(reading)) {
        *reason =
            talloc_asprintf(context,
                            "%s follows a run for some ten thousand steps, and this one is longer: "
                            "give it less to do",
                            detector->title);
        return VERDICT_ABSTAINS;
    }
    *reason = talloc_asprintf(context, "nothing to report in %s", extent_tell(context, reading));
    return VERDICT_CLEAN;
}

enum verdict verdict_decide(const void *context, const struct detector *detector,
                            const struct outcome *outcome, const struct reading *reading,
                            const char **reason)
{
    if (outcome->ending == ENDED_NOT_STARTED)
        return decide_ended(context, detector, outcome, reason);
    if (outcome->filtered) {
        *reason =
            "it asked the kernel for something that no answer has a use for, past the functions "
            "that it may call, and was ended";
        return VERDICT_REFUSED;
    }
    if (reading->state == READING_UNUSABLE) {
        *reason = talloc_strdup(context, reading->note);
        return VERDICT_UNGRADABLE;
    }
    enum verdict verdict;
    const struct finding *finding = weightiest(reading, &verdict);
    if (finding) {
        *reason = describe_finding(context, detector, finding);
        return verdict;
    }
    if (reading->state == READING_UNFOLLOWED)
        return decide_unfollowed(context, detector, reading, reason);
    if (process_ended_by_us(outcome))
        return decide_ended(context, detector, outcome, reason);
    if (reading->state == READING_CRASHED) {
        *reason = talloc_strdup(context, reading->note);
        return VERDICT_CRASHED;
    }
    if (reading->state == READING_CUT && outcome->ending == ENDED_EXITED) {
        *reason = talloc_asprintf(context,
                                  "%s was cut off before it had finished its report (does "
                                  "the program leave by quick_exit?)",
                                  detector->title);
        return VERDICT_UNGRADABLE;
    }
    if (detector->explores)
        return decide_explored(context, detector, reading, reason);
    return decide_silent(context, outcome, reading->note, reason);
}
