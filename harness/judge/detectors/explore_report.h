// Reads the report of the explorer, explore.json (runtime/explore/report.c tells its format).
#pragma once

#include "detector.h"

// Fills `reading` from the report's text. Places and names of objects are left as addresses, for
// symbols_fill. A report that is not whole, or says what is not known here, is READING_UNUSABLE.
// All that is made is a talloc child of `context`.
void explore_report_read(void *context, const char *text, struct reading *reading);

// What the run just ended has left in its folder, read the same way (explore.c).
void explore_read_raw(void *context, const struct program *program, const struct outcome *outcome,
                      struct reading *reading);
