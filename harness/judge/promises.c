#include "promises.h"

#include "base/text.h"
#include "story.h"

#include <string.h>
#include <talloc.h>

static bool names_function(const struct trace *trace, const char *function)
{
    for (size_t i = 0; i < trace->count; i++)
        if (trace->places[i].file && strcmp(trace->places[i].function, function) == 0)
            return true;
    return false;
}

// Whether a thread that waits at the end does so in the function.
static bool waits_in(const struct story *story, const char *function)
{
    for (size_t i = 0; story && i < story->thread_count; i++)
        if (story_waits(story, &story->threads[i]) &&
            names_function(&story->threads[i].where, function))
            return true;
    return false;
}

// Whether the finding has the function among its places.
static bool is_in(const struct finding *finding, const char *function)
{
    bool found = names_function(&finding->where, function) || waits_in(finding->story, function);
    for (size_t i = 0; !found && i < finding->access_count; i++)
        found = names_function(&finding->accesses[i].trace, function);
    for (size_t i = 0; !found && i < finding->lock_count; i++)
        found = names_function(&finding->locks[i].taken, function) ||
                names_function(&finding->locks[i].wanted, function);
    return found;
}

static bool same_text(const char *one, const char *other)
{
    return one && other && strcmp(one, other) == 0;
}

// Whether a finding is of the promised kind, and in all else that the promise tells.
static bool fits(const struct promise *promise, const struct finding *finding)
{
    const char *scene = finding->story ? finding->story->scene : NULL;
    return strcmp(kind_name(finding->kind), promise->report) == 0 &&
           (!promise->function || is_in(finding, promise->function)) &&
           (!promise->variable || same_text(finding->variable, promise->variable)) &&
           (!promise->scene || same_text(scene, promise->scene));
}

// " in add", or nothing where `text` is NULL.
static const char *clause(void *context, const char *word, const char *text)
{
    return text ? talloc_asprintf(context, " %s %s", word, text) : "";
}

static const char *broken_report(void *context, const struct promise *promise,
                                 const struct judgement *judgement)
{
    bool detailed = promise->function || promise->variable || promise->scene;
    if (!detailed && strcmp(promise->report, verdict_name(judgement->verdict)) == 0)
        return NULL; // "wrong result", "hung", ...: the verdict is the promise
    for (size_t i = 0; i < judgement->reading.count; i++)
        if (judgement->verdict != VERDICT_UNGRADABLE && judgement->verdict != VERDICT_ABSTAINS &&
            fits(promise, &judgement->reading.findings[i]))
            return NULL;
    return talloc_asprintf(context, "promised is a %s%s%s%s, but the verdict is \"%s\": %s",
                           promise->report, clause(context, "in", promise->function),
                           clause(context, "on", promise->variable),
                           clause(context, "in the scene", promise->scene),
                           verdict_name(judgement->verdict), judgement->reason);
}

const char *promise_broken(void *context, const struct promise *promise,
                           const struct judgement *judgement)
{
    if (promise->report)
        return broken_report(context, promise, judgement);
    if (promise->abstains)
        return judgement->verdict == VERDICT_ABSTAINS
                   ? NULL
                   : talloc_asprintf(context,
                                     "promised is that %s abstains, but the verdict is \"%s\": %s",
                                     promise->detector, verdict_name(judgement->verdict),
                                     judgement->reason);
    if (judgement->verdict == VERDICT_CLEAN || judgement->verdict == VERDICT_WRONG_RESULT)
        return NULL; // nothing reported, as promised; the result is a matter of luck
    return talloc_asprintf(context,
                           "promised is that %s says nothing, but the verdict is \"%s\": %s",
                           promise->detector, verdict_name(judgement->verdict), judgement->reason);
}

const char *solution_broken(void *context, const char *const *abstains,
                            const struct judgement *judgement)
{
    const char *detector = judgement->detector->name;
    bool promised = abstains && list_has(abstains, detector);
    if (judgement->verdict == (promised ? VERDICT_ABSTAINS : VERDICT_CLEAN))
        return NULL;
    return talloc_asprintf(context, "%s: its verdict is \"%s\": %s",
                           promised ? "the judge is promised to abstain"
                                    : "a right answer is rejected",
                           verdict_name(judgement->verdict), judgement->reason);
}
