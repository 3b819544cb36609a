// The course on disk: chapters, exercises and what each exercise.json promises.
// Knows folders and JSON; nothing of compilers or detectors beyond their names.
#pragma once

#include "base/problem.h"

#include <stddef.h>

// What an exercise promises that one detector says of its starting program. Exactly one of
// `report`, `silent`, `luck` and `abstains` is set.
struct promise {
    const char *detector; // "explore", "tsan", "helgrind", "native"
    const char *report;   // it reports this kind: "data race", ... ("wrong result" for native)
    const char *function; // ... with this function among the places; NULL: not promised
    const char *variable; // ... about this variable; NULL: not promised
    const char *scene;    // ... in this scene; NULL: not promised
    const char *silent;   // it says nothing, and why
    const char *luck;     // clean or a wrong result, as the scheduler has it, and why
    const char *abstains; // it cannot follow such a program, and why; nor the solution, so that
                          // it is not asked about other answers and not missed when points are
                          // given
};

struct rounds {
    const char *detector;
    long count; // the driver's argument under this detector; at least 1
};

// An answer kept beside the reference solution. Its head comment is part of the course:
//     // Still wrong: volatile stops the compiler from caching the value, not another core.
//     // Caught by: tsan, helgrind
// ("// Also right: ..." for the others, which need no second line; theirs is "// Abstains: tsan",
// with the detectors that cannot judge them).
struct answer {
    const char *name;       // "mutex" for also-right/mutex.c
    const char *path;       // relative to the course's root
    const char *reason;     // the text after "Also right: " or "Still wrong: ", up to the next
                            // line that is empty, not a comment, or such a second line; one line
    const char **caught_by; // still-wrong: the detectors that reject it on every run, at least
                            // one; NULL-terminated. also-right: empty
    const char **abstains;  // also-right: the detectors that abstain; NULL-terminated
};

struct exercise {
    const char *name;     // unique over the course: "counter" for 01-counter
    const char *chapter;  // folder name: "1-lost-updates"
    const char *number;   // "01"
    const char *folder;   // relative to the root: "exercises/1-lost-updates/01-counter"
    const char *solution; // "solutions/1-lost-updates/01-counter"; NULL in a handout
    const char *title;
    const char *bug; // "data race", ...
    int points;
    const char **edit;    // the files the student changes, names within `folder`; NULL-terminated
    const char **sources; // every .c file of `folder` but `scenes`, sorted, `edit` included;
                          // NULL-terminated
    const char *scenes;   // "scenes.c", what racelings/scenes.h is for; NULL: there are none
    const char **abstains; // detectors that cannot judge the reference solution and must say so,
                           // those whose promise is to abstain among them; NULL-terminated
    const char **allow;   // functions that answers may use although the inspection refuses them
                          // elsewhere ("socket"); NULL-terminated
    struct promise *promises; // one for each known detector, in the order of `detectors`
    struct rounds *rounds;    // likewise
    size_t detector_count;
    const char *start; // SHA-256, 64 hexadecimal digits, of the edit files one after another as
                       // handed out (for a single file what `sha256sum` prints)
    struct answer *also_right; // sorted by name; from the solution's folder
    size_t also_right_count;
    struct answer *still_wrong;
    size_t still_wrong_count;
};

// Chapters under one name, of which a course of its own can be made.
struct track {
    const char *name;      // "threads"
    const char **chapters; // folder names, of which some may be missing; NULL-terminated
};

// A folder of the course that is not as it must be.
struct unread {
    const char *path; // relative to the root: "exercises/1-lost-updates/01-counter"
    const char *why;  // what course_load says of it
};

struct course {
    const char *root;            // absolute path of the folder that holds exercises/
    struct exercise **exercises; // in the order of the course: chapter, then number
    size_t count;
    struct unread *unread; // with COURSE_AS_FAR_AS_IT_GOES; else none
    size_t unread_count;
    struct track *tracks; // from exercises/tracks.json; none without
    size_t track_count;
};

// What to read: the answers are hundreds of files, which only a few commands need. Without them the
// exercises' also_right and still_wrong are empty, and a file to edit may be missing: a student can
// lose one, an author must not.
//
// A student may also lose a whole exercise, by a half-finished `git checkout`, and needs the others: as
// far as it goes the course is what can be read, and the rest is noted. Who judges a class, proves the
// course or hands it out must not do without an exercise and not know it.
enum course_part {
    COURSE_AS_FAR_AS_IT_GOES, // without answers
    COURSE_WITHOUT_ANSWERS,
    COURSE_ANSWERS_LATER, // by course_load_answers, of some exercises
    COURSE_WITH_ANSWERS
};

// Reads the course below `root`. `detectors` (NULL-terminated) are the names that `expect`
// and `rounds` must cover, each exactly once. Returns a talloc child of `context` that owns all it
// points to; NULL with `problem` filled if there is no course, or an exercise is not as it must be:
// the message names the file, and for JSON that does not parse the line and column.
struct course *course_load(const void *context, const char *root, const char *const *detectors,
                           enum course_part part, struct problem *problem);

// Reads the answers of these exercises (NULL-terminated) of a course that was loaded with
// COURSE_ANSWERS_LATER, as course_load does. False with `problem` filled.
bool course_load_answers(struct course *course, const struct exercise *const *exercises,
                         const char *const *detectors, struct problem *problem);

enum progress { PROGRESS_UNTOUCHED, PROGRESS_EDITED };

// Whether the student has changed the exercise: compares the edit files with `start`.
// Returns false with `problem` filled if one of them cannot be read.
bool exercise_progress(const struct course *course, const struct exercise *exercise,
                       enum progress *progress, struct problem *problem);

// The SHA-256 of the edit files as they are now, as in `start`; a talloc child of `context`. NULL
// with `problem` filled if one of them cannot be read.
const char *exercise_hash(const void *context, const struct course *course,
                          const struct exercise *exercise, struct problem *problem);

// What `detector` is promised to say of the starting program (NULL for a detector that is not
// known), and the driver's rounds under it (then 0).
const struct promise *exercise_promise(const struct exercise *exercise, const char *detector);
long exercise_rounds(const struct exercise *exercise, const char *detector);

// Whether the track called `name` has the chapter; and whether any track has it.
bool track_has(const struct course *course, const char *name, const char *chapter);
bool is_on_a_track(const struct course *course, const char *chapter);

// Whether the exercise promises that `detector` abstains, so that the others decide without it.
bool exercise_does_without(const struct exercise *exercise, const char *detector);

// Whether `detector` is promised to report the bug, and no other detector is.
bool exercise_relies_on(const struct exercise *exercise, const char *detector);
