// What is remembered of judgements comes to what they came to when they were made, and so does what grading
// keeps of them: whoever decides, decides alike.

#include "course/course.h"
#include "desk/record.h"
#include "grade/standing.h"
#include "judge/panel.h"
#include "output/output.h"
#include "run/lost.h"
#include "tests/fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

enum { JUDGES = 4 };

// explore, tsan, helgrind, native: what each is promised to say of the starting program.
static struct promise promises[JUDGES] = {
    {.detector = "explore", .report = "deadlock"},
    {.detector = "tsan", .silent = "it sees no circle"},
    {.detector = "helgrind", .abstains = "it knows no such call"},
    {.detector = "native", .luck = "it must be unlucky"},
};

static const char *const edit[] = {"counter.c", NULL};
static const struct exercise exercise = {
    .name = "counter",
    .folder = "exercises/counter",
    .edit = (const char **)edit,
    .start = "as handed out",
    .promises = promises,
    .detector_count = JUDGES,
};

static const struct {
    bool shared; // another judge is promised to see the bug, too
    const char *note, *verdicts[JUDGES];
    enum decision decision;
    enum state state;
    enum standing standing;
} cases[] = {
    {false, NULL, {"clean", "clean", "abstains", "clean"},
     DECISION_CLEAN, STATE_DONE, STANDING_PASSED},
    {false, NULL, {"clean", "abstains", "abstains", "clean"},
     DECISION_CLEAN, STATE_DONE, STANDING_PASSED},
    // It alone sees the bug.
    {false, "fork", {"abstains", "clean", "clean", "clean"},
     DECISION_OPEN, STATE_UNKNOWN, STANDING_UNGRADABLE},
    {false, "fork", {"abstains", "clean", "clean", "wrong result"},
     DECISION_AT_FAULT, STATE_FAILING, STANDING_FAILED},
    // It does not, but it was lost.
    {true, "fork", {"abstains", "clean", "abstains", "clean"},
     DECISION_CLEAN, STATE_DONE, STANDING_PASSED},
    {true, LOST_COMPUTING, {"abstains", "clean", "abstains", "clean"},
     DECISION_OPEN, STATE_UNKNOWN, STANDING_UNGRADABLE},
    {true, LOST_BLOCKED, {"abstains", "clean", "abstains", "clean"},
     DECISION_OPEN, STATE_UNKNOWN, STANDING_UNGRADABLE},
    // Nobody is left who finds races.
    {true, "fork", {"abstains", "abstains", "abstains", "clean"},
     DECISION_OPEN, STATE_UNKNOWN, STANDING_UNGRADABLE},
};

static void whoever_decides_decides_alike(void **state)
{
    struct fixture *fixture = *state;
    const struct course course = {.root = fixture->root};
    const struct subject subject = {.name = "counter", .variant = "yours", .exercise = &exercise};
    put(fixture, "exercises/counter/counter.c", "int count;\n");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct panel panel = {0};
        json_t *judgements = json_array();
        promises[1].report = cases[i].shared ? "data race" : NULL;
        for (size_t k = 0; k < JUDGES; k++) {
            struct judgement judgement = {.subject = &subject,
                                          .detector = detectors[k],
                                          .verdict = verdict_find(cases[i].verdicts[k]),
                                          .reason = "",
                                          .output = "",
                                          .messages = ""};
            if (judgement.verdict == VERDICT_ABSTAINS)
                judgement.reading = (struct reading){
                    .state = READING_UNFOLLOWED, .note = k == 0 ? cases[i].note : "fences"};
            panel_hear(&panel, &judgement);
            record_verdict(&course, &judgement);
            json_array_append_new(judgements, json_judgement(&judgement));
        }
        json_t *assessment = json_pack("{s:n, s:o}", "refused", "judgements", judgements);
        enum standing standing = standing_of(assessment);
        json_decref(assessment);
        if (panel_decide(&panel) != cases[i].decision)
            fail_msg("case %zu: decision %d", i, (int)panel_decide(&panel));
        if (record_state(&course, &exercise) != cases[i].state)
            fail_msg("case %zu: state %d", i, (int)record_state(&course, &exercise));
        if (standing != cases[i].standing)
            fail_msg("case %zu: %s", i, standing_name(standing));
    }
}

// What stands in the way is named, and nothing where there is no such thing.
static void what_is_open_is_told(void **state)
{
    struct fixture *fixture = *state;
    const struct vote clean = {&tsan_detector, VERDICT_CLEAN, ABSENCE_COVERED};
    const struct vote needed = {&explore_detector, VERDICT_ABSTAINS, ABSENCE_NEEDED};
    const struct vote covered = {&explore_detector, VERDICT_ABSTAINS, ABSENCE_COVERED};
    const struct vote failed = {&native_detector, VERDICT_UNGRADABLE, ABSENCE_COVERED};
    struct panel decided = {0}, missed = {0}, few = {0}, tool = {0};
    panel_add(&decided, clean);
    panel_add(&decided, covered);
    assert_null(panel_tell_open(fixture->texts, &decided, "counter"));
    panel_add(&missed, clean);
    panel_add(&missed, needed);
    const char *told = panel_tell_open(fixture->texts, &missed, "counter");
    assert_non_null(strstr(told, "Nothing is decided about counter"));
    assert_non_null(strstr(told, "The explorer has to judge it, and abstains"));
    panel_add(&few, covered);
    told = panel_tell_open(fixture->texts, &few, "counter");
    assert_non_null(strstr(told, "all that were asked abstain"));
    panel_add(&tool, needed);
    panel_add(&tool, failed);
    assert_null(panel_tell_open(fixture->texts, &tool, "counter")); // that is told with the failure
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(whoever_decides_decides_alike, fixture_setup,
                                        fixture_teardown),
        cmocka_unit_test_setup_teardown(what_is_open_is_told, fixture_setup, fixture_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
