// Tests of `racelings grade` as an instructor uses it: a class whose truth is known, gradings that
// are killed and go on, policies, and folders that cannot be used.
#define _GNU_SOURCE
#include "tests/scene.h"

#include "base/files.h"
#include "course/course.h"
#include "grade/policy.h"
#include "judge/detectors/detector.h"

#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <talloc.h>
#include <time.h>
#include <unistd.h>

// ---- A class whose truth is known ----

enum truth { TRUTH_RIGHT, TRUTH_WRONG, TRUTH_NOT_STARTED, TRUTH_TAMPERED, TRUTH_COUNT };

static const char *const truth_names[] = {"right", "wrong", "not started", "tampered"};
static const char *const right_standings[] = {"passed", "failed", "not started", "refused"};

struct member {
    const char *exercise;
    enum truth truth;
};

enum { MEMBERS = 40 };

// Tampering that has nothing in common; the whole collection is judged by test_attacks.c.
static const char *const attacks[] = {"no_sanitize",   "default_options",  "own_libc_start",
                                      "redefine_atol", "include_solution", "tool_by_feature"};

// One student for each: a walk through the course's exercises, and at each stop the next kind of
// file, so that all exercises and many of their answers take part.
static void make_member(struct scene *scene, const struct course *course, size_t number,
                        struct member *member)
{
    size_t attack_count = sizeof attacks / sizeof attacks[0];
    const struct exercise *exercise = course->exercises[number % course->count];
    const char *student = talloc_asprintf(scene, "student-%02zu", number);
    const char *file = NULL;
    *member = (struct member){exercise->name, TRUTH_RIGHT};
    if (number >= MEMBERS - attack_count) {
        hand_in_counter(scene, student,
                        talloc_asprintf(scene, "harness/tests/attacks/%s.c",
                                        attacks[number + attack_count - MEMBERS]));
        *member = (struct member){"counter", TRUTH_TAMPERED};
        return;
    }
    switch (number % 7) {
    case 0: file = path_join(scene, exercise->solution, exercise->edit[0]); break;
    case 1:
        file = path_join(scene, exercise->folder, exercise->edit[0]);
        member->truth = TRUTH_NOT_STARTED;
        break;
    case 2:
    case 4: file = exercise->also_right[number % exercise->also_right_count].path; break;
    default:
        file = exercise->still_wrong[number % exercise->still_wrong_count].path;
        member->truth = TRUTH_WRONG;
    }
    hand_in(scene, student, exercise->folder, file, exercise->edit[0]);
}

static void print_confusion(struct scene *scene, const struct member *members)
{
    static const char *const standings[] = {"passed",      "failed",  "not started", "refused",
                                            "not allowed", "missing", "unusable",    "ungradable"};
    printf("%-14s", "truth \\ grade");
    for (size_t k = 0; k < sizeof standings / sizeof standings[0]; k++)
        printf("%13s", standings[k]);
    for (int truth = 0; truth < TRUTH_COUNT; truth++) {
        printf("\n%-14s", truth_names[truth]);
        for (size_t k = 0; k < sizeof standings / sizeof standings[0]; k++) {
            int count = 0;
            for (size_t i = 0; i < MEMBERS; i++)
                count += members[i].truth == (enum truth)truth &&
                         strcmp(standing_of(scene, talloc_asprintf(scene, "student-%02zu", i),
                                            members[i].exercise),
                                standings[k]) == 0;
            printf("%13d", count);
        }
    }
    printf("\n");
}

static void a_class_of_known_truth(void **state)
{
    struct scene *scene = *state;
    struct problem problem;
    struct member members[MEMBERS];
    const struct course *course =
        course_load(scene, COURSE, detector_names, COURSE_WITH_ANSWERS, &problem);
    assert_non_null(course);
    for (size_t i = 0; i < MEMBERS; i++)
        make_member(scene, course, i, &members[i]);
    grade(scene, "", 0);
    print_confusion(scene, members);
    for (size_t i = 0; i < MEMBERS; i++) {
        const char *student = talloc_asprintf(scene, "student-%02zu", i);
        char *standing = standing_of(scene, student, members[i].exercise);
        if (strcmp(standing, right_standings[members[i].truth]) != 0)
            fail_msg("%s handed in a %s answer to %s, but the standing is \"%s\"", student,
                     truth_names[members[i].truth], members[i].exercise, standing);
        json_t *result = result_of(scene, student);
        double points = json_number_value(json_object_get(result, "points"));
        assert_true(members[i].truth == TRUTH_RIGHT ? points > 0 : points == 0);
        json_decref(result);
    }
    assert_nothing_left(scene);
    assert_tmp_empty(scene);
}

// ---- State ----

// What a grading decided, without what differs from run to run.
static char *decisions(struct scene *scene)
{
    shell(scene, "cat out/grades.csv");
    return scene->output;
}

static void make_small_class(struct scene *scene)
{
    static const char *const files[] = {ANSWERS "/counter.c",
                                        ANSWERS "/also-right/relaxed.c",
                                        ANSWERS "/still-wrong/volatile.c",
                                        ANSWERS "/still-wrong/load_then_store.c",
                                        ANSWERS "/also-right/semaphore.c",
                                        COUNTER "/counter.c"};
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++)
        hand_in_counter(scene, talloc_asprintf(scene, "s%zu", i), files[i]);
}

// Starts a grading and kills it after `milliseconds`, as a crash or a power cut would.
static void grade_and_kill(struct scene *scene, int milliseconds)
{
    pid_t child = fork();
    if (child == 0) {
        if (chdir(scene->folder) != 0 || !freopen("/dev/null", "w", stderr) ||
            !freopen("/dev/null", "w", stdout))
            _exit(1);
        execl(RACELINGS, "racelings", "grade", "class", "--out", "out", "counter", NULL);
        _exit(1);
    }
    usleep((useconds_t)milliseconds * 1000);
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
}

static void killed_and_gone_on(void **state)
{
    struct scene *scene = *state;
    make_small_class(scene);
    grade(scene, "counter", 0);
    char *whole = decisions(scene);
    assert_non_null(strstr(whole, "s0,s0,10,10,10"));
    shell(scene, "rm -r out");
    srand((unsigned)time(NULL));
    for (int i = 0; i < 20; i++) {
        grade_and_kill(scene, 20 + rand() % 700);
        assert_nothing_left(scene);
    }
    grade(scene, "counter", 0);
    assert_string_equal(decisions(scene), whole);
    assert_tmp_empty(scene); // the killed ones' folders too
    shell(scene, "find out -name '*.tmp' | head -3");
}

static struct timespec changed_at(struct scene *scene, const char *pattern)
{
    struct stat status;
    shell(scene, "ls out/assessments/%s", pattern);
    char *path = talloc_asprintf(scene, "%s/%.*s", scene->folder, (int)strcspn(scene->output, "\n"),
                                 scene->output);
    assert_int_equal(stat(path, &status), 0);
    return status.st_mtim;
}

static bool same_time(struct timespec a, struct timespec b)
{
    return a.tv_sec == b.tv_sec && a.tv_nsec == b.tv_nsec;
}

static void judged_once(void **state)
{
    struct scene *scene = *state;
    hand_in_counter(scene, "one", ANSWERS "/counter.c");
    hand_in_counter(scene, "two", ANSWERS "/counter.c");
    grade(scene, "counter", 0);
    shell(scene, "ls out/assessments | wc -l");
    assert_int_equal(atoi(scene->output), 1);
    struct timespec first = changed_at(scene, "counter-*.json");
    grade(scene, "counter", 0);
    assert_true(same_time(first, changed_at(scene, "counter-*.json")));
    grade(scene, "counter --regrade nobody", 3);
    assert_said(scene, "--regrade nobody fits no student");
    assert_true(same_time(first, changed_at(scene, "counter-*.json")));
    grade(scene, "counter --regrade two/counter", 0);
    assert_false(same_time(first, changed_at(scene, "counter-*.json")));
    expect_standing(scene, "one", "counter", "passed");
    // Another version of the file is judged, and the old judgement stays for who has it.
    hand_in_counter(scene, "two", ANSWERS "/still-wrong/volatile.c");
    grade(scene, "counter", 0);
    expect_standing(scene, "one", "counter", "passed");
    expect_standing(scene, "two", "counter", "failed");
    // What a tool's failure kept from being judged can be judged again, and only that.
    shell(scene,
          "sed -i 's/\"verdict\": \"clean\"/\"verdict\": \"ungradable\"/' $(grep -L reported "
          "out/assessments/*)");
    struct timespec failed = changed_at(scene, "$(cd out/assessments; grep -l reported *)");
    grade(scene, "counter", 1);
    expect_standing(scene, "one", "counter", "ungradable");
    grade(scene, "counter --regrade ungradable", 0);
    expect_standing(scene, "one", "counter", "passed");
    assert_true(same_time(failed, changed_at(scene, "$(cd out/assessments; grep -l reported *)")));
    // Half a file, as no crash of ours leaves it, is judged anew.
    shell(scene, "for f in out/assessments/*; do head -c 300 $f > half; cp half $f; done");
    grade(scene, "counter", 0);
    expect_standing(scene, "two", "counter", "failed");
}

// A judge that abstains takes nothing out of the total: the others decide, as long as there are
// enough, and the student reads who did not judge, and why.
static void judges_that_abstain(void **state)
{
    static const char folder[] = "exercises/7-atomics/02-unlock-relaxed";
    static const char fences[] = "solutions/7-atomics/02-unlock-relaxed/also-right/fences.c";
    struct scene *scene = *state;
    hand_in(scene, "one", folder, fences, "unlock_relaxed.c");
    grade(scene, "unlock-relaxed", 0);
    expect_standing(scene, "one", "unlock-relaxed", "passed");
    shell(scene, "tr -s '\\n' ' ' < out/students/one/feedback.txt");
    assert_said(scene, "ThreadSanitizer cannot follow atomic_thread_fence");
    assert_said(scene, "the others decide");
    shell(scene, "sed -i 's/\"verdict\": \"clean\"/\"verdict\": \"abstains\"/' out/assessments/*");
    grade(scene, "unlock-relaxed", 1);
    expect_standing(scene, "one", "unlock-relaxed", "ungradable");
    shell(scene, "tr -s '\\n' ' ' < out/students/one/feedback.txt");
    assert_said(scene, "too few of our judges can follow");
    // One that is needed is named before others.
    shell(scene, "sed -i 's/\"verdict\": \"abstains\"/\"needed\": true, &/; s/\"reason\": \"nothing/\"reason\": \"lost in/'"
                 " out/assessments/*");
    grade(scene, "unlock-relaxed", 1);
    shell(scene, "tr -s '\\n' ' ' < out/students/one/feedback.txt");
    assert_said(scene, "a judge without which nothing is decided cannot follow the program");
}

// ---- Points ----

static void policies(void **state)
{
    struct scene *scene = *state;
    hand_in_counter(scene, "early", ANSWERS "/counter.c");
    hand_in_counter(scene, "late", ANSWERS "/counter.c");
    hand_in_counter(scene, "later", ANSWERS "/counter.c");
    hand_in_counter(scene, "lazy", COUNTER "/counter.c");
    shell(scene,
          "cat > policy.json <<'E'\n"
          "{\"weights\": {\"counter\": 20},\n"
          " \"partial\": {\"tsan\": 0.25, \"helgrind\": 0.25, \"native\": 0.5},\n"
          " \"late\": {\"deadline\": \"2026-03-01T12:00:00+01:00\", \"times\": \"times.csv\",\n"
          "          \"grace_minutes\": 10, \"per_day\": 0.2, \"least\": 0.5}}\nE\n"
          "printf 'id,time\\nearly,2026-03-01T11:09:59Z\\nlate,2026-03-01 11:10:01\\n"
          "later,\"2026-03-09T00:00:00Z\"\\n' > times.csv");
    grade(scene, "counter --policy policy.json", 0);
    char *grades = decisions(scene);
    assert_non_null(strstr(grades, "\nearly,early,20,20,20,100,"));
    assert_non_null(strstr(grades, "\nlate,late,16,16,20,80,"));
    assert_non_null(strstr(grades, "\nlater,later,10,10,20,50,"));
    assert_non_null(strstr(grades, "\nlazy,lazy,0,0,20,0,"));
}

// Points for a cell of 10 whose judges said this.
static struct student partial_points(struct scene *scene, const char *policy_text,
                                     enum standing standing, const char *const *verdicts)
{
    struct problem problem;
    struct course course = {.count = 0};
    struct exercise exercise = {.name = "counter", .points = 10};
    const char *path = path_join(scene, scene->folder, "policy.json");
    json_t *judgements = json_array();
    for (int i = 0; verdicts[i]; i++)
        json_array_append_new(judgements, json_pack("{s:s, s:s}", "detector", detector_names[i],
                                                    "verdict", verdicts[i]));
    json_t *assessment = json_pack("{s:o}", "judgements", judgements);
    struct cell cell = {.exercise = &exercise, .standing = standing, .assessment = assessment};
    struct student student = {.id = "one", .name = "one", .cells = &cell};
    struct class class = {.students = &student, .count = 1, .exercise_count = 1};
    file_write(NULL, path, policy_text, strlen(policy_text), &problem);
    struct policy *policy = policy_read(scene, &course, path, &problem);
    if (!policy)
        fail_msg("%s", problem.text);
    policy_apply(policy, &class);
    json_decref(assessment);
    student.cells = NULL;
    return student;
}

static void partial_credit(void **state)
{
    static const char shares[] =
        "{\"partial\": {\"explore\": 0.25, \"tsan\": 0.25, \"helgrind\": 0.5}}";
    static const struct {
        const char *policy;
        enum standing standing;
        const char *verdicts[4];
        double points, most;
    } cases[] = {
        {shares, STANDING_PASSED, {"clean", "clean", "clean"}, 10, 10},
        {shares, STANDING_FAILED, {"clean", "clean", "wrong result"}, 5, 10},
        {shares, STANDING_FAILED, {"reported", "clean", "clean"}, 7.5, 10},
        {shares, STANDING_FAILED, {"reported", "reported", "hung"}, 0, 10},
        {shares, STANDING_FAILED, {"reported", "ungradable", "clean"}, 0, 0}, // not known
        {shares, STANDING_FAILED, {"reported", "abstains", "clean"}, 20 / 3.0, 10},
        {shares, STANDING_FAILED, {"abstains", "abstains", "hung"}, 0, 10},
        {shares, STANDING_REFUSED, {NULL}, 0, 10},
        {"{}", STANDING_FAILED, {"reported", "ungradable", "clean"}, 0, 10}, // wrong in any case
        {"{}", STANDING_UNGRADABLE, {"clean", "ungradable", "clean"}, 0, 0},
        {"{}", STANDING_NOT_STARTED, {NULL}, 0, 10},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct student student =
            partial_points(*state, cases[i].policy, cases[i].standing, cases[i].verdicts);
        print_message("case %zu\n", i);
        assert_true(fabs(student.points - cases[i].points) < 1e-9);
        assert_true(student.most == cases[i].most);
        assert_int_equal(student.ungradable, cases[i].most == 0);
    }
}

static void policies_that_are_wrong(void **state)
{
    static const struct {
        const char *text, *words;
    } cases[] = {
        {"{\"weights\": {\"countr\": 1}}", "unknown key \"countr\""},
        {"{\"weight\": {}}", "unknown key \"weight\""},
        {"{\"weights\": {\"counter\": -1}}", "must be a number from 0"},
        {"{\"partial\": {\"tsan\": 0.5}}", "must add up to 1"},
        {"{\"partial\": {\"oracle\": 1}}", "unknown key \"oracle\""},
        {"{\"late\": {\"deadline\": \"tomorrow\", \"times\": \"t\"}}", "a time like"},
        {"{\"late\": {\"deadline\": \"2026-03-01 12:00\", \"times\": \"none.csv\"}}", "none.csv"},
        {"{\"weights\": ", "policy.json:1:"},
    };
    struct scene *scene = *state;
    hand_in_counter(scene, "one", ANSWERS "/counter.c");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        shell(scene, "printf '%%s' '%s' > policy.json", cases[i].text);
        grade(scene, "counter --policy policy.json", 2);
        assert_said(scene, cases[i].words);
    }
}

// ---- Folders, and hosts without a sandbox ----

static void folders_that_cannot_be_used(void **state)
{
    struct scene *scene = *state;
    grade(scene, "", 2);
    assert_said(scene, "class");
    hand_in_counter(scene, "one", ANSWERS "/counter.c");
    shell(scene, "mkdir out && echo precious > out/grades.csv");
    grade(scene, "counter", 2);
    assert_said(scene, "holds something that is no gradebook");
    shell(scene, "cat out/grades.csv");
    assert_string_equal(scene->output, "precious\n");
    shell(scene, "rm -r out; " RACELINGS " grade nowhere --out out");
    assert_int_equal(scene->status, 2);
    assert_said(scene, "nowhere");
    shell(scene, RACELINGS " grade class");
    assert_int_equal(scene->status, 2);
    assert_said(scene, "--out DIR");
    grade(scene, "countr", 2);
    assert_said(scene, "did you mean counter?");
}

static void two_at_once(void **state)
{
    struct scene *scene = *state;
    hand_in_counter(scene, "one", ANSWERS "/counter.c");
    shell(scene, "mkdir out && touch out/.racelings-grades && "
                 "flock out/.racelings-grades " RACELINGS " grade class --out out");
    assert_int_equal(scene->status, 2);
    assert_said(scene, "another grading is writing to out");
}

static void without_a_sandbox(void **state)
{
    struct scene *scene = *state;
    hand_in_counter(scene, "one", ANSWERS "/counter.c");
    shell(scene, "mkdir bin && printf '#!/bin/sh\\necho bwrap: No permissions to create a new "
                 "namespace >&2\\nexit 1\\n' > bin/bwrap && chmod 755 bin bin/bwrap");
    shell(scene, "PATH=$PWD/bin:$PATH " RACELINGS " grade class --out out counter");
    assert_int_equal(scene->status, 3);
    assert_said(scene, "cannot be confined here");
    assert_said(scene, "apparmor_restrict_unprivileged_userns");
    shell(scene, "ls -A out/students");
    assert_int_not_equal(scene->status, 0);
    shell(scene, "PATH=$PWD/bin:$PATH " RACELINGS " grade class --out out counter --unsafe");
    assert_int_equal(scene->status, 0);
    assert_said(scene, "WITHOUT a sandbox");
    json_t *result = result_of(scene, "one");
    assert_true(json_is_false(json_object_get(result, "sandbox")));
    json_decref(result);
    // What was judged without is judged again with.
    grade(scene, "counter", 0);
    result = result_of(scene, "one");
    assert_true(json_is_true(json_object_get(result, "sandbox")));
    json_decref(result);
}

// With an argument: only the test of that name.
int main(int argc, char **argv)
{
    cmocka_set_test_filter(argc > 1 ? argv[1] : NULL);
    if (!scene_possible())
        return SCENE_SKIPPED;
#define TEST(function) cmocka_unit_test_setup_teardown(function, scene_setup, scene_teardown)
    const struct CMUnitTest tests[] = {
        TEST(a_class_of_known_truth),
        TEST(killed_and_gone_on),
        TEST(judged_once),
        TEST(judges_that_abstain),
        TEST(policies),
        TEST(partial_credit),
        TEST(policies_that_are_wrong),
        TEST(folders_that_cannot_be_used),
        TEST(two_at_once),
        TEST(without_a_sandbox),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
