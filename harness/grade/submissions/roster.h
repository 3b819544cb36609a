// Who handed in what, told from the names that Moodle, Canvas, Blackboard or an instructor give the entries
// of a folder. Of these it opens only zip archives, to tell one student's from a whole class's.
#pragma once

#include "base/problem.h"

#include <stddef.h>

// One entry of the folder.
struct piece {
    const char *entry; // its name
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
};

// Reads the open folder `folder`, called `path` in messages. A talloc child of `context`; NULL with
// `problem` filled if it cannot be listed or nobody handed in anything.
struct roster *roster_read(const void *context, int folder, const char *path,
                           struct problem *problem);
