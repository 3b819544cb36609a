// Assessments as files of the output folder: the state of a grading. Each is written whole or not
// at all, by whichever machine made it, so that any number of gradings may share the folder, over
// NFS too: there is no lock, and nothing is ever read in part.
#pragma once

#include "base/problem.h"

#include <jansson.h>

// The folder of assessments below the output folder.
extern const char kept_folder[];

// The file of the assessment with this key, below the output folder; a talloc child of `context`.
const char *kept_file(const void *context, const char *exercise, const char *key);

// Returns false, with `problem` filled, if it cannot be written.
bool kept_save(const char *out, const char *file, const json_t *assessment,
               struct problem *problem);

// A new reference; NULL if there is none that can be used. `key` is what it must have been made
// for; NULL: whatever is there.
json_t *kept_load(const char *out, const char *file, const char *key);

// Removes what gradings that were killed had begun to write. Files of today may still be written
// to.
void kept_sweep(const char *out);
