// The whole verdict table: every way a run can end, with every state of a report.

#include "judge/extent.h"
#include "judge/panel.h"
#include "judge/promises.h"
#include "judge/story.h"
#include "judge/verdict.h"
#include "run/lost.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <talloc.h>

static struct finding race = {.kind = KIND_DATA_RACE, .what = "data race"};
static struct finding advice = {.kind = KIND_ADVICE, .what = "dubious"};

// How the run ended (rows) and what the report was like (columns).
enum {
    COMPLETE,
    COMPLETE_WITH_RACE,
    COMPLETE_WITH_ADVICE,
    CUT,
    CUT_WITH_RACE,
    CRASHED,
    UNUSABLE,
    UNUSABLE_WITH_RACE,
    COLUMNS
};

static const struct {
    struct outcome outcome;
    const char *verdicts[COLUMNS];
} table[] = {
    // COMPLETE, with race, with advice, CUT, with race, CRASHED, UNUSABLE, with race
    {{.ending = ENDED_EXITED, .number = 0},
     {"clean", "reported", "clean", "ungradable", "reported", "crashed", "ungradable",
      "ungradable"}},
    {{.ending = ENDED_EXITED, .number = 1},
     {"wrong result", "reported", "wrong result", "ungradable", "reported", "crashed", "ungradable",
      "ungradable"}},
    {{.ending = ENDED_EXITED, .number = 2},
     {"crashed", "reported", "crashed", "ungradable", "reported", "crashed", "ungradable",
      "ungradable"}},
    {{.ending = ENDED_EXITED, .number = 66}, // ThreadSanitizer's, but no report: says nothing
     {"crashed", "reported", "crashed", "ungradable", "reported", "crashed", "ungradable",
      "ungradable"}},
    {{.ending = ENDED_EXITED, .number = 0, .left_running = 1},
     {"hung", "reported", "hung", "ungradable", "reported", "crashed", "ungradable", "ungradable"}},
    {{.ending = ENDED_SIGNALLED, .number = SIGSEGV, .output = ""},
     {"crashed", "reported", "crashed", "crashed", "reported", "crashed", "ungradable",
      "ungradable"}},
    {{.ending = ENDED_SIGNALLED, .number = SIGKILL, .output = ""},
     {"crashed", "reported", "crashed", "crashed", "reported", "crashed", "ungradable",
      "ungradable"}},
    {{.ending = ENDED_TIMEOUT, .seconds = 10, .waited = true},
     {"hung", "reported", "hung", "hung", "reported", "hung", "ungradable", "ungradable"}},
    {{.ending = ENDED_TIMEOUT, .seconds = 10, .computed = 9}, // it may be right, and only slow here
     {"abstains", "reported", "abstains", "abstains", "reported", "abstains", "ungradable",
      "ungradable"}},
    {{.ending = ENDED_FLOOD, .output_size = 1 << 20},
     {"prints too much", "reported", "prints too much", "prints too much", "reported",
      "prints too much", "ungradable", "ungradable"}},
    {{.ending = ENDED_NOT_STARTED, .number = ENOENT},
     {"ungradable", "ungradable", "ungradable", "ungradable", "ungradable", "ungradable",
      "ungradable", "ungradable"}},
};

static struct reading reading_of(int column)
{
    struct reading reading = {.state = READING_COMPLETE};
    if (column == CUT || column == CUT_WITH_RACE)
        reading.state = READING_CUT;
    if (column == CRASHED)
        reading = (struct reading){.state = READING_CRASHED, .note = "SEGV"};
    if (column == UNUSABLE || column == UNUSABLE_WITH_RACE)
        reading = (struct reading){.state = READING_UNUSABLE, .note = "the tool failed"};
    if (column == COMPLETE_WITH_RACE || column == CUT_WITH_RACE || column == UNUSABLE_WITH_RACE)
        reading.findings = &race, reading.count = 1;
    if (column == COMPLETE_WITH_ADVICE)
        reading.findings = &advice, reading.count = 1;
    return reading;
}

static void the_table_holds(void **state)
{
    for (size_t row = 0; row < sizeof table / sizeof table[0]; row++)
        for (int column = 0; column < COLUMNS; column++) {
            struct reading reading = reading_of(column);
            const char *reason = NULL;
            enum verdict verdict =
                verdict_decide(*state, &tsan_detector, &table[row].outcome, &reading, &reason);
            if (strcmp(verdict_name(verdict), table[row].verdicts[column]) != 0)
                fail_msg("row %zu, column %d: \"%s\", expected \"%s\"", row, column,
                         verdict_name(verdict), table[row].verdicts[column]);
            assert_non_null(reason);
            assert_true(strlen(reason) > 3);
        }
}

static void reasons_say_what_happened(void **state)
{
    const char *reason = NULL;
    struct reading nothing = {.state = READING_COMPLETE}, one = reading_of(COMPLETE_WITH_RACE);
    struct outcome crash = {.ending = ENDED_SIGNALLED, .number = SIGSEGV, .output = ""};
    struct outcome slow = {.ending = ENDED_TIMEOUT, .seconds = 20, .computed = 18};
    struct outcome missing = {.ending = ENDED_NOT_STARTED, .number = ENOENT};
    struct outcome daemon = {.ending = ENDED_EXITED, .left_running = 3};
    verdict_decide(*state, &tsan_detector, &crash, &nothing, &reason);
    assert_non_null(strstr(reason, "signal 11"));
    verdict_decide(*state, &tsan_detector, &slow, &nothing, &reason);
    assert_non_null(strstr(reason, "20 seconds"));
    assert_non_null(strstr(reason, "5 to 20 times as long"));
    assert_int_equal(verdict_decide(*state, &native_detector, &slow, &nothing, &reason),
                     VERDICT_HUNG);
    assert_non_null(strstr(reason, "computed for 18"));
    slow.waited = true;
    verdict_decide(*state, &tsan_detector, &slow, &nothing, &reason);
    assert_non_null(strstr(reason, "all its threads wait"));
    verdict_decide(*state, &tsan_detector, &missing, &nothing, &reason);
    assert_non_null(strstr(reason, "No such file"));
    verdict_decide(*state, &tsan_detector, &daemon, &nothing, &reason);
    assert_non_null(strstr(reason, "3 processes"));
    verdict_decide(*state, &helgrind_detector, &daemon, &one, &reason);
    assert_string_equal(reason, "Helgrind reports a data race");
    one.findings->variable = "tram->lamp, door";
    one.findings->packed = true;
    verdict_decide(*state, &helgrind_detector, &daemon, &one, &reason);
    assert_string_equal(reason, "Helgrind reports a data race on tram->lamp and door, which share "
                                "a memory location");
    *one.findings = (struct finding){.kind = KIND_DATA_RACE};
}

// What the explorer finds stands for every verdict there is; the weightiest finding decides.
static void the_explorers_findings(void **state)
{
    static const struct {
        enum kind kinds[2]; // in the order of the report
        enum verdict verdict;
    } cases[] = {
        {{KIND_DEADLOCK, KIND_NOTHING}, VERDICT_REPORTED},
        {{KIND_LOST_WAKEUP, KIND_NOTHING}, VERDICT_REPORTED},
        {{KIND_OVERFLOW, KIND_NOTHING}, VERDICT_REPORTED},
        {{KIND_WRONG_RESULT, KIND_NOTHING}, VERDICT_WRONG_RESULT},
        {{KIND_WAITS, KIND_NOTHING}, VERDICT_WRONG_RESULT},
        {{KIND_CRASH, KIND_NOTHING}, VERDICT_CRASHED},
        {{KIND_ASSERTION, KIND_NOTHING}, VERDICT_CRASHED},
        {{KIND_ABORT, KIND_NOTHING}, VERDICT_CRASHED},
        {{KIND_NO_PROGRESS, KIND_NOTHING}, VERDICT_HUNG},
        {{KIND_NO_END, KIND_NOTHING}, VERDICT_HUNG},
        {{KIND_NOTHING, KIND_ADVICE}, VERDICT_CLEAN},
        {{KIND_WRONG_RESULT, KIND_DATA_RACE}, VERDICT_REPORTED},
        {{KIND_NO_PROGRESS, KIND_WRONG_RESULT}, VERDICT_WRONG_RESULT},
        {{KIND_WRONG_RESULT, KIND_ABORT}, VERDICT_CRASHED},
        {{KIND_DATA_RACE, KIND_TOUCHES_DRIVER}, VERDICT_REFUSED},
        {{KIND_DATA_RACE, KIND_READS_CODE}, VERDICT_REFUSED},
    };
    const struct outcome outcome = {.ending = ENDED_EXITED};
    struct search search = {.schedules = 3};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct finding findings[] = {{.kind = cases[i].kinds[0], .what = "one"},
                                     {.kind = cases[i].kinds[1], .what = "other"}};
        struct reading reading = {.state = READING_COMPLETE,
                                  .findings = findings,
                                  .count = 2,
                                  .searches = &search,
                                  .search_count = 1};
        const char *reason = NULL;
        assert_int_equal(verdict_decide(*state, &explore_detector, &outcome, &reading, &reason),
                         cases[i].verdict);
        assert_non_null(reason);
        const struct finding *decisive = verdict_finding(&reading);
        assert_true(cases[i].verdict == VERDICT_CLEAN ? !decisive : decisive != NULL);
    }
}

// The program's own exit status is in the report: that of the run says nothing.
static void a_search_that_found_nothing(void **state)
{
    struct search searches[] = {{.scene = "one", .schedules = 200, .exhausted = true},
                                {.scene = "two", .schedules = 52, .exhausted = true},
                                {.scene = "three", .schedules = 100, .reason = "why"},
                                {.schedules = 2000, .reason = "why"}};
    const struct outcome outcome = {.ending = ENDED_EXITED};
    struct reading reading = {.state = READING_COMPLETE, .searches = searches, .search_count = 4};
    const char *reason = NULL;
    assert_int_equal(verdict_decide(*state, &explore_detector, &outcome, &reading, &reason),
                     VERDICT_CLEAN);
    assert_string_equal(reason, "nothing to report in all 252 interleavings of 2 scenes, 100 "
                                "schedules of 1 scene, 2,000 schedules of the driver");
    searches[3] = (struct search){.schedules = 1, .exhausted = true};
    reading.searches = &searches[3], reading.search_count = 1;
    assert_string_equal(extent_tell(*state, &reading), "the one interleaving of the driver");
    searches[3].woken = 31;
    assert_string_equal(extent_tell(*state, &reading),
                        "the one interleaving of the driver, 31 more "
                        "with wake-ups that nobody signalled");
    searches[0].unended = 1200;
    reading.searches = searches, reading.search_count = 2;
    assert_string_equal(extent_tell(*state, &reading),
                        "all 252 interleavings of 2 scenes, 1,200 of "
                        "which were cut off before their end");
    assert_int_equal(verdict_decide(*state, &explore_detector, &outcome, &reading, &reason),
                     VERDICT_HUNG); // none of "one" came to an end
    assert_non_null(strstr(reason, "scene \"one\""));
    long threads = searches[0].threads;
    searches[0].threads = 1; // main alone was still preparing it, which it did well in "two"
    reading.search_count = 3;
    assert_int_equal(verdict_decide(*state, &explore_detector, &outcome, &reading, &reason),
                     VERDICT_CLEAN);
    searches[1].unended = searches[1].schedules, searches[1].threads = 1; // nor in that
    assert_int_equal(verdict_decide(*state, &explore_detector, &outcome, &reading, &reason),
                     VERDICT_HUNG);
    searches[0].threads = threads;
    searches[0].unended = 0;
    searches[1] =
        (struct search){.schedules = 41, .unended = 41}; // the driver, after a scene that ended
    assert_int_equal(verdict_decide(*state, &explore_detector, &outcome, &reading, &reason),
                     VERDICT_CLEAN);
    reading.searches = &searches[1], reading.search_count = 1; // and alone
    assert_int_equal(verdict_decide(*state, &explore_detector, &outcome, &reading, &reason),
                     VERDICT_ABSTAINS);
    assert_non_null(strstr(reason, "this one is longer"));
    assert_string_equal(extent_number(*state, 1234567), "1,234,567");
    assert_string_equal(extent_number(*state, 999), "999");
}

// What cannot be followed is nobody's fault, and does not hide what was found elsewhere.
static void what_cannot_be_followed(void **state)
{
    struct place place = {.function = "start", .file = "a.c", .line = 9};
    struct finding finding = {.kind = KIND_DEADLOCK, .what = "stuck"};
    struct reading reading = {.state = READING_UNFOLLOWED, .note = "fork", .crash = {&place, 1}};
    const struct outcome outcome = {.ending = ENDED_EXITED};
    const char *reason = NULL;
    assert_int_equal(verdict_decide(*state, &explore_detector, &outcome, &reading, &reason),
                     VERDICT_ABSTAINS);
    assert_string_equal(reason, "The explorer cannot follow fork (a.c:9)");
    reading.findings = &finding, reading.count = 1;
    assert_int_equal(verdict_decide(*state, &explore_detector, &outcome, &reading, &reason),
                     VERDICT_REPORTED);
}

static struct judgement judgement_of(const struct subject *subject, const struct detector *judge,
                                     const char *verdict)
{
    return (struct judgement){.subject = subject,
                              .detector = judge,
                              .verdict = verdict_find(verdict),
                              .reason = "it cannot follow that"};
}

static void hear(struct panel *panel, const struct exercise *exercise, const struct detector *judge,
                 const char *verdict)
{
    const struct subject subject = {.exercise = exercise};
    const struct judgement judgement = judgement_of(&subject, judge, verdict);
    panel_hear(panel, &judgement);
}

// Who abstains leaves it to the others, if there are enough of them.
static void enough_must_have_judged(void **state)
{
    static const struct {
        const char *explore, *tsan, *native; // their verdicts; NULL: not asked
        enum decision decision;
    } cases[] = {
        {"clean", "clean", "clean", DECISION_CLEAN},
        {"abstains", "clean", "clean", DECISION_CLEAN},
        {"clean", "abstains", "clean", DECISION_CLEAN},
        {"abstains", "abstains", "clean", DECISION_OPEN},
        {"clean", "clean", "abstains", DECISION_OPEN},
        {"abstains", "reported", "clean", DECISION_AT_FAULT},
        {"abstains", "abstains", "wrong result", DECISION_AT_FAULT},
        {"abstains", "ungradable", "clean", DECISION_OPEN},
        {"reported", "ungradable", "clean", DECISION_AT_FAULT},
        {NULL, NULL, "clean", DECISION_CLEAN},
        {NULL, "clean", NULL, DECISION_CLEAN},
        {NULL, "abstains", NULL, DECISION_OPEN},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const char *verdicts[] = {cases[i].explore, cases[i].tsan, cases[i].native};
        const struct detector *judges[] = {&explore_detector, &tsan_detector, &native_detector};
        struct panel panel = {0};
        for (size_t k = 0; k < 3; k++)
            if (verdicts[k])
                hear(&panel, NULL, judges[k], verdicts[k]);
        if (panel_decide(&panel) != cases[i].decision)
            fail_msg("case %zu: %d", i, (int)panel_decide(&panel));
    }
}

// Whom an exercise does without is not missed, but its word counts when it has one.
static void promised_abstentions_are_not_missed(void **state)
{
    static struct promise promises[] = {
        {.detector = "explore", .abstains = "it cannot follow fork"},
        {.detector = "native", .report = "wrong result"}};
    static const struct exercise exercise = {.promises = promises, .detector_count = 2};
    static const struct {
        const char *explore;
        enum decision decision;
    } cases[] = {{"abstains", DECISION_CLEAN},
                 {"clean", DECISION_CLEAN},
                 {"reported", DECISION_AT_FAULT},
                 {"ungradable", DECISION_OPEN}};
    (void)state;
    assert_true(exercise_does_without(&exercise, "explore"));
    assert_false(exercise_does_without(&exercise, "native"));
    assert_false(exercise_does_without(&exercise, "drd"));
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct panel panel = {0};
        hear(&panel, &exercise, &explore_detector, cases[i].explore);
        hear(&panel, &exercise, &native_detector, "clean");
        assert_int_equal(panel_decide(&panel), cases[i].decision);
    }
    struct panel panel = {0};
    hear(&panel, &exercise, &native_detector, "abstains");
    assert_int_equal(panel_decide(&panel), DECISION_OPEN);
}

// Where one judge alone is sure to see the bug, nothing is decided without it.
static void who_alone_sees_the_bug_is_needed(void **state)
{
    static struct promise promises[] = {{.detector = "explore", .report = "deadlock"},
                                        {.detector = "tsan", .silent = "it sees no circle"},
                                        {.detector = "native", .luck = "it must be unlucky"}};
    const struct exercise exercise = {.promises = promises, .detector_count = 3};
    static const struct {
        const char *tsan_report; // NULL: it is silent
        const char *explore, *native;
        enum decision decision;
    } cases[] = {{NULL, "abstains", "clean", DECISION_OPEN},
                 {NULL, "clean", "clean", DECISION_CLEAN},
                 {NULL, "abstains", "wrong result", DECISION_AT_FAULT},
                 {"lock order", "abstains", "clean", DECISION_CLEAN}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct panel panel = {0};
        promises[1].report = cases[i].tsan_report;
        hear(&panel, &exercise, &explore_detector, cases[i].explore);
        hear(&panel, &exercise, &tsan_detector, "clean");
        hear(&panel, &exercise, &native_detector, cases[i].native);
        if (panel_decide(&panel) != cases[i].decision)
            fail_msg("case %zu: %d", i, (int)panel_decide(&panel));
    }
}

// The reason of an abstention says who decides then: nobody, where the explorer was lost in an answer, as
// answers have no reason to compute or to block for so long. Programs of one's own may have one.
static void an_abstention_says_who_decides(void **state)
{
    static struct promise promises[] = {{.detector = "explore", .report = "data race"},
                                        {.detector = "tsan", .report = "data race"},
                                        {.detector = "helgrind", .abstains = "it knows no fence"}};
    const struct exercise shared = {.promises = promises, .detector_count = 3};
    const struct exercise alone = {.promises = promises, .detector_count = 1};
    const struct {
        const struct exercise *exercise;
        const struct detector *judge;
        const char *note;
        enum absence absence;
        const char *who;
    } cases[] = {
        {&shared, &explore_detector, "fork", ABSENCE_COVERED, "; the others decide"},
        {&shared, &helgrind_detector, "fences", ABSENCE_PROMISED, "; the others decide"},
        {&shared, &explore_detector, LOST_BLOCKED, ABSENCE_NEEDED, "; no answer needs that"},
        {&shared, &explore_detector, LOST_COMPUTING, ABSENCE_NEEDED, "; no answer needs that"},
        {&alone, &explore_detector, "fork", ABSENCE_NEEDED, "; it alone is sure to see this bug"},
        {NULL, &explore_detector, LOST_COMPUTING, ABSENCE_COVERED, "; the others decide"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const struct subject subject = {.exercise = cases[i].exercise};
        struct judgement judgement = judgement_of(&subject, cases[i].judge, "abstains");
        judgement.reading.state = READING_UNFOLLOWED;
        judgement.reading.note = cases[i].note;
        assert_int_equal(absence_of(&judgement), cases[i].absence);
        absence_say(*state, &judgement);
        if (!strstr(judgement.reason, cases[i].who))
            fail_msg("case %zu: %s", i, judgement.reason);
    }
    const struct subject subject = {.exercise = &alone};
    struct judgement clean = judgement_of(&subject, &explore_detector, "clean");
    absence_say(*state, &clean);
    assert_int_equal(absence_of(&clean), ABSENCE_COVERED);
    assert_string_equal(clean.reason, "it cannot follow that");
}

// A right answer is clean; where it is promised that a judge abstains, that judge abstains.
static void solutions_are_judged_as_promised(void **state)
{
    static const char *const tsan_abstains[] = {"tsan", NULL};
    static const struct {
        enum verdict verdict;
        const char *const *abstains;
        bool broken;
    } cases[] = {
        {VERDICT_CLEAN, NULL, false},
        {VERDICT_ABSTAINS, NULL, true},
        {VERDICT_ABSTAINS, tsan_abstains, false},
        {VERDICT_CLEAN, tsan_abstains, true},
        {VERDICT_REPORTED, tsan_abstains, true},
        {VERDICT_REPORTED, NULL, true},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const struct judgement judgement = {
            .detector = &tsan_detector, .verdict = cases[i].verdict, .reason = "why"};
        const char *why = solution_broken(*state, cases[i].abstains, &judgement);
        if ((why != NULL) != cases[i].broken)
            fail_msg("case %zu: %s", i, why ? why : "nothing");
    }
}

static void names_are_found_again(void **state)
{
    (void)state;
    for (enum verdict verdict = 0; verdict < VERDICT_COUNT; verdict++)
        assert_int_equal(verdict_find(verdict_name(verdict)), verdict);
    assert_int_equal(verdict_find("perfect"), VERDICT_COUNT);
    for (enum kind kind = 0; kind < KIND_COUNT; kind++)
        assert_int_equal(kind_find(kind_name(kind)), kind);
    assert_int_equal(kind_find("mood"), KIND_COUNT);
}

static void detectors_are_found_by_name(void **state)
{
    (void)state;
    for (size_t i = 0; detectors[i]; i++) {
        assert_string_equal(detector_names[i], detectors[i]->name);
        assert_ptr_equal(detector_find(detector_names[i]), detectors[i]);
    }
    assert_null(detector_find("oracle"));
}

// What a starting program may show, for each kind of promise.
static void promises(void **state)
{
    struct place places[] = {{.function = "helper", .file = "a.c", .line = 3},
                             {.function = "main", .file = "main.c", .line = 9}};
    struct access access = {.trace = {places, 2}};
    struct finding finding = {
        .kind = KIND_DATA_RACE, .variable = "total", .accesses = &access, .access_count = 1};
    struct judgement judgement = {
        .verdict = VERDICT_REPORTED, .reason = "r", .reading = {.findings = &finding, .count = 1}};
    const struct promise kept[] = {
        {.detector = "tsan", .report = "data race"},
        {.detector = "tsan", .report = "data race", .function = "helper"},
        {.detector = "tsan", .report = "data race", .function = "main", .variable = "total"},
    };
    const struct promise broken[] = {
        {.detector = "tsan", .report = "lock-order inversion"},
        {.detector = "tsan", .report = "data race", .function = "other"},
        {.detector = "tsan", .report = "data race", .variable = "other"},
        {.detector = "tsan", .report = "wrong result"},
        {.detector = "tsan", .silent = "it cannot see it"},
        {.detector = "tsan", .luck = "as it comes"},
        {.detector = "tsan", .abstains = "it cannot follow it"},
    };
    for (size_t i = 0; i < sizeof kept / sizeof kept[0]; i++)
        assert_null(promise_broken(*state, &kept[i], &judgement));
    for (size_t i = 0; i < sizeof broken / sizeof broken[0]; i++)
        assert_non_null(promise_broken(*state, &broken[i], &judgement));
    judgement.verdict = VERDICT_ABSTAINS;
    assert_null(promise_broken(*state, &broken[6], &judgement));
}

// A place where a lock is wanted counts as well as one where it was taken.
static void a_promise_of_an_inversion(void **state)
{
    struct place taking = {.function = "open", .file = "a.c", .line = 3};
    struct place wanting = {.function = "copy", .file = "a.c", .line = 9};
    struct lock locks[] = {{.name = "M0", .taken = {&taking, 1}},
                           {.name = "M1", .wanted = {&wanting, 1}}};
    struct finding finding = {.kind = KIND_LOCK_ORDER, .locks = locks, .lock_count = 2};
    struct judgement judgement = {
        .verdict = VERDICT_REPORTED, .reason = "r", .reading = {.findings = &finding, .count = 1}};
    const char *const functions[] = {"open", "copy", "close"};
    for (size_t i = 0; i < 3; i++) {
        const struct promise promise = {
            .detector = "tsan", .report = "lock-order inversion", .function = functions[i]};
        assert_int_equal(promise_broken(*state, &promise, &judgement) == NULL, i < 2);
    }
}

// Of a deadlock the places where its threads wait count, and the scene it was found in.
static void a_promise_of_a_deadlock(void **state)
{
    struct place main_waits = {.function = "main", .file = "main.c", .line = 3};
    struct place waits = {.function = "transfer", .file = "a.c", .line = 9};
    struct standing_thread threads[] = {
        {.thread = 0, .stand = STAND_WAITS, .deed = DEED_JOIN, .where = {&main_waits, 1}},
        {.thread = 1, .stand = STAND_WAITS, .deed = DEED_LOCK, .where = {&waits, 1}}};
    struct story story = {.scene = "two ways", .threads = threads, .thread_count = 2};
    struct finding finding = {.kind = KIND_DEADLOCK, .story = &story};
    struct judgement judgement = {
        .verdict = VERDICT_REPORTED, .reason = "r", .reading = {.findings = &finding, .count = 1}};
    const struct promise promises[] = {
        {.report = "deadlock", .function = "transfer", .scene = "two ways"},
        {.report = "deadlock", .function = "transfer"},
        {.report = "deadlock", .function = "main"},
        {.report = "deadlock", .scene = "one way"},
        {.report = "lost wake-up", .scene = "two ways"},
    };
    for (size_t i = 0; i < sizeof promises / sizeof promises[0]; i++)
        assert_int_equal(promise_broken(*state, &promises[i], &judgement) == NULL, i < 2);
}

static void promises_of_silence_and_luck(void **state)
{
    const struct promise silent = {.detector = "helgrind", .silent = "blind"};
    const struct promise luck = {.detector = "native", .luck = "as it comes"};
    const struct promise wrong = {.detector = "native", .report = "wrong result"};
    for (enum verdict verdict = 0; verdict < VERDICT_COUNT; verdict++) {
        struct judgement judgement = {.verdict = verdict, .reason = "r"};
        bool quiet = verdict == VERDICT_CLEAN || verdict == VERDICT_WRONG_RESULT;
        assert_int_equal(promise_broken(*state, &silent, &judgement) == NULL, quiet);
        assert_int_equal(promise_broken(*state, &luck, &judgement) == NULL, quiet);
        assert_int_equal(promise_broken(*state, &wrong, &judgement) == NULL,
                         verdict == VERDICT_WRONG_RESULT);
    }
}

static int setup(void **state)
{
    *state = talloc_new(NULL);
    return 0;
}

static int teardown(void **state)
{
    talloc_free(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_table_holds),
        cmocka_unit_test(reasons_say_what_happened),
        cmocka_unit_test(the_explorers_findings),
        cmocka_unit_test(a_search_that_found_nothing),
        cmocka_unit_test(what_cannot_be_followed),
        cmocka_unit_test(enough_must_have_judged),
        cmocka_unit_test(promised_abstentions_are_not_missed),
        cmocka_unit_test(who_alone_sees_the_bug_is_needed),
        cmocka_unit_test(an_abstention_says_who_decides),
        cmocka_unit_test(solutions_are_judged_as_promised),
        cmocka_unit_test(names_are_found_again),
        cmocka_unit_test(detectors_are_found_by_name),
        cmocka_unit_test(promises),
        cmocka_unit_test(a_promise_of_an_inversion),
        cmocka_unit_test(a_promise_of_a_deadlock),
        cmocka_unit_test(promises_of_silence_and_luck),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
