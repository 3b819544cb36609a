// Reads back what the explorer wrote: captured reports (captured/explore/, made by capture.sh) of
// every kind of finding, and reports that are cut off, foreign, or say what nobody knows.

#include "base/files.h"
#include "judge/detectors/explore_report.h"
#include "judge/story.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>
#include <talloc.h>

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

static struct reading read_captured(void *context, const char *name)
{
    struct problem problem;
    struct reading reading;
    char *text = file_read(context, CAPTURED, talloc_asprintf(context, "explore/%s.json", name),
                           1 << 24, NULL, &problem);
    if (!text)
        fail_msg("%s", problem.text);
    explore_report_read(context, text, &reading);
    return reading;
}

static const struct {
    const char *name;
    enum kind kind;
    size_t accesses, threads; // of the finding, and of its story
} samples[] = {
    {"data_race", KIND_DATA_RACE, 2, 0},
    {"deadlock", KIND_DEADLOCK, 0, 3},
    {"lost_wakeup", KIND_LOST_WAKEUP, 0, 2},
    {"unlock_foreign", KIND_LOCK_MISUSE, 0, 0},
    {"use_after_free", KIND_USE_AFTER_FREE, 2, 2},
    {"double_free", KIND_DOUBLE_FREE, 2, 3},
    {"bad_free", KIND_BAD_FREE, 1, 2},
    {"overflow", KIND_OVERFLOW, 1, 2},
    {"assertion", KIND_ASSERTION, 0, 2},
    {"aborted", KIND_ABORT, 0, 2},
    {"null_pointer", KIND_CRASH, 0, 2},
};

static void reads_every_kind(void **state)
{
    for (size_t i = 0; i < sizeof samples / sizeof samples[0]; i++) {
        print_message("%s\n", samples[i].name);
        struct reading reading = read_captured(*state, samples[i].name);
        assert_int_equal(reading.state, READING_COMPLETE);
        assert_int_equal(reading.search_count, 1);
        assert_null(reading.searches[0].scene);
        assert_true(reading.searches[0].schedules > 0);
        assert_true(reading.count >= 1);
        const struct finding *finding = &reading.findings[0];
        assert_string_equal(kind_name(finding->kind), kind_name(samples[i].kind));
        assert_int_equal(finding->access_count, samples[i].accesses);
        assert_non_null(finding->story);
        assert_memory_equal(finding->story->schedule, "x1:", 3);
        assert_true(finding->story->bad.count > 0);
        assert_int_equal(finding->story->thread_count, samples[i].threads);
    }
}

// The circle: who waits for what, who holds it, and since when.
static void a_deadlock(void **state)
{
    struct reading reading = read_captured(*state, "deadlock");
    const struct story *story = reading.findings[0].story;
    const struct standing_thread *one = &story->threads[1], *other = &story->threads[2];
    assert_int_equal(one->stand, STAND_WAITS);
    assert_int_equal(one->deed, DEED_LOCK);
    assert_int_equal(one->hold_count, 1);
    assert_int_equal(other->hold_count, 1);
    assert_true(one->object == other->holds[0].object && other->object == one->holds[0].object);
    assert_true(one->where.count > 0 && one->holds[0].taken.count > 0);
    assert_true(story_waits(story, one) && story_waits(story, other));
    assert_false(story_waits(story, &story->threads[0])); // only joins them
    assert_true(story->good.count > 0);
}

// The report has the earlier access first, a finding the later one; places are still addresses,
// each of the instruction and not behind it.
static void a_race(void **state)
{
    struct reading reading = read_captured(*state, "data_race");
    const struct finding *race = &reading.findings[0];
    const struct place *later = &race->accesses[0].trace.places[0];
    size_t at = race->story->bad.count - 1;
    assert_null(later->function);
    while (at > 0 && race->story->bad.steps[at].place.address != later->address)
        at--;
    assert_int_equal(race->story->bad.steps[at].thread, race->accesses[0].thread);
    assert_true(race->story->bad.steps[at].size > 0);
}

static void what_cannot_be_followed(void **state)
{
    struct reading reading = read_captured(*state, "process");
    assert_int_equal(reading.state, READING_UNFOLLOWED);
    assert_string_equal(reading.note, "fork");
    assert_true(reading.crash.count > 0);
    assert_int_equal(reading.count, 0);
}

#define SEARCHED                                                                                   \
    "\"scenes\":[], \"driver\":{\"schedules\":5,\"exhausted\":true,\"reason\":null,\"woken\":0,\"unended\":0,\"left\":0}, "
#define STORY "\"found_at\":2,\"threads\":[],\"steps\":[],\"accesses\":[],\"object\":null"

// A promise goes with its scene, a schedule is told with it, and blanks in the scene's name may be
// typed.
static void scenes(void **state)
{
    static const char report[] =
        "{\"schema\":\"racelings/explore/v1\","
        "\"scenes\":[{\"name\":\"last piece\",\"promise\":\"True if so.\",\"schedules\":7,"
        "\"exhausted\":false,\"reason\":\"why\",\"woken\":3,\"unended\":2,\"left\":1}],\"driver\":null,\"unsupported\":null,"
        "\"findings\":[{\"kind\":\"wrong result\",\"scene\":\"last piece\",\"what\":\"first != second\","
        "\"schedule\":\"x1:1.2\"," STORY "}],\"complete\":true}";
    struct reading reading;
    explore_report_read(*state, report, &reading);
    assert_int_equal(reading.state, READING_COMPLETE);
    assert_int_equal(reading.search_count, 1);
    assert_string_equal(reading.searches[0].scene, "last piece");
    assert_string_equal(reading.searches[0].reason, "why");
    assert_int_equal(reading.searches[0].schedules, 7);
    assert_int_equal(reading.searches[0].woken, 3);
    assert_int_equal(reading.searches[0].unended, 2);
    assert_int_equal(reading.searches[0].left, 1);
    assert_string_equal(reading.findings[0].what, "first != second");
    assert_string_equal(reading.findings[0].story->promise, "True if so.");
    assert_string_equal(reading.findings[0].story->schedule, "last_piece/x1:1.2");
}

// No verdict is ever taken from half of a report.
static void broken_reports(void **state)
{
    static const struct {
        const char *text, *why;
    } reports[] = {
        {"", "line 1"},
        {"{\"schema\":\"racelings/explore/v1\", \"scenes\":[", "line 1"},
        {"{\"schema\":\"racelings/explore/v2\"}", "schema"},
        {"{\"schema\":\"racelings/explore/v1\", " SEARCHED "\"findings\":[]}", "not complete"},
        {"{\"schema\":\"racelings/explore/v1\", \"error\":\"this is no schedule\", "
         "\"complete\":false}",
         "this is no schedule"},
        {"{\"schema\":\"racelings/explore/v1\", \"findings\":[], \"complete\":true}", "no search"},
        {"{\"schema\":\"racelings/explore/v1\", " SEARCHED
         "\"findings\":[{\"kind\":\"bad mood\",\"schedule\":\"x1:\"," STORY
         "}], \"complete\":true}",
         "\"bad mood\" is not known"},
        {"{\"schema\":\"racelings/explore/v1\", " SEARCHED
         "\"findings\":[{\"kind\":\"deadlock\"," STORY "}], \"complete\":true}",
         "no schedule"},
        {"{\"schema\":\"racelings/explore/v1\", " SEARCHED
         "\"unsupported\":{\"stack\":[]}, \"findings\":[], \"complete\":true}",
         "has no name"},
    };
    for (size_t i = 0; i < sizeof reports / sizeof reports[0]; i++) {
        struct reading reading;
        explore_report_read(*state, reports[i].text, &reading);
        assert_int_equal(reading.state, READING_UNUSABLE);
        assert_int_equal(reading.count, 0);
        if (!strstr(reading.note, reports[i].why))
            fail_msg("report %zu: \"%s\" does not say \"%s\"", i, reading.note, reports[i].why);
    }
}

#define CUT_OFF                                                                                           \
    "\"endless\":[{\"kind\":\"no end\",\"scene\":\"one\",\"what\":\"paused\",\"schedule\":\"x1:1.2\","    \
    "\"found_at\":1},{\"kind\":\"no end\",\"scene\":\"two\",\"what\":\"paused\",\"schedule\":\"x1:2.3\"," \
    "\"found_at\":1}],\"complete\":true}"

// Of a scene without an end it is kept how it stood; not where anything else was found, nor of one
// that main alone was long to prepare.
static void a_scene_without_an_end(void **state)
{
    static const char searches[] =
        "{\"schema\":\"racelings/explore/v1\",\"scenes\":["
        "{\"name\":\"one\",\"schedules\":7,\"threads\":1,\"woken\":0,\"unended\":7,\"left\":0},"
        "{\"name\":\"two\",\"schedules\":63,\"threads\":3,\"woken\":0,\"unended\":63,\"left\":0},"
        "{\"name\":\"three\",\"schedules\":1,\"threads\":3,\"woken\":0,\"unended\":0,\"left\":0},"
        "{\"name\":\"four\",\"schedules\":1,\"threads\":3,\"woken\":0,\"unended\":0,\"left\":0}],";
    struct reading reading;
    explore_report_read(*state, talloc_asprintf(*state, "%s%s", searches, CUT_OFF), &reading);
    assert_int_equal(reading.state, READING_COMPLETE);
    assert_int_equal(reading.count, 1);
    assert_int_equal(reading.findings[0].kind, KIND_NO_END);
    assert_string_equal(reading.findings[0].what,
                        "none of 63 schedules of the scene \"two\" came to an end");
    assert_string_equal(reading.findings[0].story->schedule, "two/x1:2.3");
    explore_report_read(*state,
                        talloc_asprintf(*state, "%s%s%s", searches,
                                        "\"findings\":[{\"kind\":\"deadlock\",\"what\":\"stuck\","
                                        "\"scene\":\"four\",\"schedule\":\"x1:\"," STORY "}],",
                                        CUT_OFF),
                        &reading);
    assert_int_equal(reading.count, 1);
    assert_int_equal(reading.findings[0].kind, KIND_DEADLOCK);
}

static void every_deed_has_a_name(void **state)
{
    (void)state;
    for (enum deed deed = 0; deed < DEED_COUNT; deed++)
        assert_non_null(deed_name(deed));
    assert_int_equal(deed_find("timed lock"), DEED_LOCK);
    assert_int_equal(deed_find("nonsense"), DEED_OTHER);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_every_kind),
        cmocka_unit_test(a_deadlock),
        cmocka_unit_test(a_race),
        cmocka_unit_test(what_cannot_be_followed),
        cmocka_unit_test(scenes),
        cmocka_unit_test(broken_reports),
        cmocka_unit_test(a_scene_without_an_end),
        cmocka_unit_test(every_deed_has_a_name),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
