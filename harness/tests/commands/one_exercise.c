// See one_exercise.h.
#include "one_exercise.h"

#include "run/workspace.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <talloc.h>

int one_exercise_setup(void **state)
{
    struct scene *scene = talloc_zero(NULL, struct scene);
    scene->folder = workspace_new(scene, NULL);
    scene->temp = workspace_new(scene, NULL);
    shell(scene, "mkdir -p exercises/1-lost-updates solutions/1-lost-updates && "
          "cp -r %s/%s exercises/1-lost-updates && cp -r %s/%s solutions/1-lost-updates && "
          "cp %s/exercises/1-lost-updates/README.md exercises/1-lost-updates && "
          "cp %s/exercises/README.md exercises",
          COURSE, EXERCISE, COURSE, SOLUTION, COURSE, COURSE);
    assert_int_equal(scene->status, 0);
    *state = scene;
    return 0;
}

int one_exercise_teardown(void **state)
{
    talloc_free(*state);
    return 0;
}

void expect(struct scene *scene, const char *arguments, int status, const char *words)
{
    shell(scene, RACELINGS " %s", arguments);
    assert_ended(scene, arguments, status);
    assert_said(scene, words);
}
