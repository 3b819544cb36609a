// A class of forty on a machine that has other things to do: eight processes keep its processors
// busy, and every grade is what the course says of the answer.
#include "tests/scene.h"

#include "base/files.h"
#include "base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <talloc.h>
#include <unistd.h>

enum { SPINNERS = 8, STUDENTS = 40 };

// Keeps a processor busy until this test has ended, however it ends.
static pid_t spin(void)
{
    pid_t child = fork();
    if (child != 0)
        return child;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    for (volatile unsigned long turns = 0;; turns++)
        continue;
}

// The course's answers in a folder: paths.
static const char **answers_in(struct scene *scene, const char *folder)
{
    struct problem problem;
    const char **answers = list_new(scene);
    char **names = folder_list(scene, COURSE, folder, &problem);
    assert_non_null(names);
    for (size_t i = 0; names[i]; i++)
        list_add(&answers, path_join(scene, folder, names[i]));
    return answers;
}

// Hands in `count` times, the answers in turn.
static void hand_in_all(struct scene *scene, const char *name, const char **answers, int count)
{
    size_t kinds = list_count(answers);
    for (int i = 0; i < count; i++)
        hand_in_counter(scene, talloc_asprintf(scene, "%s-%02d", name, i),
                        answers[(size_t)i % kinds]);
}

static void same_grades_on_a_busy_machine(void **state)
{
    struct scene *scene = *state;
    pid_t spinners[SPINNERS];
    const char **right = answers_in(scene, ANSWERS "/also-right");
    const char **wrong = answers_in(scene, ANSWERS "/still-wrong");
    hand_in_all(scene, "right", right, STUDENTS / 2);
    hand_in_all(scene, "wrong", wrong, STUDENTS / 2);
    for (int i = 0; i < SPINNERS; i++)
        spinners[i] = spin();
    shell(scene, RACELINGS " grade class --out out counter");
    for (int i = 0; i < SPINNERS; i++) {
        kill(spinners[i], SIGKILL);
        waitpid(spinners[i], NULL, 0);
    }
    assert_int_equal(scene->status, 0);
    for (int i = 0; i < STUDENTS / 2; i++) {
        expect_standing(scene, talloc_asprintf(scene, "right-%02d", i), "counter", "passed");
        expect_standing(scene, talloc_asprintf(scene, "wrong-%02d", i), "counter", "failed");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(same_grades_on_a_busy_machine, scene_setup, scene_teardown),
    };
    if (!scene_possible())
        return SCENE_SKIPPED;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
