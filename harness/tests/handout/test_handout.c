// Tests of lessons.c, and of `racelings handout` on a course of three exercises: what is in a
// handout, what is refused, and what Gradescope's scripts make of a grader that fails. A handout in
// use is tried by handout.sh.
#include "base/files.h"
#include "base/text.h"
#include "course/lessons.h"
#include "run/workspace.h"
#include "tests/shell.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <archive.h>
#include <archive_entry.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <talloc.h>

#define COUNTER     "exercises/1-lost-updates/01-counter"
#define PLUS_EQUALS "exercises/1-lost-updates/02-plus-equals"
#define TWO_LOCKS   "exercises/2-locks/01-two-locks"

enum { TEXT_LIMIT = 1 << 22 };

// ---- Links ----

static bool starts_with_gone(const char *target, void *data)
{
    (void)data;
    return strncmp(target, "gone", 4) == 0;
}

static void what_leads_nowhere_is_left_out(void **state)
{
    (void)state;
    static const struct {
        const char *text, *kept;
    } cases[] = {
        {"", ""},
        {"plain\n", "plain\n"},
        {"see [there](here/) and [it](gone/#part).", "see [there](here/) and it."},
        {"[two\nlines](gone) [a](gone)[b](gone)", "two\nlines ab"},
        {"- [a](gone/): one\n  and more\n- [b](here/): two\n", "- [b](here/): two\n"},
        {"1. [a](here/)\n2. [b](gone/)\n   more\n3. [c](here/)\n",
         "1. [a](here/)\n3. [c](here/)\n"},
        {"- [a](gone/)\n\n  apart\nnext\n", "\n  apart\nnext\n"},
        {"- see [a](gone/)\n", "- see a\n"},
        {"- [a](here/) like [b](gone/)\n", "- [a](here/) like b\n"},
        {"| [a](gone/) | x |\n| [b](here/) | y |\n", "| [b](here/) | y |\n"},
        {"# T\n\n## [A](gone/)\n\ntext\n### deeper\ntext\n## [B](here/)\n",
         "# T\n\n## [B](here/)\n"},
        {"## [A](gone/)\ntext\n# Next\n", "# Next\n"},
        {"## [A](gone/)\n## [B](gone/)\n## C\n", "## C\n"},
        {"#define [a](gone)\n", "#define a\n"},
        {"an [open bracket](gone", "an [open bracket](gone"},
        {"f[i](x) [gone] (gone)", "f[i](x) [gone] (gone)"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char *kept = lesson_without(NULL, cases[i].text, starts_with_gone, NULL);
        assert_string_equal(kept, cases[i].kept);
        talloc_free(kept);
    }
}

// ---- The program on a course ----

// course/, which a test may spoil.
static int setup(void **state)
{
    struct scene *scene = talloc_zero(NULL, struct scene);
    scene->folder = scene->temp = workspace_new(scene, NULL);
    shell(scene,
          "mkdir -p course/exercises course/build && cd course/exercises && "
          "for chapter in 1-lost-updates 2-locks; do "
          "mkdir $chapter && cp %s/exercises/$chapter/README.md $chapter || exit 1; done && "
          "cp %s/exercises/*.md . && "
          "for folder in %s %s %s; do cp -r %s/$folder ../$folder || exit 1; done",
          COURSE, COURSE, COUNTER, PLUS_EQUALS, TWO_LOCKS, COURSE);
    assert_int_equal(scene->status, 0);
    *state = scene;
    return 0;
}

static int teardown(void **state)
{
    talloc_free(*state);
    return 0;
}

// Runs `racelings handout ARGUMENTS` on the course and checks exit status and words.
static void handout(struct scene *scene, const char *arguments, int status, const char *words)
{
    shell(scene, RACELINGS " handout --course course %s", arguments);
    assert_ended(scene, arguments, status);
    assert_said(scene, words);
}

static const char *text_of(struct scene *scene, const char *file)
{
    struct problem problem = {""};
    const char *text = file_read(scene, scene->folder, file, TEXT_LIMIT, NULL, &problem);
    if (!text)
        fail_msg("%s", problem.text);
    return text;
}

static void assert_holds(const char *text, const char *words)
{
    if (!strstr(text, words))
        fail_msg("\"%s\" is not in:\n%s", words, text);
}

static void assert_lacks(const char *text, const char *words)
{
    if (strstr(text, words))
        fail_msg("\"%s\" is in:\n%s", words, text);
}

// The exercises that are in the handout `folder`, a line each.
static void assert_exercises(struct scene *scene, const char *folder, const char *exercises)
{
    shell(scene, "cd %s && ls -d exercises/*/*/", folder);
    assert_string_equal(scene->output, exercises);
}

static void exercises_and_chapters_are_chosen_by_name(void **state)
{
    static const struct {
        const char *names, *exercises;
    } cases[] = {
        {"", COUNTER "/\n" PLUS_EQUALS "/\n" TWO_LOCKS "/\n"},
        {"two-locks", TWO_LOCKS "/\n"},
        {"plus-equals 01-counter counter", COUNTER "/\n" PLUS_EQUALS "/\n"},
        {"1-lost-updates", COUNTER "/\n" PLUS_EQUALS "/\n"},
        {"exercises/1-lost-updates/ counter", COUNTER "/\n" PLUS_EQUALS "/\n"},
        {"2-locks counter", COUNTER "/\n" TWO_LOCKS "/\n"},
    };
    struct scene *scene = *state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char *arguments = talloc_asprintf(scene, "out%zu %s", i, cases[i].names);
        handout(scene, arguments, 0, "without solutions");
        assert_exercises(scene, talloc_asprintf(scene, "out%zu", i), cases[i].exercises);
    }
}

static void the_rest_of_the_course_is_not_mentioned(void **state)
{
    struct scene *scene = *state;
    handout(scene, "out counter", 0, "1 exercise, without solutions");
    const char *map = text_of(scene, "out/exercises/README.md");
    assert_holds(map, "## 1. [Lost updates](1-lost-updates/)\n");
    assert_holds(map, "| [counter](1-lost-updates/01-counter/) |");
    assert_lacks(map, "plus-equals");
    assert_lacks(map, "Locks");
    const char *chapter = text_of(scene, "out/exercises/1-lost-updates/README.md");
    assert_holds(chapter, "[counter](01-counter/)");
    assert_lacks(chapter, "(02-plus-equals/)");
    const char *readme = text_of(scene, "out/README.md");
    assert_holds(readme, "Here: 1 exercise.");
    assert_holds(readme, "`" COUNTER "/counter.c`");
    assert_lacks(readme, "@");
}

// What grading will not use, check says beforehand, also where the copy is all that there is of the
// course.
static void changed_files_of_the_course_are_told(void **state)
{
    static const char changed[] = "main.c is not as handed out; grading uses the original.\n";
    struct scene *scene = *state;
    handout(scene, "out counter", 0, "1 exercise");
    shell(scene, "cp " COURSE "/solutions/1-lost-updates/01-counter/counter.c out/" COUNTER
                 " && " RACELINGS " check --course out counter --detector tsan");
    assert_int_equal(scene->status, 0);
    assert_lacks(scene->output, "as handed out");
    shell(scene, "echo '// mine' >> out/" COUNTER "/main.c && " RACELINGS
                 " check --course out counter --detector tsan");
    assert_int_equal(scene->status, 0);
    assert_holds(scene->output, changed);
    assert_lacks(scene->output, "counter.h is");
    shell(scene, "cd out && cp " COUNTER "/main.c .start/" COUNTER "/main.c && " RACELINGS
                 " check --course . counter --detector tsan");
    assert_lacks(scene->output, changed); // it was handed out like that
}

static void only_what_belongs_to_the_course_is_in_it(void **state)
{
    struct scene *scene = *state;
    shell(scene,
          "cd course/" COUNTER " && touch counter.c.mine counter.c~ .counter.c.swp '#counter.c#' "
          "counter.o core notes.txt counter.c.orig && mkdir build && touch build/spare.c && "
          "ln -s main.c linked.h && mkdir -p ../../../solutions/1-lost-updates/01-counter && "
          "echo secret > ../../../solutions/1-lost-updates/01-counter/counter.c");
    assert_int_equal(scene->status, 0);
    handout(scene, "out counter", 0, "1 exercise");
    shell(scene, "cd out/" COUNTER " && ls -A");
    assert_string_equal(scene->output,
                        "README.md\ncounter.c\ncounter.h\nexercise.json\nmain.c\nscenes.c\n");
    shell(scene,
          "cmp out/" COUNTER "/counter.c out/.start/" COUNTER "/counter.c && "
          "cmp out/" COUNTER "/main.c out/.start/" COUNTER "/main.c && cd out/.start/" COUNTER
          " && ls -A ../../.. . | tr '\\n' ' '"); // for "racelings reset" and "racelings check"
    assert_string_equal(scene->output,
                        ".: counter.c counter.h main.c scenes.c  ../../..: exercises ");
    shell(scene, "cd out && ls -A && ls -A harness .github/* .devcontainer");
    assert_lacks(scene->output, "solutions");
    assert_lacks(scene->output, "tests");
    assert_lacks(scene->output, "bench");
    assert_holds(scene->output, "\nracelings.yml\n");
    assert_holds(scene->output, "\nDockerfile\n");
    assert_holds(scene->output, ".clang-format\n");
    assert_holds(scene->output, ".gitignore\n");
    json_t *container = json_loads(text_of(scene, "out/.devcontainer/devcontainer.json"), 0, NULL);
    assert_non_null(container);
    json_decref(container);
    json_t *tasks = json_loads(text_of(scene, "out/.vscode/tasks.json"), 0, NULL);
    assert_non_null(tasks); // what its problem matcher takes: output/test_problems.c
    json_decref(tasks);
}

// One grading step for each exercise, with its own points, and all their results at the end.
static void the_workflow_grades_each_exercise(void **state)
{
    static const char *const expected[] = {
        "\n      - name: counter\n        id: counter\n",
        "\n          command: build/racelings check counter\n          timeout: 10\n"
        "          max-score: 10\n",
        "\n          command: build/racelings check plus-equals\n          timeout: 10\n"
        "          max-score: 7\n",
        "\n          COUNTER_RESULTS: ${{ steps.counter.outputs.result }}\n"
        "          PLUS-EQUALS_RESULTS: ${{ steps.plus-equals.outputs.result }}\n        with:\n",
        "\n          runners: counter,plus-equals\n",
        "\n        run: sh cmake/bootstrap.sh install\n",
        NULL};
    struct scene *scene = *state;
    shell(scene, "sed -i 's/\"points\": 10/\"points\": 7/' course/" PLUS_EQUALS "/exercise.json");
    handout(scene, "out 1-lost-updates", 0, "2 exercises");
    const char *workflow = text_of(scene, "out/.github/workflows/racelings.yml");
    for (size_t i = 0; expected[i]; i++)
        assert_holds(workflow, expected[i]);
    assert_lacks(workflow, "@STEPS@");
    assert_lacks(workflow, "\t");
    size_t steps = 0;
    for (const char *at = workflow; (at = strstr(at, "autograding-command-grader@v1\n")); at++)
        steps++;
    assert_int_equal(steps, 2);
}

static void nothing_is_overwritten_and_nothing_half_done(void **state)
{
    static const struct {
        const char *arguments, *words;
    } cases[] = {
        {"", "into which folder?"},
        {"full", "full is not empty; take a new or an empty folder"},
        {"hidden", "hidden is not empty"},
        {"file", "file is there, and is no folder"},
        {"dangling", "dangling is there, and is no folder"},
        {"nowhere/out", "nowhere/out: cannot be made there: No such file or directory"},
        {"full/..", "is not empty"},
        {"nowhere/..", "nowhere/..: cannot be made there: No such file"},
        {"course/out", "course/out lies in the course's own folder"},
        {"course/build", "course/build lies in the course's own folder"},
        {"course/exercises/../out", "lies in the course's own folder"},
        {"into/out", "lies in the course's own folder"},
        {"file/out", "cannot be"},
        {COURSE "/harness/out", "lies in the course's own folder"},
        {"out countr", "did you mean counter?"},
        {"out 3-queues", "no exercise"},
        {"out 1-lost", "no exercise"},
        {"out --autograder", "needs a value"},
        {"--autograder counter", "takes the name of the zip file to write, not \"counter\""},
        {"--autograder out.zip countr", "did you mean counter?"},
        {"--autograder nowhere/out.zip counter", "nowhere/out.zip: cannot be written"},
    };
    struct scene *scene = *state;
    shell(scene, "mkdir full hidden && touch full/file hidden/.git file && ln -s course into && "
                 "ln -s gone dangling && ls -AR > before");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        handout(scene, cases[i].arguments, 2, cases[i].words);
    shell(scene, "ls -AR | diff before -");
    assert_string_equal(scene->output, "");
}

static void an_empty_folder_and_one_below_build_will_do(void **state)
{
    struct scene *scene = *state;
    shell(scene, "mkdir empty && ln -s empty link");
    handout(scene, "link/ counter", 0, "");
    assert_exercises(scene, "empty", COUNTER "/\n");
    handout(scene, "course/build/out counter", 0, "");
    assert_exercises(scene, "course/build/out", COUNTER "/\n");
    handout(scene, "new/ counter", 0, "");
    assert_exercises(scene, "new", COUNTER "/\n");
    shell(scene, "umask 022; stat -c %%A new new/README.md new/cmake");
    assert_string_equal(scene->output, "drwxr-xr-x\n-rw-r--r--\ndrwxr-xr-x\n");
    shell(scene, "ls -A");
    assert_lacks(scene->output, ".racelings-");
}

static void a_write_that_fails_leaves_nothing(void **state)
{
    struct scene *scene = *state;
    shell(scene, "trap '' XFSZ; ulimit -f 8; " RACELINGS " handout --course course out");
    assert_int_equal(scene->status, 2);
    assert_holds(scene->output, "/out: cannot be written: ");
    shell(scene, "ls -A");
    assert_string_equal(scene->output, "course\n");
    shell(scene, "echo old > out.zip; trap '' XFSZ; ulimit -f 8; " RACELINGS
                 " handout --course course --autograder out.zip");
    assert_int_equal(scene->status, 2);
    assert_holds(scene->output, "out.zip: cannot be written: ");
    shell(scene, "ls -A; cat out.zip");
    assert_string_equal(scene->output, "course\nout.zip\nold\n");
}

static void what_the_instructor_edited_is_not_handed_out(void **state)
{
    struct scene *scene = *state;
    shell(scene, "echo >> course/" COUNTER "/counter.c; echo >> course/" TWO_LOCKS "/two_locks.c");
    handout(scene, "out", 2, "git checkout " COUNTER "/counter.c " TWO_LOCKS "/two_locks.c\" in ");
    handout(scene, "--autograder out.zip 1-lost-updates", 2,
            "git checkout " COUNTER "/counter.c\" in ");
    handout(scene, "out plus-equals", 0, "1 exercise");
    shell(scene, "ls -A out.zip 2>/dev/null");
    assert_string_equal(scene->output, "");
    shell(scene, "rm course/" PLUS_EQUALS "/README.md course/exercises/README.md");
    handout(scene, "out2 plus-equals", 2, "exercises/README.md: cannot be read");
}

// ---- Gradescope ----

// The mode and name of each entry, "100755 setup.sh", a line each; those below course/ are only
// counted.
static char *zip_listing(struct scene *scene, size_t *others)
{
    char *listing = talloc_strdup(scene, "");
    struct archive *archive = archive_read_new();
    struct archive_entry *entry;
    archive_read_support_format_zip(archive);
    assert_int_equal(
        archive_read_open_filename(archive, path_join(scene, scene->folder, "out.zip"), 1 << 16),
        ARCHIVE_OK);
    *others = 0;
    while (archive_read_next_header(archive, &entry) == ARCHIVE_OK) {
        const char *path = archive_entry_pathname(entry);
        if (strncmp(path, "course/", 7) == 0)
            ++*others;
        else
            listing = talloc_asprintf_append(listing, "%o %s\n",
                                             (unsigned)archive_entry_mode(entry), path);
    }
    archive_read_free(archive);
    return listing;
}

static void the_autograder_is_a_zip_with_two_scripts(void **state)
{
    struct scene *scene = *state;
    size_t others;
    shell(scene, "echo old > out.zip");
    handout(scene, "--autograder out.zip counter", 0, "out.zip: 1 exercise, without solutions");
    assert_string_equal(zip_listing(scene, &others), "100755 setup.sh\n100755 run_autograder\n");
    assert_true(others > 60);
    shell(scene,
          "mkdir -p root/source && cd root/source && cmake -E tar xf ../../out.zip && "
          "ls course course/exercises/1-lost-updates && sh -n setup.sh && sh -n run_autograder && "
          "cat setup.sh run_autograder");
    assert_int_equal(scene->status, 0);
    assert_holds(scene->output, "bootstrap.sh install");
    assert_holds(scene->output, "\n01-counter\nREADME.md\n");
    assert_holds(scene->output, COUNTER "/counter.c");
    assert_lacks(scene->output, "@F");
}

// Unpacks the autograder below root/, with the shell script `grader` in the place of racelings, and
// runs it on a submission of counter.c. The grader is called as "grade CLASS --out DIR ...".
static void autograde(struct scene *scene, const char *grader)
{
    handout(scene, "--autograder out.zip counter", 0, "");
    shell(
        scene,
        "rm -rf root && mkdir -p root/source root/submission root/results && "
        "cd root/source && cmake -E tar xf ../../out.zip && mkdir course/build && "
        "printf '#!/bin/sh\\n%%s\\n' '%s' > course/build/racelings && "
        "chmod +x course/build/racelings && chmod 711 ../.. && echo mine > ../submission/counter.c && "
        "AUTOGRADER_ROOT=$PWD/.. ./run_autograder",
        grader);
}

#define WRITES_RESULT                                                                              \
    "mkdir -p \"$4/students/submission\"; "                                                        \
    "f=$(find \"$2/submission\" -name counter.c -exec cat {} +); "                                 \
    "echo \"{\\\"score\\\": 5, \\\"of\\\": \\\"$f\\\", \\\"with\\\": \\\"$5\\\"}\" "               \
    "> \"$4/students/submission/gradescope.json\""

static const char *result(struct scene *scene)
{
    return text_of(scene, "root/results/results.json");
}

static void a_submission_is_graded_as_a_class_of_one(void **state)
{
    struct scene *scene = *state;
    autograde(scene, "echo graded; " WRITES_RESULT "; exit 1"); // 1: something is not clean
    assert_int_equal(scene->status, 0);
    assert_string_equal(result(scene), "{\"score\": 5, \"of\": \"mine\", \"with\": \"\"}\n");
    assert_lacks(scene->output, "--unsafe");
    shell(scene, "ls -A | grep -v -e course -e root -e out.zip"); // TMPDIR is here
    assert_string_equal(scene->output, "");
}

static void without_a_sandbox_the_container_is_the_wall(void **state)
{
    struct scene *scene = *state;
    autograde(scene, "echo user $(id -u) with $5; "
                     "[ \"$5\" = --unsafe ] || { echo no namespaces; exit 3; }; " WRITES_RESULT);
    assert_int_equal(scene->status, 0);
    assert_holds(scene->output, "with --unsafe");
    assert_lacks(scene->output, "user 0 with --unsafe");
    assert_holds(result(scene), "\"of\": \"mine\", \"with\": \"--unsafe\"");
    assert_holds(scene->output, "grading with --unsafe");
    assert_holds(scene->output, "no namespaces");
}

// A submission that makes the grader fail does not get out of the sandbox by that.
static void a_submission_has_no_say_in_its_sandbox(void **state)
{
    struct scene *scene = *state;
    autograde(scene, "echo \"$5\" >> ../../calls; "
                     "! grep -rq mine \"$2\" || { echo cannot judge it; exit 3; }; " WRITES_RESULT);
    assert_int_equal(scene->status, 1);
    assert_holds(scene->output, "cannot judge it");
    assert_lacks(scene->output, "--unsafe");
    assert_holds(result(scene), "nothing was judged");
    assert_lacks(text_of(scene, "calls"), "unsafe");
}

static void a_grader_that_fails_gives_no_score(void **state)
{
    static const char *const graders[] = {
        "echo valgrind is gone; exit 3",
        "echo valgrind is gone; exit 0", // and wrote nothing
        WRITES_RESULT "; echo valgrind is gone; exit 2",
        "echo valgrind is gone; kill -9 $$",
    };
    struct scene *scene = *state;
    for (size_t i = 0; i < sizeof graders / sizeof graders[0]; i++) {
        autograde(scene, graders[i]);
        assert_int_equal(scene->status, 1);
        assert_holds(scene->output, "valgrind is gone");
        json_error_t error;
        json_t *json = json_loads(result(scene), 0, &error);
        assert_non_null(json);
        assert_null(json_object_get(json, "score"));
        assert_null(json_object_get(json, "tests"));
        assert_holds(json_string_value(json_object_get(json, "output")), "no score of zero");
        json_decref(json);
    }
    shell(scene, "rm root/source/course/build/racelings; rm root/results/*; "
                 "AUTOGRADER_ROOT=root root/source/run_autograder");
    assert_holds(scene->output, "was not built");
    assert_holds(result(scene), "nothing was judged");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_leads_nowhere_is_left_out),
        TEST(exercises_and_chapters_are_chosen_by_name),
        TEST(the_rest_of_the_course_is_not_mentioned),
        TEST(changed_files_of_the_course_are_told),
        TEST(only_what_belongs_to_the_course_is_in_it),
        TEST(the_workflow_grades_each_exercise),
        TEST(nothing_is_overwritten_and_nothing_half_done),
        TEST(an_empty_folder_and_one_below_build_will_do),
        TEST(a_write_that_fails_leaves_nothing),
        TEST(what_the_instructor_edited_is_not_handed_out),
        TEST(the_autograder_is_a_zip_with_two_scripts),
        TEST(a_submission_is_graded_as_a_class_of_one),
        TEST(without_a_sandbox_the_container_is_the_wall),
        TEST(a_submission_has_no_say_in_its_sandbox),
        TEST(a_grader_that_fails_gives_no_score),
    };
    return cmocka_run_group_tests_name("handout", tests, NULL, NULL);
}
