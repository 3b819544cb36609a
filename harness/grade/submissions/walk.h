// Reads a student's folder or single file into a pile. Nothing that is not a plain file is ever
// opened, and no link and no mounted file system is followed: every step is taken from an open
// folder, never by a path.
#pragma once

#include "pile.h"

// Reads `name` in the open folder `parent`: a folder with all that is below it (archives directly
// in it are unpacked), or an archive. False with the pile refused.
bool walk_entry(struct pile *pile, int parent, const char *name);

// Puts the single file `name` on the pile as if it had been handed in as `path`; an archive is
// unpacked.
bool walk_file(struct pile *pile, int parent, const char *name, const char *path);
