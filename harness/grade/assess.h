// One assessment: the files of one student for one exercise, inspected and judged. Knows nothing of
// students, folders of results, or other assessments.
#pragma once

#include "grading.h"

#include <jansson.h>
#include <sha256.h>

// The form of an assessment; class.h describes it.
extern const char assessment_schema[];

// A file of the course that every judgement of an exercise gets a copy of.
struct course_file {
    const char *name;
    const char *bytes;
    size_t size;
};

// An exercise as it is handed to the compiler: the course's own files.
struct kit {
    const struct exercise *exercise;
    struct course_file *files;
    size_t count;
    char digest[SHA256_DIGEST_STRING_LENGTH]; // of these files and exercise.json
};

// Fills `kit`: all is a talloc child of `context`. Returns false with `problem` filled if a file of
// the course cannot be read.
bool kit_make(const void *context, const struct course *course, const struct exercise *exercise,
              struct kit *kit, struct problem *problem);

// One assessment that is needed, by one student or by many.
struct work {
    const struct kit *kit;
    const char *const *texts; // of the edit files
    const char *key;          // 64 hexadecimal digits
    const char *file;         // below the output folder
    const char *who;          // the first student who needs it
    bool again;               // --regrade: what is on the disk does not count
    bool made;                // the assessment is on the disk, and what it comes to is this:
    enum standing standing;
    const char *message; // why the standing is what it is; NULL: nothing to say
};

// The digest of all that an assessment depends on, 64 hexadecimal digits; a talloc child of
// `context`.
const char *assessment_key(const void *context, const struct kit *kit, const char *const *texts,
                           bool confined);

// From files to an assessment, a new reference. Never fails: what goes wrong on our side is
// ungradable. May be called by several threads at once.
json_t *assess(const struct grading *grading, const struct work *work);
