// The command line, read once: what every sub-command is given.
#pragma once

#include "base/problem.h"
#include "judge/detectors/detector.h"

#include <stdbool.h>

// Exit statuses of all commands.
enum {
    EXIT_AS_HOPED = 0,
    EXIT_NOT_SO = 1,   // judged, and not as hoped
    EXIT_USAGE = 2,    // wrong usage, or course data that is not as it must be
    EXIT_TOOL = 3,     // a tool failed: nothing was judged
    EXIT_SKIPPED = 77, // nothing to judge yet; CTest shows "Skipped"
};

struct options {
    const char *root;                  // --course: the folder that holds exercises/; absolute
    const char **names;                // what is left: exercises or files; NULL-terminated
    const char **arguments;            // behind "--"; NULL-terminated
    const struct detector **detectors; // --detector, all by default; NULL-terminated
    const char *variant;               // --variant: "yours", "broken" or "fixed"
    const char *answer;                // --answer; NULL: none
    const char *json;                  // --json: a file, "-" for standard output; NULL: none
    int workers;                       // -j: judgements at a time
    double seconds;                    // --timeout: the clock for one run; 0: each detector's own
    bool quiet;                        // --quiet: say only what is not as hoped
    bool commands;                     // --commands: print the shell commands instead
    const char *out;                   // --out: the folder grade writes to; NULL: none
    const char *policy;                // --policy: a file; NULL: none
    const char *regrade;               // --regrade: ID, NAME or ID/NAME; NULL: none
    bool unsafe;                       // --unsafe: grade without a sandbox
    bool inventory;                    // --inventory: look only for what is missing or stray
    const char *autograder;            // --autograder: a zip file for Gradescope; NULL: none
};

// Letters for the options a sub-command takes, as in `options_read(..., "dvajqtc")`: d --detector,
// v --variant, a --answer, o --json, j -j, q --quiet, t --timeout, c --commands, r --course, i
// --inventory, O --out, p --policy, g --regrade, u --unsafe, z --autograder. Reads argv[1..] of
// sub-command `command`. Returns a talloc child of `context`, or NULL with `problem` saying what is
// wrong and what would be right.
struct options *options_read(const void *context, const char *command, const char *allowed,
                             int argc, char **argv, struct problem *problem);
