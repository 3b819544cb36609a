#include "doubt.h"

#include "absence.h"
#include "calls.h"
#include "detectors/detector.h"

#include <talloc.h>

static void abstain(struct judgement *judgement, const char *reason)
{
    judgement->verdict = VERDICT_ABSTAINS;
    judgement->reason = reason;
}

// Whether all that counts among the findings is about order: data races.
static bool all_about_order(const struct reading *reading)
{
    for (size_t i = 0; i < reading->count; i++)
        if (kind_counts(reading->findings[i].kind) && reading->findings[i].kind != KIND_DATA_RACE)
            return false;
    return true;
}

// What a program does that may order its threads, and of which ThreadSanitizer and Helgrind do not
// know what it orders: its own assembly, streams, whose reading and writing is within the library,
// what comes from the kernel without having been sent, and handlers that one thread has another
// run. The last two have no place in an exercise, where they must not stand for an excuse. NULL:
// nothing.
static const char *unknown_order(const void *context, const struct subject *subject)
{
    const struct sources *sources = &subject->sources;
    const char *assembly = calls_assembly(context, sources);
    const char *streams = assembly ? NULL : calls_streams(context, sources);
    if (assembly)
        return talloc_asprintf(context, "has assembly of its own (%s)", assembly);
    if (streams)
        return talloc_asprintf(context, "reads and writes by streams (%s)", streams);
    if (subject->exercise)
        return NULL;
    const char *standard = calls_standard(context, sources);
    if (standard)
        return talloc_asprintf(context, "reads and writes by streams (%s)", standard);
    const char *news = calls_news(context, sources);
    if (news)
        return talloc_asprintf(context, "waits for what the kernel does (%s)", news);
    const char *signals = calls_handlers(context, sources);
    return signals ? talloc_asprintf(context, "has handlers of signals that it sends (%s)", signals)
                   : NULL;
}

// The explorer is asked no such thing: it goes by what happens.
static void doubt_order(void *context, struct judgement *judgement)
{
    const struct detector *detector = judgement->detector;
    if (!detector->finds_races || detector->explores || judgement->verdict != VERDICT_REPORTED ||
        !all_about_order(&judgement->reading))
        return;
    const char *unknown = unknown_order(context, judgement->subject);
    if (unknown)
        abstain(judgement,
                talloc_asprintf(context,
                                "this program %s, of which %s does not know what it orders: "
                                "its report may be false",
                                unknown, detector->title));
}

// Threads that their library has not made end the tools in many ways, with no word of why; and some
// ways to leave are no end to them.
static void doubt_failure(void *context, struct judgement *judgement)
{
    const struct detector *detector = judgement->detector;
    if (!detector->finds_races || judgement->verdict != VERDICT_UNGRADABLE ||
        judgement->runs == 0 || judgement->subject->exercise)
        return;
    const char *call = calls_clone(context, &judgement->subject->sources);
    if (!call)
        call = calls_exit(context, &judgement->subject->sources);
    if (call)
        abstain(judgement, talloc_asprintf(context, "%s cannot follow %s", detector->title, call));
}

// OpenMP is left out of the judges' builds: what ran had one thread where the source has many, and
// the functions of its library are missing. That is so for every judge, so none is left to decide.
static void doubt_openmp(void *context, struct judgement *judgement)
{
    bool left_out =
        judgement->verdict == VERDICT_CLEAN || judgement->verdict == VERDICT_DOES_NOT_BUILD;
    const char *openmp = left_out && !judgement->subject->exercise
                             ? calls_openmp(context, &judgement->subject->sources)
                             : NULL;
    if (openmp)
        abstain(judgement,
                talloc_asprintf(context,
                                "this program uses OpenMP (%s), which is left out here: what is "
                                "judged is not what is written",
                                openmp));
}

void doubt(void *context, struct judgement *judgement)
{
    doubt_order(context, judgement);
    doubt_failure(context, judgement);
    absence_say(context, judgement);
    doubt_openmp(context, judgement);
}
