// The line of the source at a place, as people see it in a report: as wide as the terminal, at most 80 columns, with a
// caret under the column that the report names.
#pragma once

#include "judge/finding.h"

#include <stdio.h>

// The place and, under it, its line of the source with a caret, as far as they can be had. `root`
// is the folder that the place's file is relative to. Of a line that is too long the part around
// the caret is shown.
void excerpt_show(FILE *out, const char *root, const struct place *place);
