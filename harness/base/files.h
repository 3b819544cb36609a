// Small helpers for files and folders. Know the file system's calls and how to say what failed;
// nothing of courses or programs.
//
// Each takes a folder and a name below it (which may hold slashes) and speaks only of the name, so
// that messages stay relative to a course's root. With folder NULL the name is the whole path.
#pragma once

#include "problem.h"

#include <stddef.h>
#include <stdio.h>

enum entry { ENTRY_MISSING, ENTRY_FILE, ENTRY_FOLDER, ENTRY_OTHER };

// "folder/name", or `name` alone if `folder` is NULL; a talloc child of `context`, NULL without
// memory.
char *path_join(const void *context, const char *folder, const char *name);

// Whether a file is a C source by its name ("counter.c"); and whether it is one or a header.
bool file_is_source(const char *name);
bool file_is_code(const char *name);

// Finds out what is there; symbolic links are followed, and one that leads nowhere is
// ENTRY_MISSING. Returns false, with `problem` filled, if it cannot be told (no permission, a loop
// of links).
bool entry_look(const char *folder, const char *name, enum entry *entry, struct problem *problem);

// Reads a whole regular file of at most `limit` bytes. Returns a talloc child of `context`, always
// followed by a NUL, and its length in `size`. With `size` NULL the file must be text: a NUL byte
// within it is a problem. NULL, with `problem` filled, if that cannot be had.
char *file_read(const void *context, const char *folder, const char *name, size_t limit,
                size_t *size, struct problem *problem);

// The names in a folder in the order of strcmp, NULL-terminated, without those that start with a
// dot (editors leave such behind). A talloc child of `context`; NULL with `problem` filled.
char **folder_list(const void *context, const char *folder, const char *name,
                   struct problem *problem);

// Writes a file whole or not at all: whoever reads it meanwhile sees the old one or the new one,
// and so does whoever comes after a crash. Returns false, with `problem` filled, if it failed; the
// old file is then as it was.
bool file_write(const char *folder, const char *name, const void *bytes, size_t size,
                struct problem *problem);

// Writes a file without such care, for temporary folders: after a crash it may be there in part.
// An existing file is a problem; so is a link in its place, which is never followed.
bool file_put(const char *folder, const char *name, const void *bytes, size_t size,
              struct problem *problem);

// Writes to what the user named on the command line: a file as file_write does; a device or a pipe,
// as /dev/stdout is one, is written to and stays what it is.
bool file_write_named(const char *path, const void *bytes, size_t size, struct problem *problem);

// Makes the folder `name` and the folders above it that are missing. Returns false, with `problem`
// filled, if that cannot be done.
bool folder_make(const char *folder, const char *name, struct problem *problem);

// A file that is written bit by bit, and like file_write takes its place only when it is whole.
struct draft {
    FILE *out;       // write here; failures are kept and told by draft_finish
    char *name;      // as given, for messages
    char *path;      // its place
    char *temporary; // where it is until then, beside its place
};

// Begins one. A talloc child of `context`; NULL with `problem` filled. Freeing it gives it up and
// leaves the old file as it was.
struct draft *draft_begin(const void *context, const char *folder, const char *name,
                          struct problem *problem);

// Puts it in its place and frees it. Returns false, with `problem` filled, if any of the writing
// failed; the old file is then as it was.
bool draft_finish(struct draft *draft, struct problem *problem);
