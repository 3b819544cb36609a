// Notices that files of one folder were saved, in whatever way an editor does it: written in place,
// written beside and renamed over, moved away and made anew. The folder is watched, not the files.
#pragma once

#include <stdbool.h>

struct saves;

// Watches `files` (names, NULL-terminated; borrowed) in `folder`, with inotify where that can be
// relied upon, or else, and with `poll`, by looking again and again. A talloc child of `context`.
struct saves *saves_watch(const void *context, const char *folder, const char *const *files,
                          bool poll);

// Readable when there may be something to notice; -1: only time tells.
int saves_descriptor(const struct saves *saves);

// How long to wait at most before saves_noticed is asked again, in milliseconds.
int saves_patience(const struct saves *saves);

// Whether something has happened to the files since this was last asked. They are told of when
// whoever writes them has closed them, or has not written for a moment; one that is empty or
// missing, which is how many a save begins, when it has stayed so for a moment.
bool saves_noticed(struct saves *saves);

// "inotify", or why it is not: "polling (inotify does not work here)".
const char *saves_how(const struct saves *saves);
