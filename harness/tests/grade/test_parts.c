// Tests of a grading in parts that share one output folder: started together, twice, killed at
// random moments, and collected. What comes of it is what one plain grading gives.
#define _GNU_SOURCE
#include "tests/scene.h"

#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <talloc.h>
#include <time.h>
#include <unistd.h>

static const char *const answers[] = {
    ANSWERS "/counter.c",
    ANSWERS "/also-right/relaxed.c",
    ANSWERS "/also-right/semaphore.c",
    ANSWERS "/still-wrong/volatile.c",
    ANSWERS "/still-wrong/load_then_store.c",
    "harness/tests/attacks/inline_assembly.c",
    "harness/tests/attacks/no_sanitize.c",
    "harness/tests/attacks/error_flood.c",
};
enum { ANSWERS_COUNT = sizeof answers / sizeof answers[0] };

// Two students have each answer, so every judgement is shared.
static void make_class(struct scene *scene)
{
    for (size_t i = 0; i < 2 * ANSWERS_COUNT; i++)
        hand_in_counter(scene, talloc_asprintf(scene, "s%02zu", i), answers[i % ANSWERS_COUNT]);
}

// A whole file of the output folder `out`.
static char *content(struct scene *scene, const char *out, const char *name)
{
    shell(scene, "cat %s/%s", out, name);
    assert_ended(scene, name, 0);
    return scene->output;
}

// What the plain grading of this class gives: it is the same for all tests, and graded once.
static struct {
    char *grades, *refused, *judgements; // NULL: not graded yet
} plain;

static void grade_plainly(struct scene *scene)
{
    if (plain.grades)
        return;
    shell(scene, RACELINGS " grade class --out plain counter");
    assert_ended(scene, "the plain grading", 0);
    char *grades = content(scene, "plain", "grades.csv");
    assert_non_null(strstr(grades, "s00,s00,10,10,10,100,,0,0"));
    plain.refused = talloc_strdup(NULL, content(scene, "plain", "refused.txt"));
    shell(scene, "ls plain/assessments");
    plain.judgements = talloc_strdup(NULL, scene->output);
    plain.grades = talloc_strdup(NULL, grades);
}

static void assert_same_grades(struct scene *scene)
{
    assert_string_equal(content(scene, "out", "grades.csv"), plain.grades);
    assert_string_equal(content(scene, "out", "refused.txt"), plain.refused);
    shell(scene, "ls out/assessments");
    assert_string_equal(scene->output, plain.judgements);
}

// Starts a part; its process.
static pid_t start_part(struct scene *scene, const char *part)
{
    pid_t child = fork();
    if (child != 0)
        return child;
    int nowhere = open("/dev/null", O_WRONLY);
    if (chdir(scene->folder) == 0 && dup2(nowhere, STDOUT_FILENO) >= 0 &&
        dup2(nowhere, STDERR_FILENO) >= 0)
        execl(RACELINGS, "racelings", "grade", "class", "--out", "out", "--part", part, "counter",
              NULL);
    _exit(1);
}

static void assert_comes_to_its_end(pid_t child)
{
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

static void kill_after(pid_t child, int milliseconds, int signal_number)
{
    usleep((useconds_t)milliseconds * 1000);
    kill(child, signal_number);
    waitpid(child, NULL, 0);
}

// Half of the kills are a power cut, half a batch system that wants its machine back.
static void killed_at_random_moments(void **state)
{
    struct scene *scene = *state;
    make_class(scene);
    grade_plainly(scene);
    srand((unsigned)time(NULL));
    pid_t first = start_part(scene, "1/2");
    for (int i = 0; i < 20; i++)
        kill_after(start_part(scene, "2/2"), 20 + rand() % 1200, i % 2 ? SIGKILL : SIGTERM);
    assert_comes_to_its_end(start_part(scene, "2/2"));
    assert_comes_to_its_end(first);
    grade(scene, "counter --collect", 0);
    assert_same_grades(scene);
    assert_nothing_left(scene);
    grade(scene, "counter", 0); // removes what the killed ones left
    assert_tmp_empty(scene);
}

static void started_twice(void **state)
{
    struct scene *scene = *state;
    make_class(scene);
    grade_plainly(scene);
    pid_t parts[4];
    for (int i = 0; i < 4; i++)
        parts[i] = start_part(scene, i % 2 ? "1/2" : "2/2");
    for (int i = 0; i < 4; i++)
        assert_comes_to_its_end(parts[i]);
    grade(scene, "counter --collect", 0);
    assert_same_grades(scene);
    assert_tmp_empty(scene);
}

// Each judgement falls to exactly one part, and what no part has made is named and costs nothing.
static void what_is_missing_is_named(void **state)
{
    struct scene *scene = *state;
    int made = 0;
    make_class(scene);
    grade(scene, "counter --collect", 1);
    assert_said(scene, "Not judged yet: 8 of 8 judgements");
    assert_said(scene, "  s00, counter\n");
    assert_non_null(strstr(content(scene, "out", "grades.csv"), "\ns00,s00,ungradable,0,0,,,1,0"));
    assert_non_null(strstr(content(scene, "out", "students/s00/feedback.txt"), "not judged yet"));
    assert_non_null(strstr(content(scene, "out", "ungradable.txt"), "--regrade s07/counter"));
    for (int part = 1; part <= 3; part++) {
        int new = 0;
        grade(scene, talloc_asprintf(scene, "counter --part %d/3", part), 0);
        assert_int_equal(sscanf(strstr(scene->output, "were there, "), "were there, %d", &new), 1);
        made += new;
        shell(scene, "ls out/assessments | wc -l");
        assert_int_equal(atoi(scene->output), made);
        grade(scene, "counter --collect", made < ANSWERS_COUNT);
    }
    assert_int_equal(made, ANSWERS_COUNT);
    // Judged in three parts, it is judged for one and for five.
    grade(scene, "counter --part 1/1", 0);
    assert_said(scene, "8 of 8 judgements: 8 were there, 0 are new");
    grade(scene, "counter --part 5/5", 0);
    assert_said(scene, ", 0 are new");
}

static void wrong_parts(void **state)
{
    static const char *const parts[] = {"0/4", "5/4", "1", "1/", "/4", "1/4x", "-1/4", "1/0"};
    struct scene *scene = *state;
    hand_in_counter(scene, "one", ANSWERS "/counter.c");
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        grade(scene, talloc_asprintf(scene, "counter --part '%s'", parts[i]), 2);
        assert_said(scene, "--part takes K/N");
    }
    grade(scene, "counter --part ''", 2);
    assert_said(scene, "one of the names or values given is empty");
    grade(scene, "counter --part 1/2 --collect", 2);
    assert_said(scene, "--plan and --watch do not go together: take one");
}

// With an argument: only the test of that name.
int main(int argc, char **argv)
{
    cmocka_set_test_filter(argc > 1 ? argv[1] : NULL);
    if (!scene_possible())
        return SCENE_SKIPPED;
#define TEST(function) cmocka_unit_test_setup_teardown(function, scene_setup, scene_teardown)
    const struct CMUnitTest tests[] = {
        TEST(killed_at_random_moments),
        TEST(started_twice),
        TEST(what_is_missing_is_named),
        TEST(wrong_parts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
