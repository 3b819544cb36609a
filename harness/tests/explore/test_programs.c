// Whole programs under the explorer, from the folder programs/: what calls return must be the same as
// without it, each kind of fault must be found, in the scene where it is and in no other, and a schedule
// that shows one must show it again in another process.
//
// The promise of a scene there is the kind of fault that is expected: "clean" for none; with
// "exhausted" behind it all schedules must have been tried, and with "no circle" no thread may have been
// taken for one that waits.

#include <jansson.h>
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

// Runs the explored program with these settings, in a folder of its own; gives its report.
static json_t *explore(const char *program, const char *settings)
{
    char line[2 * PATH_MAX];
    snprintf(line, sizeof line,
             "rm -rf %1$s.run && mkdir %1$s.run && cd %1$s.run && "
             "RACELINGS_EXPLORE='%2$s' " PROGRAMS "/explored_%1$s",
             program, settings);
    int status = system(line);
    if (status != 0)
        fail_msg("%s ended with %#x", program, status);
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s.run/explore.json", program);
    json_error_t error;
    json_t *report = json_load_file(path, 0, &error);
    if (report == NULL)
        fail_msg("%s: line %d: %s", path, error.line, error.text);
    assert_true(json_is_true(json_object_get(report, "complete")));
    return report;
}

static const char *text(const json_t *object, const char *key)
{
    const char *value = json_string_value(json_object_get(object, key));
    return value != NULL ? value : "";
}

// ---- Calls ----

static void calls_return_what_they_should(void **state)
{
    static const char *const programs[] = {"calls_locks", "calls_threads", "calls_others",
                                           "calls_memory"};
    (void)state;
    for (size_t i = 0; i < sizeof programs / sizeof *programs; i++) {
        char line[PATH_MAX];
        snprintf(line, sizeof line, PROGRAMS "/native_%s", programs[i]);
        assert_int_equal(system(line), 0);
        json_t *report = explore(programs[i], "schedules=100 runs=0");
        const json_t *findings = json_object_get(report, "findings");
        if (json_array_size(findings) > 0)
            fail_msg("%s: %s", programs[i], json_dumps(json_array_get(findings, 0), JSON_COMPACT));
        assert_true(json_is_null(json_object_get(report, "unsupported")));
        json_decref(report);
    }
}

// ---- Scenes ----

static const json_t *finding_in(const json_t *report, const char *scene)
{
    size_t index;
    json_t *finding;
    json_array_foreach(json_object_get(report, "findings"), index,
                       finding) if (strcmp(text(finding, "scene"), scene) == 0) return finding;
    return NULL;
}

// The name as it is written in settings: without blanks.
static void name_scene(char *written, size_t size, const char *name)
{
    snprintf(written, size, "%s", name);
    for (char *c = written; *c != '\0'; c++)
        if (*c == ' ')
            *c = '_';
}

static void check_scene(const json_t *report, const json_t *scene)
{
    const char *name = text(scene, "name"), *promise = text(scene, "promise");
    const json_t *finding = finding_in(report, name);
    if (strncmp(promise, "clean", 5) == 0) {
        if (finding != NULL)
            fail_msg("%s: %s", name, text(finding, "what"));
        if (strstr(promise, "exhausted") != NULL &&
            !json_is_true(json_object_get(scene, "exhausted")))
            fail_msg("%s: not exhausted: %s", name, text(scene, "reason"));
        bool no_circle = strstr(promise, "no circle") != NULL;
        if (no_circle && strstr(text(scene, "reason"), "again and again") != NULL)
            fail_msg("%s: a thread was taken for one that waits", name);
        return;
    }
    if (finding == NULL)
        fail_msg("%s: no %s was found", name, promise);
    assert_string_equal(text(finding, "kind"), promise);
}

static void check_scenes(const char *program, const char *settings, size_t count)
{
    json_t *report = explore(program, settings);
    const json_t *scenes = json_object_get(report, "scenes");
    assert_int_equal(json_array_size(scenes), count);
    for (size_t i = 0; i < count; i++)
        check_scene(report, json_array_get(scenes, i));
    json_decref(report);
}

static void who_spins_waits_and_who_does_not_goes_on(void **state)
{
    (void)state;
    check_scenes("spinning", "schedules=200 runs=2000", 11);
}

static void each_kind_of_fault_is_found(void **state)
{
    (void)state;
    check_scenes("faults", "schedules=200 runs=2000", 25);
}

static void what_the_library_does_to_memory_is_seen(void **state)
{
    (void)state;
    check_scenes("library", "schedules=20 runs=100", 91);
}

static json_int_t number(const json_t *object, const char *key)
{
    return json_integer_value(json_object_get(object, key));
}

// Of each scene that never ends it is told how its threads stood: at least one still ran, somewhere.
static void check_endless(const json_t *report)
{
    size_t index, i, running;
    json_t *cut_off, *thread;
    json_array_foreach(json_object_get(report, "endless"), index, cut_off)
    {
        running = 0;
        assert_string_equal(text(cut_off, "kind"), "no end");
        json_array_foreach(json_object_get(cut_off, "threads"), i, thread) running +=
            strcmp(text(thread, "state"), "runs") == 0 &&
            json_array_size(json_object_get(thread, "stack")) > 0;
        if (running == 0)
            fail_msg("%s: nobody ran", text(cut_off, "scene"));
    }
    assert_int_equal(index, 5);
}

// A program that never ends, or makes much of each step, is cut off after so much work, and so few times that
// the search comes to its end. Nothing is wrong with it.
static void what_is_dear_is_cut_off(void **state)
{
    size_t index;
    json_t *report = explore("dear", "schedules=400 runs=2000 effort=400000"), *scene;
    (void)state;
    json_array_foreach(json_object_get(report, "scenes"), index, scene)
    {
        json_int_t schedules = number(scene, "schedules"), unended = number(scene, "unended");
        bool all_end = strcmp(text(scene, "promise"), "all end") == 0;
        if (unended != (all_end ? 0 : schedules) || (!all_end && schedules > 50))
            fail_msg("%s: %d of %d schedules were cut off", text(scene, "name"), (int)unended,
                     (int)schedules);
    }
    assert_int_equal(index, 7);
    assert_int_equal(json_array_size(json_object_get(report, "findings")), 0);
    assert_true(json_is_null(json_object_get(report, "unsupported")));
    check_endless(report);
    json_decref(report);
}

// The search by reduction alone: what it calls exhausted, nobody samples.
static void all_orders_are_all_orders(void **state)
{
    (void)state;
    check_scenes("orders", "schedules=0 runs=2000 woken=0", 7);
}

// What one scene teaches the search, as which memory is racy, must not change what comes of another.
static void a_scene_is_searched_as_if_it_were_alone(void **state)
{
    size_t index;
    json_t *all = explore("faults", "schedules=200 runs=2000"), *scene;
    (void)state;
    json_array_foreach(json_object_get(all, "scenes"), index, scene)
    {
        char settings[200] = "schedules=200 runs=2000 scene=";
        name_scene(settings + strlen(settings), 100, text(scene, "name"));
        json_t *alone = explore("faults", settings);
        assert_true(json_equal(json_array_get(json_object_get(alone, "scenes"), 0), scene));
        const json_t *finding = finding_in(all, text(scene, "name"));
        if (finding != NULL)
            assert_true(json_equal(finding_in(alone, text(scene, "name")), finding));
        json_decref(alone);
    }
    json_decref(all);
}

// What the first schedule finds racy is a point of choice in the second, in turn as well, from which those by
// chance learn.
static void what_is_found_racy_is_learned(void **state)
{
    enum { IN_TURN = 2, AFTER = 20 }; // so many by chance, once something has been found
    (void)state;
    json_t *report = explore("faults", "schedules=200 runs=0 scene=race");
    const json_t *scene = json_array_get(json_object_get(report, "scenes"), 0);
    assert_non_null(finding_in(report, "race"));
    assert_int_equal(number(scene, "schedules"), IN_TURN + AFTER);
    json_decref(report);
}

// A thread that waits for a lock has it looked at by the explorer itself: also when the lock is no more,
// whoever writes the report included.
static void a_lock_may_go_while_a_thread_waits_for_it(void **state)
{
    (void)state;
    json_t *report = explore("faults", "scene=freed_under_a_waiter schedules=20 runs=0");
    const json_t *findings = json_object_get(report, "findings");
    assert_int_equal(json_array_size(findings), 2);
    assert_string_equal(text(json_array_get(findings, 0), "kind"), "data race");
    assert_string_equal(text(json_array_get(findings, 1), "kind"), "use after free");
    json_decref(report);

    report = explore("faults", "scene=unmapped_under_a_waiter schedules=20 runs=0");
    findings = json_object_get(report, "findings");
    assert_int_equal(json_array_size(findings), 1);
    const char *what = text(json_array_get(findings, 0), "what");
    assert_string_equal(what, "T2 follows a pointer to nothing of its own");
    json_decref(report);
}

// Of two that wait for a semaphore, each is told as who posts the other's, at the place that other schedules
// show; a replay tells the same.
static void who_would_have_posted_is_told(void **state)
{
    (void)state;
    json_t *report = explore("faults", "scene=alone_at_the_hatch schedules=20 runs=200");
    const json_t *finding = finding_in(report, "alone at the hatch");
    const json_t *threads = json_object_get(finding, "threads");
    assert_int_equal(json_array_size(threads), 3);
    for (size_t id = 1; id <= 2; id++) {
        const json_t *poster = json_object_get(json_array_get(threads, id), "poster");
        assert_non_null(poster);
        assert_int_equal(number(poster, "thread"), 3 - id);
        assert_int_equal(json_array_size(json_object_get(poster, "stack")), 1);
    }
    char settings[200];
    snprintf(settings, sizeof settings, "scene=alone_at_the_hatch replay=%s",
             text(finding, "schedule"));
    json_t *again = explore("faults", settings);
    const json_t *same = finding_in(again, "alone at the hatch");
    assert_true(json_equal(json_object_get(same, "threads"), threads));
    json_decref(again);
    json_decref(report);
}

static void what_cannot_be_followed_is_named(void **state)
{
    (void)state;
    json_t *report = explore("unsupported", "schedules=20");
    const json_t *unsupported = json_object_get(report, "unsupported");
    assert_string_equal(text(unsupported, "what"), "fork");
    assert_true(json_array_size(json_object_get(unsupported, "stack")) > 0);
    assert_int_equal(json_array_size(json_object_get(report, "findings")), 0);
    json_decref(report);
}

// ---- Replays ----

// What one schedule shows, of this kind; NULL if it does not show it.
static const json_t *finding_of(const json_t *report, const char *kind)
{
    size_t index;
    json_t *finding;
    json_array_foreach(json_object_get(report, "findings"), index,
                       finding) if (strcmp(text(finding, "kind"), kind) == 0) return finding;
    return NULL;
}

// `how` is empty for a process of its own, as if nothing else had run.
static void replay(const json_t *finding, const char *how)
{
    char settings[1000], scene[100];
    name_scene(scene, sizeof scene, text(finding, "scene"));
    snprintf(settings, sizeof settings, "replay=%s scene=%s%s", text(finding, "schedule"), scene,
             how);
    json_t *report = explore("faults", settings);
    const json_t *again = finding_of(report, text(finding, "kind"));
    assert_non_null(again);
    assert_string_equal(text(again, "scene"), text(finding, "scene"));
    assert_true(json_equal(json_object_get(again, "steps"), json_object_get(finding, "steps")));
    json_decref(report);
}

// Whichever engine found it: each schedule in a process of its own, or one after another in one.
static void every_schedule_replays_in_both_engines(void **state)
{
    static const char *const settings[] = {"schedules=200 runs=0", "schedules=0 runs=2000 woken=0"};
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        size_t index;
        json_t *report = explore("faults", settings[i]), *finding;
        json_array_foreach(json_object_get(report, "findings"), index, finding)
        {
            replay(finding, "");
            replay(finding, " inside=1");
        }
        assert_true(index > 10);
        json_decref(report);
    }
}

static void the_same_seed_gives_the_same_report(void **state)
{
    (void)state;
    json_t *first = explore("faults", "schedules=200 runs=2000 seed=7");
    setenv("PADDING", "moves the stack and what the environment is copied to", 1);
    json_t *second = explore("faults", "schedules=200 runs=2000 seed=7");
    unsetenv("PADDING");
    assert_true(json_equal(first, second));
    json_decref(first);
    json_decref(second);
}

// What is told of a search but for addresses.
static void assert_same_search(const json_t *one, const json_t *other)
{
    const json_t *findings = json_object_get(one, "findings");
    assert_true(json_equal(json_object_get(one, "scenes"), json_object_get(other, "scenes")));
    assert_int_equal(json_array_size(findings),
                     json_array_size(json_object_get(other, "findings")));
    for (size_t i = 0; i < json_array_size(findings); i++) {
        const json_t *finding = json_array_get(findings, i);
        const json_t *twin = json_array_get(json_object_get(other, "findings"), i);
        assert_string_equal(text(finding, "kind"), text(twin, "kind"));
        assert_string_equal(text(finding, "schedule"), text(twin, "schedule"));
        assert_int_equal(number(finding, "found_at"), number(twin, "found_at"));
    }
}

// Where the linker puts code and data must not matter.
static void a_program_that_is_moved_is_searched_alike(void **state)
{
    static const char *const programs[] = {"spinning", "faults"};
    (void)state;
    for (size_t i = 0; i < sizeof programs / sizeof *programs; i++) {
        char moved[100];
        snprintf(moved, sizeof moved, "%s_moved", programs[i]);
        json_t *report = explore(programs[i], "schedules=60 runs=300");
        json_t *other = explore(moved, "schedules=60 runs=300");
        assert_same_search(report, other);
        json_decref(report);
        json_decref(other);
    }
}

int main(void)
{
    char folder[] = "/tmp/explore-XXXXXX";
    if (mkdtemp(folder) == NULL || chdir(folder) != 0)
        return 1;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(calls_return_what_they_should),
        cmocka_unit_test(who_spins_waits_and_who_does_not_goes_on),
        cmocka_unit_test(each_kind_of_fault_is_found),
        cmocka_unit_test(what_the_library_does_to_memory_is_seen),
        cmocka_unit_test(what_is_dear_is_cut_off),
        cmocka_unit_test(all_orders_are_all_orders),
        cmocka_unit_test(a_scene_is_searched_as_if_it_were_alone),
        cmocka_unit_test(what_is_found_racy_is_learned),
        cmocka_unit_test(a_lock_may_go_while_a_thread_waits_for_it),
        cmocka_unit_test(who_would_have_posted_is_told),
        cmocka_unit_test(what_cannot_be_followed_is_named),
        cmocka_unit_test(every_schedule_replays_in_both_engines),
        cmocka_unit_test(the_same_seed_gives_the_same_report),
        cmocka_unit_test(a_program_that_is_moved_is_searched_alike),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    char line[PATH_MAX];
    snprintf(line, sizeof line, "rm -rf %s", folder);
    return failed != 0 || system(line) != 0;
}
