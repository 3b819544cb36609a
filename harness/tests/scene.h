// A folder to grade in, for the tests of `racelings grade`: class/ holds the submissions, out/ what
// is written, and all temporary files of the harness go below tmp/.
#pragma once

#include "shell.h"

#include <jansson.h>
#include <stdbool.h>

// Whether this host can confine commands, without which nothing is graded; says why if not. Then a
// test ends with SCENE_SKIPPED, and CTest shows that it was skipped.
enum { SCENE_SKIPPED = 77 };
bool scene_possible(void);

// For cmocka: `state` becomes a scene.
int scene_setup(void **state);
int scene_teardown(void **state);

// `racelings grade class --out out ARGUMENTS`, which must end with `status`.
void grade(struct scene *scene, const char *arguments, int status);

// Hands in a file of the course as `student`'s answer to an exercise: as class/STUDENT/FOLDER/NAME.
void hand_in(struct scene *scene, const char *student, const char *folder, const char *file,
             const char *name);

// The same for the exercise "counter".
#define COUNTER "exercises/1-lost-updates/01-counter"
#define ANSWERS "solutions/1-lost-updates/01-counter"
void hand_in_counter(struct scene *scene, const char *student, const char *file);

// What result.json says of a student; to be released. And of one exercise in it.
json_t *result_of(struct scene *scene, const char *student);
json_t *cell_of(json_t *result, const char *exercise);
char *standing_of(struct scene *scene, const char *student, const char *exercise);
void expect_standing(struct scene *scene, const char *student, const char *exercise,
                     const char *standing);

// Nothing that worked in the scene's temporary folder is left: no process (waits some seconds for
// the last), no file.
void assert_nothing_left(struct scene *scene);
void assert_tmp_empty(struct scene *scene);
