// Tests of `racelings grade --watch`, which judges what is handed in while it runs, and of --plan.
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
#include <unistd.h>

// ---- Watching ----

// `racelings grade class --out out --watch`; what it says goes to the file "said".
static pid_t start_watching(struct scene *scene)
{
    pid_t child = fork();
    if (child != 0)
        return child;
    if (chdir(scene->folder) != 0)
        _exit(1);
    int said = open("said", O_WRONLY | O_CREAT | O_APPEND, 0644);
    if (dup2(said, STDOUT_FILENO) >= 0 && dup2(said, STDERR_FILENO) >= 0)
        execl(RACELINGS, "racelings", "grade", "class", "--out", "out", "--watch", "counter", NULL);
    _exit(1);
}

static void stop_watching(struct scene *scene, pid_t child)
{
    int status;
    assert_int_equal(waitpid(child, &status, WNOHANG), 0); // it goes on by itself
    kill(child, SIGTERM);
    waitpid(child, &status, 0);
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGTERM);
    shell(scene, "tail -n 1 said");
    assert_said(scene, "the same command goes on from there");
}

// Waits until a line of the gradebook begins with `line`; fails after minutes.
static void await_grade(struct scene *scene, const char *line)
{
    for (int i = 0; i < 1200; i++) {
        shell(scene, "grep -q '^%s,' out/grades.csv", line);
        if (scene->status == 0)
            return;
        usleep(200000);
    }
    shell(scene, "cat said out/grades.csv");
    fail_msg("no line \"%s\" came:\n%s", line, scene->output);
}

// When the file was written, in nanoseconds, as text.
static char *written_at(struct scene *scene, const char *name)
{
    shell(scene, "stat -c %%.Y out/%s", name);
    assert_ended(scene, name, 0);
    return scene->output;
}

static void what_comes_is_judged(void **state)
{
    struct scene *scene = *state;
    pid_t child = start_watching(scene); // the folder is empty
    hand_in_counter(scene, "one", ANSWERS "/counter.c");
    await_grade(scene, "one,one,10");
    char *first = written_at(scene, "students/one/result.json");
    // Another student's: judged, and nothing of the first is written again.
    hand_in_counter(scene, "two", ANSWERS "/still-wrong/volatile.c");
    await_grade(scene, "two,two,0");
    assert_string_equal(written_at(scene, "students/one/result.json"), first);
    expect_standing(scene, "two", "counter", "failed");
    // The same file for the second: no new judgement, but its files are.
    hand_in_counter(scene, "two", ANSWERS "/counter.c");
    await_grade(scene, "two,two,10");
    expect_standing(scene, "two", "counter", "passed");
    shell(scene, "ls out/assessments | wc -l");
    assert_int_equal(atoi(scene->output), 2);
    // Who leaves the class leaves the gradebook.
    shell(scene, "rm -r class/one && until ! grep -q ^one, out/grades.csv; do sleep 0.2; done");
    stop_watching(scene, child);
    assert_nothing_left(scene);
    assert_tmp_empty(scene);
}

// A grading that was stopped goes on; and while one watches, no other grades in the same folder.
static void stopped_and_gone_on(void **state)
{
    struct scene *scene = *state;
    hand_in_counter(scene, "one", ANSWERS "/counter.c");
    grade(scene, "counter", 0);
    pid_t child = start_watching(scene);
    hand_in_counter(scene, "two", ANSWERS "/counter.c");
    await_grade(scene, "two,two,10");
    grade(scene, "counter", 2);
    assert_said(scene, "another grading is writing to out");
    stop_watching(scene, child);
    hand_in_counter(scene, "three", ANSWERS "/still-wrong/volatile.c");
    child = start_watching(scene);
    await_grade(scene, "three,three,0");
    stop_watching(scene, child);
}

static void what_cannot_be_watched(void **state)
{
    struct scene *scene = *state;
    shell(scene, RACELINGS " grade nowhere --out out --watch");
    assert_ended(scene, "nowhere", 2);
    assert_said(scene, "there is no such folder to watch");
    hand_in_counter(scene, "one", ANSWERS "/counter.c");
    grade(scene, "--watch --part 1/2", 2);
    assert_said(scene, "take one");
    grade(scene, "--watch --regrade one", 2);
    assert_said(scene, "--regrade goes with neither");
}

// ---- Planning ----

static void what_it_will_take(void **state)
{
    struct scene *scene = *state;
    double mean = 0, least = 0, most = 0;
    for (int i = 0; i < 6; i++)
        hand_in_counter(scene, talloc_asprintf(scene, "s%d", i),
                        i % 3 ? ANSWERS "/also-right/relaxed.c" : ANSWERS "/counter.c");
    hand_in_counter(scene, "lazy", COUNTER "/counter.c");
    shell(scene, RACELINGS " grade class --plan counter");
    assert_ended(scene, "--plan", 0);
    assert_said(scene, "7 students, 1 exercise: 6 answers to judge, 2 of them different.");
    const char *sample = strstr(scene->output, "A sample of 2, ");
    assert_non_null(sample);
    assert_int_equal(sscanf(strstr(sample, "time: "),
                            "time: %lf s each, give or take %*f (%lf to %lf)", &mean, &least,
                            &most),
                     3);
    assert_true(least > 0 && least <= mean && mean <= most);
    shell(scene, "ls -d out");
    assert_int_not_equal(scene->status, 0); // nothing is written
    assert_tmp_empty(scene);
    grade(scene, "counter", 0);
    hand_in_counter(scene, "new", ANSWERS "/still-wrong/volatile.c");
    grade(scene, "counter --plan", 0);
    assert_said(scene, "7 answers to judge, 3 of them different,\n2 of these judged before.");
    assert_said(scene, "A sample of 1, ");
}

// With an argument: only the test of that name.
int main(int argc, char **argv)
{
    cmocka_set_test_filter(argc > 1 ? argv[1] : NULL);
    if (!scene_possible())
        return SCENE_SKIPPED;
#define TEST(function) cmocka_unit_test_setup_teardown(function, scene_setup, scene_teardown)
    const struct CMUnitTest tests[] = {
        TEST(what_comes_is_judged),
        TEST(stopped_and_gone_on),
        TEST(what_cannot_be_watched),
        TEST(what_it_will_take),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
