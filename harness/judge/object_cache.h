// Objects of the course's own files, kept from one build to the next. An object is kept under a key
// that says how it was compiled, together with a digest of every file that was read for it: it is
// used again only while all of them have the same content.
//
// The cache is $XDG_CACHE_HOME/racelings/objects (or below ~/.cache), which belongs to whoever runs
// the harness. It may be deleted at any time, also while it is in use; where it cannot be, or is
// not the user's own, nothing is kept. Commands in the sandbox never see it: objects are copied out
// of it. Safe to use from many threads and programs at once. Best effort: nothing here can fail a
// build.
#pragma once

#include "compiler.h"

#include <time.h>

// The key of `file` (of `sources`) as it is compiled by `recipe`: hexadecimal digits, a talloc
// child of `context`; NULL if nothing can be kept.
const char *object_cache_key(const void *context, const struct recipe *recipe,
                             const struct sources *sources, const char *file);

// Copies the object of `key` to `object`, a new file. False if there is none, or if a file that was
// read for it is not what it was; `root` is where the compiler ran.
bool object_cache_take(const char *key, const char *root, const char *object);

// Now, to be asked before the compiler is started.
struct timespec object_cache_moment(void);

// Keeps the object that was compiled from the moment `started` on. `rules` is the file in which the
// compiler listed what it read (-MD).
void object_cache_put(const char *key, const char *root, const char *rules, const char *object,
                      const struct timespec *started);
