// What a class handed in: one entry of a folder for each student, as a folder, a clone or an
// archive. Knows files, archives and the names that Moodle and Canvas give them; nothing of
// judging. Everything here is hostile: no link is followed, nothing is run.
#pragma once

#include "course/course.h"

enum found {
    FOUND_NOTHING,  // no such file was handed in
    FOUND_FILES,    // all of the exercise's edit files
    FOUND_UNUSABLE, // something was, but it cannot be judged; `message` says why
};

// What a student handed in for one exercise.
struct handed_in {
    enum found found;
    const char *message; // to the student: why it cannot be judged; FILES: a remark ("found by its
                         // name as hw1/counter.c") or NULL; NOTHING: where it may be, or NULL
    const char **texts;  // FILES: the contents, in the order of exercise->edit; each ends with NUL
                         // and holds no other. Those that are the same are shared.
};

struct submission {
    const char *id;          // unique in the class; only letters, digits, ".", "_" and "-", never
                             // begun with a dot: safe as a file's name
    const char *name;        // the student's, as the entry's name tells it; valid UTF-8
    const char *entry;       // the entry's name in the folder, for messages; valid UTF-8
    const char *message;     // the entry as a whole cannot be read: why, to the student, and all
                             // parts are FOUND_NOTHING; else NULL
    struct handed_in *parts; // one for each exercise of the course, in its order
};

struct submissions {
    struct submission *all; // in the order of their ids
    size_t count;
    const char **passed;  // entries of the folder that are no student's, for messages
    const char **doubled; // "ID (ENTRY)": an id that somebody else has already, and whose it is not
    const char **groups;  // folders like "late", whose entries are students'
    const char **doubtful; // folders called so that were taken for a student's
};

// Reads all entries of `folder`, or of the zip of a class that it is, or that alone is in it.
// Returns a talloc child of `context`; NULL with `problem` filled if the folder itself cannot be
// read or holds no entry at all. An entry that cannot be read is a submission with a message, never
// a failure.
struct submissions *submissions_read(const void *context, const struct course *course,
                                     const char *folder, struct problem *problem);

// Whether the exercise's files are as they were handed out. `texts` is as in handed_in.
bool handed_in_is_start(const struct exercise *exercise, const char *const *texts);
