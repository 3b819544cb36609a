// A graded class, as the outputs read it: students by exercises. Filled by grading.c, written by
// output/*. Plain data: nothing here decides anything.
#pragma once

#include "course/course.h"

#include <jansson.h>

enum standing {
    STANDING_MISSING,     // nothing was handed in
    STANDING_UNUSABLE,    // handed in, but not as files that can be judged; `message` says why
    STANDING_NOT_STARTED, // the files as they were handed out
    STANDING_PASSED,      // every detector: clean
    STANDING_FAILED,      // a detector reports, or the program is wrong, crashes, hangs, ...
    STANDING_NOT_ALLOWED, // holds what no answer has a use for: not run, but no tampering either
    STANDING_REFUSED,     // tampering; scores nothing, and the instructor is told
    STANDING_UNGRADABLE,  // a tool failed: no points known, never zero
    STANDING_COUNT
};

// "missing", "unusable", "not started", "passed", ... as all outputs write it.
const char *standing_name(enum standing standing);

// One student on one exercise.
struct cell {
    const struct exercise *exercise;
    enum standing standing;
    const char *message; // one or two sentences to the student; NULL: nothing to add
    const char *remark;  // what was odd about the files, though they were judged; NULL: nothing
    double points;       // after policy; 0 and meaningless when UNGRADABLE
    double most;         // points to be had
    const char *kept;    // the file below class->out that holds the assessment; NULL: none does
    // What the judges said, or why it was not run; NULL unless PASSED, FAILED, NOT_ALLOWED, REFUSED
    // or UNGRADABLE. Borrowed; where it is kept in a file, only there between class_open and
    // class_close, for a large class has more than memory holds.
    // { "schema": "racelings/assessment/v2",
    //   "exercise": "counter",
    //   "key": "<64 hexadecimal digits>",   of the files, the driver and the promises
    //   "sandbox": true,                     false: judged with --unsafe
    //   "files": [ { "name": "counter.c", "text": "..." } ],   as handed in
    //   "refused": null | { "file": "counter.c", "line": 12, "reason": "...",
    //                       "tampering": true },    false: merely not allowed
    //   "judgements": [                      empty when refused; else one for each detector:
    //     { ... all of racelings/judgement/v1 (output/json.c) ...,
    //       "story": "...",                  the explanation for a person, plain text, 80 columns
    //       "output": "..." } ] }            what the program printed, shortened
    // File names in findings are relative to the course: "exercises/1-lost-updates/01-counter/
    // counter.c" for the student's own file.
    const json_t *assessment;
};

struct student {
    const char *id;      // safe as a file's name
    const char *name;    // as the submission tells it; may hold anything but control characters
    const char *message; // the whole submission cannot be read: why; NULL: it can
    struct cell *cells;  // one for each of class->exercises
    double points, most; // sums over what is known: UNGRADABLE cells are in neither
    double late_factor;  // what the policy makes of the time: 1 on time; already in all points
    const char *late;    // the same in words ("2 days late: 80 %"); NULL: on time or no rule
    size_t ungradable, refused; // cells of that standing
    bool spared;                // its files are there already, as they would be written now
};

struct class
{
    const struct course *course;
    const struct exercise **exercises; // those graded, in the order of the course
    size_t exercise_count;
    struct student *students; // in the order of their ids
    size_t count;
    bool sandboxed;               // false: --unsafe was given; every output says so
    const char *title;            // of the folder of submissions
    const char *submissions;      // its path as given, for commands that are shown
    const char *out;              // the output folder as given, likewise
    const char *const *arguments; // what else was given and belongs to such commands: exercises,
                                  // --policy; NULL-terminated. NULL: nothing
};

// Between these two calls the cells of `student`, one of the class's, have their assessments.
void class_open(const struct class *class, struct student *student);
void class_close(const struct class *class, struct student *student);

// The assessment of a cell, a new reference: the one it has, or the one in its file; NULL: none.
json_t *class_assessment(const struct class *class, const struct cell *cell);
