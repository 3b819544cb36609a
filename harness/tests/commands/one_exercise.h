// A course of one exercise that a test may spoil, and the program itself run on it.
#pragma once

#include "tests/shell.h"

#define EXERCISE "exercises/1-lost-updates/01-counter"
#define SOLUTION "solutions/1-lost-updates/01-counter"

// For cmocka: `state` becomes a scene whose folder holds a copy of the exercise "counter".
int one_exercise_setup(void **state);
int one_exercise_teardown(void **state);

// Runs `racelings ARGUMENTS` in the scene's folder and checks exit status and words.
void expect(struct scene *scene, const char *arguments, int status, const char *words);
