// Reads a student's archive (.zip, .tar, .tar.gz, .tgz) into a pile, straight into memory: nothing
// of it is unpacked to the disk, so that no path and no link in it can reach anything.
#pragma once

#include "pile.h"

// How many of the last bytes of `name` are the ending of an archive that is taken, ".tar.gz"; 0: it
// is none.
size_t archive_ending(const char *name);

// Whether `name` ends like an archive that is not taken.
bool is_foreign_archive(const char *name);

// The names at the top of the zip archive open in `file`, each once, "counter.c" or "01-counter";
// hidden ones and those of tools left out. A talloc child of `context`; NULL if it cannot be read
// or holds too much.
const char **archive_tops(const void *context, int file);

// Reads the archive open in `file`, a regular file, called `name` in messages. False with the pile
// refused if it is damaged, encrypted, empty, too large or holds paths that lead out of it.
bool unpack(struct pile *pile, int file, const char *name);
