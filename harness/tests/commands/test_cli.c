// Judging as people and scripts meet it: the program itself is run, on a course of one exercise.

#include "base/files.h"
#include "run/workspace.h"
#include "tests/commands/one_exercise.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <talloc.h>

static void no_folder_for_temporary_files(void **state)
{
    struct scene *scene = *state;
    shell(scene, "echo 'int main(void) { return 0; }' > a.c");
    scene->temp = "/nowhere";
    expect(scene, "try a.c", 3, "TMPDIR to a folder");
    scene->temp = "/proc";
    expect(scene, "check --course . counter --variant broken", 3, "TMPDIR to a folder");
}

static void programs_of_ones_own(void **state)
{
    struct scene *scene = *state;
    shell(scene, "cp %s/data_race.c racy.c; echo 'int main(void) { return x; }' > bad.c; "
          "echo '#include <stdlib.h>\nint main(int n, char **v) { return n == 3 && atoi(v[2]) == 5 ? 0 : 1; }'"
          " > args.c", KINDS);
    expect(scene, "try racy.c --detector tsan", 1, "data race on total");
    assert_said(scene, " 8 bytes, holding blue\n"); // which thread comes first is the scheduler's
    assert_said(scene, " 8 bytes, holding red\n");
    assert_said(scene, "racy.c:22, in add_blue");
    assert_said(scene, "two different locks order nothing");
    expect(scene, "try bad.c --detector native", 1, "does not build");
    assert_said(scene, "use of undeclared identifier 'x'");
    expect(scene, "try args.c -- -j 5", 0, "clean");
    expect(scene, "try args.c --detector native -- 5", 1, "wrong result");
    expect(scene, "try args.c --quiet -- -j 5", 0, "");
    assert_string_equal(scene->output, "");
}

// Two threads, the same two lines, and a lock that is called differently in each.
static void a_lock_order_inversion(void **state)
{
    struct scene *scene = *state;
    shell(scene, "cp %s/lock_order*.c .; sed 's/lock(&left)/lock(1 ? \\&left : NULL)/' lock_order.c > odd.c",
          KINDS);
    expect(scene, "try lock_order_names.c --detector tsan", 1, "  one thread takes M0\n");
    assert_said(scene, "  another thread takes M1\n");
    assert_said(scene, "The same lock has different names in the two places.");
    expect(scene, "try lock_order_names.c --detector helgrind", 1, "  one thread takes M0\n");
    assert_said(scene, "  another thread, holding M1, wants M0\n");
    assert_said(scene, "The same lock has different names in the two places.");
    expect(scene, "try lock_order.c --detector helgrind", 1, "  one thread takes left\n");
    assert_said(scene, "  another thread, holding right, wants left\n");
    expect(scene, "try odd.c --detector helgrind", 1, "  one thread takes left\n"); // known to the tool
    expect(scene, "try lock_order_alone.c --detector helgrind", 1, "  one thread takes p->left\n");
    assert_said(scene, "  the same thread, another time, holding p->right, wants p->left\n");
}

static void an_untouched_exercise(void **state)
{
    struct scene *scene = *state;
    expect(scene, "check --course . counter", 77, "not started");
    expect(scene, "check --course .", 77, "counter.c is as it was handed out");
    expect(scene, "check --course . 01-counter --variant broken", 0, "data race on counter->value");
    expect(scene, "check --course . counter --variant fixed", 0, "clean");
    expect(scene, "list --course .", 0, "not started");
    assert_null(strchr(scene->output, '\033')); // no colour into a pipe
}

static void an_edited_exercise(void **state)
{
    struct scene *scene = *state;
    shell(scene, "cp " SOLUTION "/still-wrong/volatile.c " EXERCISE "/counter.c");
    expect(scene, "check --course . counter --detector tsan", 1, "reported");
    assert_said(scene, EXERCISE "/counter.c:");
    assert_said(scene, "counter->value++;\n");
    assert_said(scene, "^\n");
    assert_said(scene, "holding no lock");
    assert_said(scene, "neither happens before the other");
    assert_said(scene, "Read on: " EXERCISE "/README.md");
    expect(scene, "check --course . counter --variant broken", 77, "was edited");
    expect(scene, "list --course .", 0, "failing");
    shell(scene, "echo >> " EXERCISE "/counter.c");
    expect(scene, "list --course .", 0, "edited");

    shell(scene, "cp " SOLUTION "/counter.c " EXERCISE "/counter.c");
    expect(scene, "check --course . counter", 0, "clean");
    expect(scene, "list --course .", 0, "done");
    shell(scene, "cp " SOLUTION "/still-wrong/load_then_store.c " EXERCISE "/counter.c");
    expect(scene, "check --course . counter", 1, "wrong result");
    expect(scene, "list --course .", 0, "failing");
}

// Each leaves with status 0 and nothing to report. (ThreadSanitizer's runtime never ends after
// pthread_exit in the main thread, which is a verdict of its own.)
static void a_driver_cut_short(void **state)
{
    static const struct {
        const char *detector, *edit;
    } tricks[] = {
        {"tsan", "s/return value;/exit(value == 0);/"},
        {"helgrind", "s/return value;/exit(value == 0);/"},
        {"native", "s/return value;/exit(value == 0);/"},
        {"helgrind", "s/return value;/pthread_exit(value ? NULL : counter);/"},
        {"native", "s/return value;/pthread_exit(value ? NULL : counter);/"},
    };
    struct scene *scene = *state;
    for (size_t i = 0; i < sizeof tricks / sizeof tricks[0]; i++) {
        shell(scene, "sed '%s' " SOLUTION "/counter.c > trick.c", tricks[i].edit);
        shell(scene, RACELINGS " check --course . counter --answer trick.c --detector %s",
              tricks[i].detector);
        assert_int_equal(scene->status, 1);
        assert_said(scene, "before its main function did");
    }
}

static void hints_come_one_by_one(void **state)
{
    struct scene *scene = *state;
    expect(scene, "hint --course .", 2, "for which exercise?");
    expect(scene, "hint --course . countre", 2, "did you mean counter");
    expect(scene, "hint --course . counter", 0, "Hint 1 of 4\n\nHow many things must happen");
    expect(scene, "hint --course . counter", 0, "Hint 2 of 4\n\nThe three steps");
    expect(scene, "hint --course . counter", 0, "Hint 3 of 4");
    expect(scene, "hint --course . counter", 0, "the read in `counter_value`.\n\nThat was the last");
    expect(scene, "hint --course . counter", 0, "Hint 1 of 4");
}

static void a_handout_has_no_solutions(void **state)
{
    struct scene *scene = *state;
    shell(scene, "mv solutions answers");
    expect(scene, "check --course . counter --variant fixed", 77, "no solutions");
    expect(scene, "check --course . counter --variant broken --detector tsan", 0, "data race");
}

static void judgements_as_json(void **state)
{
    struct scene *scene = *state;
    expect(scene, "check --course . counter --variant broken --detector tsan --json -", 0, "{");
    json_error_t error;
    json_t *object = json_loads(scene->output, 0, &error);
    json_t *judgement = json_array_get(json_object_get(object, "judgements"), 0);
    json_t *finding = json_array_get(json_object_get(judgement, "findings"), 0);
    json_t *access = json_array_get(json_object_get(finding, "accesses"), 0);
    const char *texts[][2] = {{"schema", "racelings/judgement/v1"}, {"exercise", "counter"},
                              {"variant", "broken"}, {"detector", "tsan"}, {"verdict", "reported"}};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        assert_string_equal(json_string_value(json_object_get(judgement, texts[i][0])), texts[i][1]);
    assert_true(json_real_value(json_object_get(judgement, "seconds")) > 0);
    assert_string_equal(json_string_value(json_object_get(finding, "kind")), "data race");
    assert_string_equal(json_string_value(json_object_get(finding, "variable")), "counter->value");
    assert_int_equal(json_array_size(json_object_get(finding, "accesses")), 2);
    assert_string_equal(json_string_value(json_object_get(access, "function")), "counter_increment");
    assert_string_equal(json_string_value(json_object_get(access, "file")), EXERCISE "/counter.c");
    assert_string_equal(json_string_value(json_object_get(access, "access")), "write");
    assert_int_equal(json_integer_value(json_object_get(access, "size")), 8);
    assert_true(json_is_array(json_object_get(access, "locks")));
    json_decref(object);
    expect(scene, "check --course . counter --variant fixed --detector native --json out.json", 0, "clean");
    object = json_load_file(talloc_asprintf(scene, "%s/out.json", scene->folder), 0, &error);
    assert_non_null(object);
    json_decref(object);
    expect(scene, "check --course . counter --variant fixed --detector native --json /nowhere/o", 2,
           "/nowhere/o");
    expect(scene, "list --course . --json", 0, "\"state\": \"not started\"");
}

static void commands_by_hand(void **state)
{
    struct scene *scene = *state;
    shell(scene, RACELINGS " check counter --course . --variant broken --detector native --commands > c");
    assert_int_equal(scene->status, 0);
    shell(scene, "sh c");
    assert_said(scene, "want: 500000, got: ");
}

// What "verify" must notice, each with its message.
static void a_claim_that_does_not_hold(void **state)
{
    static const struct {
        const char *spoil, *words;
    } cases[] = {
        {"cp " EXERCISE "/counter.c " SOLUTION "/counter.c", "a right answer is rejected"},
        {"cp " EXERCISE "/counter.c " SOLUTION "/also-right/atomic_int.c && "
         "sed -i '1i // Also right: no.\\n' " SOLUTION "/also-right/atomic_int.c",
         "also-right/atomic_int.c, answer, tsan: a right answer is rejected"},
        {"cp " SOLUTION "/counter.c " SOLUTION "/still-wrong/volatile.c && "
         "sed -i '1i // Still wrong: no.\\n// Caught by: tsan\\n' " SOLUTION "/still-wrong/volatile.c",
         "still-wrong/volatile.c, answer, tsan: a wrong answer is accepted"},
        {"sed -i 's/^### Hint [34]$/Hint/' " EXERCISE "/README.md", "has 2 hints"},
        {"sed -i s/counter_increment/counter_decrement/ " EXERCISE "/exercise.json",
         "promised is a data race in counter_decrement"},
        {"touch " EXERCISE "/notes.txt", "notes.txt: is a stray file"},
        {"touch " SOLUTION "/still-wrong/old.txt", "old.txt: is a stray file"},
        {"rm " SOLUTION "/README.md", "README.md: cannot be read"},
        {"rm " SOLUTION "/still-wrong/[b-u]*", "fewer than 3"},
        {"rm -r solutions", "has no twin below solutions/"},
        {"echo nothing > exercises/README.md", "lacks the row that exercise.json asks for: | [counter]"},
        {"echo >> " EXERCISE "/counter.c", "not those of \"start\""},
        {"sed -i 's/\"tsan\": {[^}]*}/\"tsan\": { \"silent\": \"no\" }/' " EXERCISE "/exercise.json",
         "promised is that tsan says nothing"},
        {"sed -i 's/return NULL;/int spare; return NULL;/' " EXERCISE "/main.c", "warning"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct scene *scene = *state;
        print_message("%s\n", cases[i].spoil);
        shell(scene, "%s", cases[i].spoil);
        assert_int_equal(scene->status, 0);
        shell(scene, RACELINGS " verify --course . --detector tsan --quiet | tr '\\n' ' ' | tr -s ' '");
        assert_said(scene, cases[i].words);
        shell(scene, RACELINGS " verify --course . --detector tsan --quiet > said");
        assert_int_equal(scene->status, 1);
        one_exercise_teardown(state);
        one_exercise_setup(state);
    }
    expect(*state, "verify --course . --detector tsan", 0, "All holds.");
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, one_exercise_setup, one_exercise_teardown)
    const struct CMUnitTest tests[] = {
        TEST(no_folder_for_temporary_files),
        TEST(programs_of_ones_own),
        TEST(an_untouched_exercise),
        TEST(a_lock_order_inversion),
        TEST(an_edited_exercise),
        TEST(a_driver_cut_short),
        TEST(hints_come_one_by_one),
        TEST(a_handout_has_no_solutions),
        TEST(judgements_as_json),
        TEST(commands_by_hand),
        TEST(a_claim_that_does_not_hold),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
