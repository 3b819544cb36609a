// Who handed in what, told from the names that services and instructors give the entries of a
// folder. Of these it opens only zip archives, to tell one student's from a whole class's, and the
// folders that students are sorted into.
#pragma once

#include "base/problem.h"
#include "course/course.h"

#include <stddef.h>

// One entry of the folder.
struct piece {
    const char *entry; // its name, with "GROUP/" before it where it is in the folder of a group
    const char *file;  // a single file among others of the student: the name it was handed in with,
                       // without what Moodle and Canvas add; NULL: the entry is all there is
    bool counted;      // Canvas adds "-1", "-2" to the name when it is handed in again
    int version;       // of several attempts the highest counts
};

struct owner {
    const char *id;    // as in struct submission
    const char *name;  // likewise
    const char *entry; // likewise
    const char *key;   // what the student's entries have in common
    struct piece *pieces;
    size_t count;
};

struct roster {
    struct owner *owners; // in the order of their ids
    size_t count;
    // Where the only entry that could be somebody's is the zip of a whole class: its name, and then
    // there are no owners. Else NULL.
    const char *archive;
    const char **passed;  // entries that are no student's, for messages
    const char **doubled; // "ID (ENTRY)": an id that somebody else has already, and whose it is not
    const char **groups;  // folders whose entries are students' (groups.h)
    const char **doubtful; // folders that are called so, and were taken for a student's
};

// Reads the open folder `folder` of answers to `course`, called `path` in messages. A talloc child
// of `context`; NULL with `problem` filled if it cannot be listed or nobody handed in anything.
struct roster *roster_read(const void *context, const struct course *course, int folder,
                           const char *path, struct problem *problem);
