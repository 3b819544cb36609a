// The report: explore.json in the current folder, read by the harness (judge/detectors/explore.c).
// Its format is told in report.c. Written by the process that runs none of the program's code.
#pragma once

#include "report_finding.h"

struct report;

// Opens the file. NULL if it cannot be written.
struct report *report_open(const char *path);

// What a search came to: one call for each scene, with its name and promise, and one for main, with
// NULL for both. Runs each finding's schedule once more for its story.
void report_search(struct report *report, const char *scene, const char *promise, int index,
                   const struct search_result *result);

// One schedule that was asked for: what it shows, as findings; if nothing, one of kind "nothing",
// with its steps.
void report_replay(struct report *report, const char *scene, int index, const struct script *script,
                   struct replaying how);

// Writes what has been collected and closes the file; without it the report lacks its "complete".
// `error`: why nothing was run; NULL if all went well.
void report_close(struct report *report, const char *error);
