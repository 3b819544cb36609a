// The files of one student that may be answers: what folders (walk.c) and archives (unpack.c) are
// read into, and what choose.c takes from. Knows which names the course asks for, and how
// much one student may hand in; reads nothing itself.
#pragma once

#include "course/course.h"
#include "given.h"

enum {
    FILE_LIMIT = 256 << 10, // bytes of an answer
    BYTES_LIMIT = 64 << 20, // bytes read for one student, and of an archive itself
    MEMBERS_LIMIT = 10000,  // of a student's archives together
    ENTRIES_LIMIT = 20000,  // of a student's folders together
    DEPTH_LIMIT = 32,       // of folders in folders
    SHOWN_LIMIT = 120,      // characters of a path in a message
};

enum thing_kind {
    THING_FILE,
    THING_LONG, // a file larger than FILE_LIMIT
    THING_FOLDER,
    THING_LINK,
    THING_SPECIAL, // a device, a pipe, a socket
    THING_UNREADABLE,
};

struct thing {
    const char *path;  // below the top of what was handed in; any bytes
    const char *shown; // the same for messages, with the archive it is in
    enum thing_kind kind;
    const char *meant; // the edit file that it stands for under another name; NULL: it has the name
    const char *bytes; // FILE
    size_t size;
    int version; // of several attempts, which services keep apart, the highest counts
};

struct pile {
    const struct course *course;
    const struct given *given; // NULL: not asked for
    struct thing *things;
    size_t count;
    struct thing *copies; // files that bear the names of the course's own, which grading uses
    size_t copy_count;
    size_t bytes, members, entries; // read so far
    const char *message;            // all of it is refused: why; NULL: it is not
    const char *unread;             // something was passed over: what and why; NULL: nothing was
    const char *unread_archive;     // the same of archives only
    const char **others;            // a few files that stand for nothing, for messages
    size_t other_count;             // of all those
    bool hides;                     // hidden folders are among those
    const char *source;             // the archive or folder now read, for messages; NULL: none
    int version;                    // of what is now read
};

struct pile *pile_new(const void *context, const struct course *course);

// Refuses the whole submission, with a message to the student as printf would make it (the first
// stays). False, always.
bool pile_refuse(struct pile *pile, const char *format, ...) __attribute__((format(printf, 2, 3)));

// Notes that `path` was left out for `reason`, to be said if nothing else is found.
void pile_pass_over(struct pile *pile, const char *path, const char *reason);

// The same for an archive, in which more may be than in other things.
void pile_pass_over_archive(struct pile *pile, const char *path, const char *reason);

// Counts what is read against the limits; false, with the pile refused, beyond them.
bool pile_spend(struct pile *pile, size_t bytes);
bool pile_count(struct pile *pile, size_t *counter, size_t limit);

// Whether a file at `path` bears the name of one of the course's edit files.
bool pile_asks_for(const struct pile *pile, const char *path);

// Notes a file that could be no answer, to be named if there is none.
void pile_note_other(struct pile *pile, const char *path);

// The same for a folder that pile_ignores(): told is of a hidden one, which may hold answers.
void pile_note_folder(struct pile *pile, const char *path);

// Whether a thing at `path` could be an answer, or could hide one (a link in the place of an
// exercise's folder), or is a copy of a file of the course's own.
bool pile_wants(const struct pile *pile, const char *path, enum thing_kind kind);

// Whether answers lie below a folder of this name.
bool pile_is_way(const struct course *course, const char *name);

// Whether a folder of this name is left out: hidden, or made by tools.
bool pile_ignores(const char *name);

// Whether a hidden thing of this name is what systems, editors and tools leave behind: then it is
// passed over without a word.
bool pile_is_litter(const char *name);

// Puts a thing on the pile, if it is wanted; `bytes` of a FILE become the pile's.
void pile_add(struct pile *pile, const char *path, enum thing_kind kind, const char *bytes,
              size_t size);

// `path` for a message.
const char *pile_shown(const struct pile *pile, const char *path);
