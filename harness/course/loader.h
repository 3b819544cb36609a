// What the functions that read the course share (course.c, exercise_json.c, tracks.c,
// answers.c), and nobody else.
#pragma once

#include "course.h"

#include <jansson.h>

enum { COURSE_FILE_LIMIT = 1024 * 1024 };

// What the loading functions share. `scratch` holds what is not needed afterwards.
struct loader {
    struct course *course; // owns all that stays
    void *scratch;
    const char *const *detectors;
    enum course_part part;
    struct problem *problem;
};

// Says so, and returns false.
bool out_of_memory(struct problem *problem);

// What follows `start` and any blanks in `text`; NULL if it starts otherwise.
const char *text_after(const char *text, const char *start);

// The .c files of a folder, sorted, NULL-terminated, a talloc child of `context`; NULL with
// `problem` filled.
const char **list_c_files(const struct loader *loader, const void *context, const char *folder);

// Reads exercise.json of the exercise, whose folder is known. False with `problem` filled if it is
// not as it must be.
bool read_exercise_json(const struct loader *loader, struct exercise *exercise);

// Reads exercises/tracks.json, if there is one. False with `problem` filled if it is not as it must
// be.
bool load_tracks(const struct loader *loader);

// The JSON object in a file of the course, to be given back with json_decref; NULL with `problem`
// filled, which for an empty file says what to do: "describe the exercise in it".
json_t *read_json_object(const struct loader *loader, const char *file, const char *what_to_do);

// Finds the exercise's twin below solutions/. None is no error: a handout has none, and `verify`
// misses those.
bool load_solution(const struct loader *loader, struct exercise *exercise);

// Reads the answers that are kept there, if there are any.
bool load_answers(const struct loader *loader, struct exercise *exercise);
