#include "verdict.h"

#include <string.h>
#include <talloc.h>

static const char *const names[VERDICT_COUNT] = {
    [VERDICT_CLEAN] = "clean",
    [VERDICT_REPORTED] = "reported",
    [VERDICT_WRONG_RESULT] = "wrong result",
    [VERDICT_CRASHED] = "crashed",
    [VERDICT_HUNG] = "hung",
    [VERDICT_DOES_NOT_BUILD] = "does not build",
    [VERDICT_REFUSED] = "refused",
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

// A driver exits 1 when its invariant did not hold, and prints both numbers.
enum { DRIVER_WRONG_RESULT = 1 };

// The first finding that counts; advice does not.
static const struct finding *first_finding(const struct reading *reading)
{
    for (size_t i = 0; i < reading->count; i++)
        if (reading->findings[i].kind != KIND_ADVICE)
            return &reading->findings[i];
    return NULL;
}

static const char *describe_finding(const void *context, const struct detector *detector,
                                    const struct finding *finding)
{
    const char *kind = kind_name(finding->kind);
    if (finding->variable)
        return talloc_asprintf(context, "%s reports a %s on %s", detector->title, kind,
                               finding->variable);
    return talloc_asprintf(context, "%s reports a %s", detector->title, kind);
}

// A run that the harness ended, or that never started.
static enum verdict decide_ended(const void *context, const struct outcome *outcome,
                                 const char **reason)
{
    switch (outcome->ending) {
    case ENDED_TIMEOUT:
        *reason = talloc_asprintf(context, "still running after %.0f seconds, so it was ended",
                                  outcome->seconds);
        return VERDICT_HUNG;
    case ENDED_FLOOD:
        *reason =
            talloc_asprintf(context, "still writing after %zu bytes of output, so it was ended",
                            outcome->output_size);
        return VERDICT_HUNG;
    case ENDED_MEMORY:
        *reason = talloc_strdup(context, "it used more memory than it may, so it was ended");
        return VERDICT_CRASHED;
    default:
        *reason =
            talloc_asprintf(context, "it could not be started: %s", strerror(outcome->number));
        return VERDICT_UNGRADABLE;
    }
}

// A run that ended by itself and of which the tool has nothing to report that counts; `note`, if not
// NULL, is what it has.
static enum verdict decide_silent(const void *context, const struct outcome *outcome,
                                  const char *note, const char **reason)
{
    if (outcome->ending == ENDED_SIGNALLED) {
        *reason = talloc_asprintf(context, "ended by signal %d (%s)", outcome->number,
                                  strsignal(outcome->number));
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

enum verdict verdict_decide(const void *context, const struct detector *detector,
                            const struct outcome *outcome, const struct reading *reading,
                            const char **reason)
{
    if (outcome->ending == ENDED_NOT_STARTED)
        return decide_ended(context, outcome, reason);
    if (reading->state == READING_UNUSABLE) {
        *reason = talloc_strdup(context, reading->note);
        return VERDICT_UNGRADABLE;
    }
    const struct finding *finding = first_finding(reading);
    if (finding) {
        *reason = describe_finding(context, detector, finding);
        return VERDICT_REPORTED;
    }
    if (reading->state == READING_CRASHED) {
        *reason = talloc_strdup(context, reading->note);
        return VERDICT_CRASHED;
    }
    if (outcome->ending == ENDED_TIMEOUT || outcome->ending == ENDED_FLOOD ||
        outcome->ending == ENDED_MEMORY)
        return decide_ended(context, outcome, reason);
    if (reading->state == READING_CUT && outcome->ending == ENDED_EXITED) {
        *reason = talloc_asprintf(context,
                                  "%s was cut off before it had finished its report (does "
                                  "the program leave by quick_exit?)",
                                  detector->title);
        return VERDICT_UNGRADABLE;
    }
    return decide_silent(context, outcome, reading->note, reason);
}
