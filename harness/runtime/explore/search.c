// The search through the schedules of one scene, or of main (search.h).

#include "search.h"

#include <stdio.h>

#include "choose.h"
#include "exhaust.h"
#include "shrink.h"

// Some schedules by chance.
struct passage {
    uint32_t number, end;   // of the next one; of the one past the last
    uint32_t woken;         // in which a wait woke for nothing
    uint32_t spurious_in;   // one wait in so many does
    uint32_t late;          // in which a load found an older value
    uint32_t older_in;      // one such load in so many does
    bool stubborn;          // who looks in vain goes on looking
    uint64_t effort_before; // result->effort when it began
};

// What the parts of a search share, in memory that processes share.
struct progress {
    const struct search *search;
    struct search_result *result;
    struct learned learned;
    uint32_t length; // of the longest run in turn
    bool weak;       // stores that may arrive late were made
    bool counted;    // a loop that looked in vain may have counted how often
    bool conditions; // were operated on in a run whose steps were seen; or a wait ended early
    bool inside;     // schedules by chance may be run inside one process
    struct passage passage;
    struct script trial;
    const struct signature *wanted; // while shrinking
    struct finding *shrunk;
    struct shrinking shrinking;
    bool replays_inside;
};

// Of one run, or of many, the dearest of which made `dearest`.
static void note_effort(struct search_result *result, uint64_t effort, uint64_t dearest)
{
    result->effort += effort;
    if (dearest > result->dearest)
        result->dearest = dearest;
}

static void note_outcome(struct progress *progress, const struct outcome *outcome)
{
    struct search_result *result = progress->result;
    progress->weak |= outcome->weak_stores > 0;
    progress->counted |= outcome->counted_vain > 0;
    if (outcome->threads > result->threads)
        result->threads = outcome->threads;
    if (outcome->step_count > result->longest)
        result->longest = outcome->step_count;
    result->unended += outcome->ending == ENDED_STEPS;
    result->left += outcome->ending == ENDED_WELL && !outcome->main_returned;
    note_effort(result, outcome->effort, outcome->effort);
    if (outcome->ending == ENDED_UNSUPPORTED) {
        snprintf(result->unsupported, sizeof result->unsupported, "%s", outcome->text);
        result->unsupported_stack = outcome->stack;
    }
}

static bool uses_conditions(const struct outcome *outcome)
{
    for (uint32_t i = 0; i < outcome->step_count; i++) {
        enum op op = outcome->steps[i].done.op;
        if (op == OP_WAIT || op == OP_SIGNAL || op == OP_BROADCAST)
            return true;
    }
    return false;
}

static struct schedule new_schedule(const struct search *search, const struct chooser *chooser)
{
    return (struct schedule){.scene = search->scene,
                             .seed = search->seed,
                             .chooser = chooser,
                             .steps_most = search->steps_most,
                             .effort_most = search->effort_most};
}

static const struct outcome *replay(const struct search *search, const struct script *script,
                                    bool inside)
{
    struct schedule schedule = new_schedule(search, NULL);
    schedule.inside = inside;
    schedule.replay = true;
    schedule.segments = script->segments;
    schedule.segment_count = script->segment_count;
    schedule.picks = script->picks;
    schedule.pick_count = script->pick_count;
    return search->runner->run(&schedule);
}

// ---- Findings ----

// Whether a schedule is one to set beside a failing one. Where every schedule has a data race, one
// that comes to the right result is still good beside a wrong one. Beside a data race none is:
// where it does not show, that is luck.
static bool goes_well(const struct outcome *outcome, const struct signature *wanted)
{
    struct signature shown;
    if (outcome->ending != ENDED_WELL || wanted->kind == KIND_RACE)
        return false;
    for (uint32_t index = 0; outcome_fault(outcome, index, &shown); index++)
        if (shown.kind != KIND_RACE)
            return false;
    return true;
}

static enum replayed replay_to_shrink(void *argument, const struct script *script)
{
    struct progress *progress = argument;
    const struct outcome *outcome = replay(progress->search, script, progress->replays_inside);
    progress->result->effort += outcome->effort;
    if (outcome_shows(outcome, progress->wanted))
        return REPLAY_FAILS;
    return goes_well(outcome, progress->wanted) ? REPLAY_GOES_WELL : REPLAY_DIFFERS;
}

static bool is_known(const struct search_result *result, const struct signature *signature)
{
    for (uint32_t i = 0; i < result->finding_count; i++)
        if (result->findings[i].signature.kind == signature->kind)
            return true;
    return false;
}

// Takes up a new fault that a run showed. Only the first of each kind: it is enough to mend.
static void add_finding(struct progress *progress, const struct outcome *outcome,
                        const struct signature *signature)
{
    struct search_result *result = progress->result;
    if (result->finding_count == FINDINGS_MOST || is_known(result, signature))
        return;
    struct finding *finding = &result->findings[result->finding_count++];
    finding->signature = *signature;
    finding->found_at = result->schedules;
    script_from(&finding->script, outcome);
}

// Whether the outcome shows any fault. New ones are added.
static bool take_findings(struct progress *progress, const struct outcome *outcome)
{
    struct signature shown;
    uint32_t index = 0;
    for (; outcome_fault(outcome, index, &shown); index++)
        add_finding(progress, outcome, &shown);
    return index > 0;
}

static uint64_t smaller(uint64_t one, uint64_t other)
{
    return one < other ? one : other;
}

// How often a schedule is replayed to shrink it: less often if runs are long, or dear.
static uint32_t replays_most(const struct progress *progress)
{
    enum { STEPS_REPLAYED = 2000000, EFFORT_REPLAYED = 4 * EFFORT_MOST };
    const struct search_result *result = progress->result;
    uint64_t affordable = smaller(STEPS_REPLAYED / (result->longest + UINT64_C(1)),
                                  EFFORT_REPLAYED / (result->dearest + 1));
    return (uint32_t)smaller(affordable, progress->search->replays);
}

static void shrink_from(struct progress *progress, struct finding *finding)
{
    progress->shrinking = (struct shrinking){.replay = replay_to_shrink,
                                             .argument = progress,
                                             .replays_most = replays_most(progress),
                                             .script = &finding->script,
                                             .trial = &progress->trial,
                                             .good = &finding->good};
    shrink(&progress->shrinking);
    finding->has_good = progress->shrinking.has_good;
}

// Inside one process; what it comes to counts if it is the same in processes of their own.
static void shrink_inside(void *argument)
{
    struct progress *progress = argument;
    progress->replays_inside = true;
    shrink_from(progress, progress->shrunk);
}

static bool is_confirmed(struct progress *progress, const struct finding *finding)
{
    progress->replays_inside = false;
    return replay_to_shrink(progress, &finding->script) == REPLAY_FAILS &&
           (!finding->has_good || replay_to_shrink(progress, &finding->good) == REPLAY_GOES_WELL);
}

static void shrink_finding(struct progress *progress, struct finding *finding)
{
    struct script *original = progress->search->runner->map(sizeof *original);
    script_copy(original, &finding->script);
    progress->wanted = &finding->signature;
    progress->shrunk = finding;
    bool ended = progress->search->runner->apart(shrink_inside, progress);
    bool failed_inside = progress->shrinking.replays > 1;
    if (ended && failed_inside && is_confirmed(progress, finding))
        return;
    script_copy(&finding->script, original);
    finding->has_good = false;
    progress->replays_inside = false;
    shrink_from(progress, finding);
}

// ---- Parts of the search ----

// In turn, without chance: from this run the choosers learn. Gives whether it has found racy
// places, which are points of choice in the next one; `clean` becomes false if anything was found.
static bool run_in_turn(struct progress *progress, bool *clean)
{
    struct schedule schedule = new_schedule(progress->search, &chooser_turn);
    schedule.unfair = true; // turns are fair
    const struct outcome *outcome = progress->search->runner->run(&schedule);
    bool has_more_points = outcome->new_racy > 0;
    progress->result->schedules++;
    note_outcome(progress, outcome);
    learn(&progress->learned, outcome->steps, outcome->step_count);
    progress->conditions |= uses_conditions(outcome);
    if (outcome->step_count > progress->length)
        progress->length = outcome->step_count;
    if (outcome->ending == ENDED_STEPS && progress->result->cut_off.segment_count == 0)
        script_from(&progress->result->cut_off, outcome);
    const char *reservation = outcome_reservation(outcome, 0);
    if (reservation != NULL)
        snprintf(progress->result->reason, sizeof progress->result->reason, "%s", reservation);
    *clean &= !take_findings(progress, outcome);
    return has_more_points;
}

// In turn, and once more with the points that the first time has taught. False if something was
// found.
static bool run_dry(struct progress *progress)
{
    bool clean = true;
    if (run_in_turn(progress, &clean))
        run_in_turn(progress, &clean);
    return clean;
}

// Every schedule that matters, inside one process. False if something was found, and confirmed in a
// process of its own.
static bool run_all(struct progress *progress)
{
    const struct search *search = progress->search;
    struct search_result *result = progress->result;
    struct exhaustion *exhaustion = search->runner->share(sizeof *exhaustion);
    exhaust(search, exhaustion);
    result->schedules += exhaustion->runs;
    result->unended += exhaustion->unended;
    result->left += exhaustion->left;
    note_effort(result, exhaustion->effort, exhaustion->dearest);
    result->exhausted = exhaustion->exhausted;
    if (exhaustion->threads > result->threads)
        result->threads = exhaustion->threads;
    if (exhaustion->longest > result->longest)
        result->longest = exhaustion->longest;
    snprintf(result->reason, sizeof result->reason, "%s", exhaustion->reason);
    progress->inside = exhaustion->came_back;
    if (!exhaustion->found)
        return true;
    if (take_findings(progress, replay(search, &exhaustion->script, false)))
        return false;
    progress->inside = false;
    snprintf(result->reason, sizeof result->reason,
             "what failed among many runs in one process did not fail in a process of its own");
    return true;
}

// Runs the next one of the passage. `again`: it was the last one that was run inside.
static const struct outcome *run_by_chance(const struct progress *progress, bool inside, bool again)
{
    enum { CHOOSERS = 4, STUBBORN = 24000 };
    const struct search *search = progress->search;
    const uint32_t number = progress->passage.number;
    const struct chooser *chooser =
        search->chooser != NULL ? search->chooser : choosers[number % CHOOSERS];
    if (progress->passage.stubborn)
        chooser = &chooser_walk;
    struct schedule schedule = new_schedule(search, chooser);
    uint64_t seed = search->seed;
    seed = random_next(&seed) + number; // near seeds must not share their schedules
    schedule.seed = random_next(&seed);
    schedule.length = progress->length;
    schedule.learned = &progress->learned;
    schedule.spurious_most = search->spurious_most;
    schedule.spurious_in = progress->passage.spurious_in;
    schedule.older_in = progress->passage.older_in;
    schedule.stubborn = progress->passage.stubborn ? STUBBORN >> number % 3 * 2 : 0;
    schedule.inside = inside;
    schedule.again = again;
    return search->runner->run(&schedule);
}

static void count_run(struct progress *progress, const struct outcome *outcome)
{
    progress->passage.number++;
    progress->passage.woken += outcome->spurious > 0;
    progress->passage.late += outcome->older > 0;
    progress->conditions |= uses_conditions(outcome) || outcome->spurious > 0;
    progress->result->schedules++;
    note_outcome(progress, outcome);
}

// The first few are run however dear they are, and some more if these are not very dear.
static bool has_passed(const struct progress *progress)
{
    enum { FEW = 4, SOME = 40 };
    const struct search *search = progress->search;
    const struct passage *passage = &progress->passage;
    uint64_t spent = progress->result->effort - passage->effort_before;
    return passage->number >= passage->end || (passage->number >= SOME && spent > search->effort) ||
           (passage->number >= FEW && spent > search->effort_in_all);
}

// Whether the outcome shows a fault that would be a finding of its own.
static bool shows_news(const struct search_result *result, const struct outcome *outcome)
{
    struct signature shown;
    for (uint32_t index = 0; outcome_fault(outcome, index, &shown); index++)
        if (result->finding_count < FINDINGS_MOST && !is_known(result, &shown))
            return true;
    return false;
}

// Whether it must be seen in a process of its own.
static bool is_eventful(const struct search_result *result, const struct outcome *outcome)
{
    return shows_news(result, outcome) || outcome->new_racy > 0 ||
           outcome->ending == ENDED_UNSUPPORTED;
}

// Inside one process, until something happens: then, and where a schedule ends the process, that
// one is not counted.
static void pass_uneventful(void *argument)
{
    struct progress *progress = argument;
    while (!has_passed(progress)) {
        const struct outcome *outcome = run_by_chance(progress, true, false);
        if (is_eventful(progress->result, outcome))
            return;
        count_run(progress, outcome);
    }
}

// Gives the next schedule's outcome, run in a process of its own; NULL at the end. Where runs
// inside one process may be trusted, those that show nothing new are run there, quickly, and not
// shown.
static const struct outcome *next_by_chance(struct progress *progress)
{
    const bool inside = progress->inside;
    if (inside)
        progress->search->runner->apart(pass_uneventful, progress);
    if (has_passed(progress))
        return NULL;
    const struct outcome *outcome = run_by_chance(progress, false, inside);
    count_run(progress, outcome);
    progress->inside = inside && is_eventful(progress->result, outcome);
    return outcome;
}

// By chance, the choosers in rotation. A place newly found racy is a point from then on: what was
// learned is learned again.
static void run_many(struct progress *progress, uint32_t schedules)
{
    enum { SPURIOUS_IN = 12 };
    struct search_result *result = progress->result;
    struct passage *passage = &progress->passage;
    const struct outcome *outcome;
    *passage = (struct passage){
        .end = schedules, .spurious_in = SPURIOUS_IN, .effort_before = result->effort};
    while (result->unsupported[0] == '\0' && (outcome = next_by_chance(progress)) != NULL) {
        bool learn_again = outcome->new_racy > 0;
        bool nothing_known = result->finding_count == 0;
        if (take_findings(progress, outcome) && nothing_known &&
            passage->end - passage->number > progress->search->after)
            passage->end = passage->number + progress->search->after;
        if (learn_again)
            run_dry(progress);
    }
}

// After all schedules in which nobody wakes for nothing: some in which that happens. Where the
// first few touch no condition variable there is nobody to wake; these few are run all the same,
// for they may show what is no step, so that no reduction knows of it: a part of the stack that is
// used again. False if something was found; else these schedules are not counted among all those of
// the program.
static bool run_woken(struct progress *progress)
{
    enum { SPURIOUS_IN = 2, FIRST = 8 };
    struct search_result *result = progress->result;
    struct passage *passage = &progress->passage;
    const uint32_t most = progress->search->woken;
    *passage = (struct passage){.end = FIRST < most ? FIRST : most,
                                .spurious_in = SPURIOUS_IN,
                                .effort_before = result->effort};
    while (!has_passed(progress)) {
        const struct outcome *outcome = next_by_chance(progress);
        if (outcome != NULL && (take_findings(progress, outcome) || result->unsupported[0] != '\0'))
            return false;
        if (progress->conditions)
            passage->end = most;
    }
    result->woken = passage->woken;
    result->schedules -= passage->number;
    return true;
}

// After all schedules in which each store arrives at once, where nothing was found: some in which
// stores arrive late, if any may. False if something was found; else these schedules are not
// counted among the others.
static bool run_late(struct progress *progress)
{
    enum { SPURIOUS_IN = 12, OLDER_IN = 2 };
    struct search_result *result = progress->result;
    struct passage *passage = &progress->passage;
    const struct outcome *outcome;
    *passage = (struct passage){.end = progress->search->late,
                                .spurious_in = SPURIOUS_IN,
                                .older_in = OLDER_IN,
                                .effort_before = result->effort};
    while ((outcome = next_by_chance(progress)) != NULL)
        if (take_findings(progress, outcome) || result->unsupported[0] != '\0')
            return false;
    result->late = passage->late;
    result->schedules -= passage->number;
    return true;
}

// Where nothing was found, but some thread looked again and again in vain, and its stack was not the
// same: it may count how often, and give up in the end. Some schedules in which it goes on looking
// for as long as that may take. These are not counted among the others.
static void run_stubborn(struct progress *progress)
{
    enum { STUBBORN_RUNS = 16, SPURIOUS_IN = 12 };
    struct search_result *result = progress->result;
    struct passage *passage = &progress->passage;
    const struct outcome *outcome;
    *passage = (struct passage){.end = STUBBORN_RUNS,
                                .spurious_in = SPURIOUS_IN,
                                .stubborn = true,
                                .effort_before = result->effort};
    while ((outcome = next_by_chance(progress)) != NULL)
        if (take_findings(progress, outcome) || result->unsupported[0] != '\0')
            return;
    result->schedules -= passage->number;
}

static void say_why_not_exhausted(struct search_result *result)
{
    const char *reason = result->finding_count > 0 ? "the search ended with what it had found"
                                                   : "only some schedules were run, by chance";
    if (!result->exhausted && result->reason[0] == '\0')
        snprintf(result->reason, sizeof result->reason, "%s", reason);
}

// Whether schedules by chance may be run inside one process. What a second one there might not find
// as it was at first, such as files, does no harm: what is found is seen again in a process of its
// own.
static bool can_be_repeated(const struct progress *progress)
{
    return progress->search->runs > 0 && progress->result->unsupported[0] == '\0';
}

// Not if the dry run has already shown something that keeps it from being a proof, or was so long
// that its variants cannot be all run.
static bool can_be_exhausted(struct progress *progress)
{
    enum { STEPS_EXHAUSTIBLE = 10000 };
    struct search_result *result = progress->result;
    if (progress->length > STEPS_EXHAUSTIBLE && result->reason[0] == '\0')
        snprintf(result->reason, sizeof result->reason, "a run takes %u steps", progress->length);
    return result->reason[0] == '\0' && can_be_repeated(progress);
}

struct search_result *search_run(const struct search *search)
{
    struct progress *progress = search->runner->share(sizeof *progress);
    struct search_result *result = search->runner->share(sizeof *result);
    progress->search = search;
    progress->result = result;
    bool clean = run_dry(progress);
    progress->inside = can_be_repeated(progress);
    if (clean && can_be_exhausted(progress))
        clean = run_all(progress);
    if (result->exhausted)
        result->exhausted = clean = run_woken(progress);
    if (!result->exhausted)
        run_many(progress, clean ? search->schedules : search->after);
    if (progress->weak && result->finding_count == 0 && result->unsupported[0] == '\0' &&
        !run_late(progress))
        result->exhausted = false;
    if (progress->counted && !result->exhausted && result->finding_count == 0 &&
        result->unsupported[0] == '\0')
        run_stubborn(progress);
    for (uint32_t i = 0; i < result->finding_count; i++)
        shrink_finding(progress, &result->findings[i]);
    say_why_not_exhausted(result);
    return result;
}

bool search_is_endless(const struct search_result *result)
{
    return result->unended > 0 && result->unended >= result->schedules;
}
