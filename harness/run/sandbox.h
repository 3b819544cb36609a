// The same command, inside bubblewrap: what a command may see and use. Knows namespaces, limits and
// bwrap's words; nothing of compilers, detectors or submissions.
#pragma once

#include "filter.h"
#include "process.h"

struct limits {
    size_t memory;        // bytes of resident memory of all its processes together
    size_t address_space; // bytes of one process (RLIMIT_AS); 0: none, as sanitizers need it
    size_t file_size;     // bytes of one file
    size_t scratch;       // bytes of the temporary file system it may write to
    int processes;        // and threads
};

// A file or folder that the command finds besides /usr.
struct grant {
    const char *path; // inside
    const char *from; // outside; NULL: the same
    bool writable;
};

struct sandbox {
    const struct grant *grants;
    size_t count;
    struct limits limits;
    enum filter filter;
};

// Whether commands can be confined on this host: tries it. `problem` says what is missing and what
// to do.
bool sandbox_works(struct problem *problem);

// process_run, inside a sandbox; with `sandbox` NULL it is process_run. The command's directory
// becomes an empty temporary file system, with the grants below it in their places. A sandbox that
// could not be made is a failure of the harness: false, with `problem` filled.
bool sandbox_run(const void *context, const struct sandbox *sandbox, const struct command *command,
                 struct outcome *outcome, struct problem *problem);

// Makes a folder the sandbox's own, so that commands in it, which are never root, can write there.
bool sandbox_own(const char *folder, struct problem *problem);
