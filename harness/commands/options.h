// The command line, read once: what every sub-command is given, and the tables it is read by. The
// same tables make the help (help.c), the manual page (manual.c) and the completion of shells
// (completion.c).
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
    const char *command;               // the sub-command's name
    const char *root;                  // --course: the folder that holds exercises/; absolute
    const char **names;                // what is left: exercises or files; NULL-terminated
    const char **arguments;            // behind "--"; NULL-terminated
    const char **flags, **libraries;   // the compiler's, among the names; NULL-terminated
    const struct detector **detectors; // --detector, all by default; NULL-terminated
    const char *variant;               // --variant: "yours", "broken" or "fixed"
    const char *answer;                // --answer; NULL: none
    const char *format;                // --format: "text", "gcc" or "sarif"
    const char *json;                  // --json: a file, "-" for standard output; NULL: none
    int workers;                       // --jobs: judgements at a time
    int times;                         // --times: judgements of each under each judge
    double seconds;                    // --timeout: the clock for one run; 0: each detector's own
    bool quiet;                        // --quiet: say only what is not as hoped
    bool commands;                     // --commands: print the shell commands instead
    const char *out;                   // --out: the folder grade writes to; NULL: none
    const char *policy;                // --policy: a file; NULL: none
    const char *regrade;               // --regrade: ID, NAME or ID/NAME; NULL: none
    bool unsafe;                       // --unsafe: grade without a sandbox
    int part, parts;                   // --part: 1, 2 ... of so many; parts 0: all in one
    bool collect;                      // --collect: judge nothing, write what there is
    bool plan;                         // --plan: say what it will take, and write nothing
    bool watch;                        // --watch: judge what is new as it comes
    bool inventory;                    // --inventory: look only for what is missing or stray
    const char *autograder;            // --autograder: a zip file for Gradescope; NULL: none
    const char *schedule;              // --schedule: the one to replay; NULL: none
    const char *scene;                 // --scene: the one to play; NULL: it is asked for
    bool once, manual, poll;           // how watch judges: desk/desk.h tells
    const char *html;                  // --html: the page to write; NULL: none
    bool anyway;                       // --anyway: the solution of what is not done
    bool names_only;                   // --names: only what exercises and chapters are called
};

enum option_id {
    OPTION_DETECTOR,
    OPTION_VARIANT,
    OPTION_ANSWER,
    OPTION_JSON,
    OPTION_PRINT_JSON, // "--json" that takes no file
    OPTION_JOBS,
    OPTION_TIMEOUT,
    OPTION_TIMES,
    OPTION_QUIET,
    OPTION_COMMANDS,
    OPTION_COURSE,
    OPTION_OUT,
    OPTION_POLICY,
    OPTION_REGRADE,
    OPTION_UNSAFE,
    OPTION_PART,
    OPTION_COLLECT,
    OPTION_PLAN,
    OPTION_WATCH,
    OPTION_INVENTORY,
    OPTION_AUTOGRADER,
    OPTION_NAMES,
    OPTION_ANYWAY,
    OPTION_FORMAT,
    OPTION_ONCE,
    OPTION_MANUAL,
    OPTION_POLL,
    OPTION_SCHEDULE,
    OPTION_SCENE,
    OPTION_HTML,
};

// What can stand in a place of the command line: what shells complete there.
enum value {
    VALUE_NONE, // nothing stands there
    VALUE_WORD, // one of a few words
    VALUE_TEXT, // a number, or what no shell can guess
    VALUE_FILE,
    VALUE_FOLDER,
    VALUE_EXERCISE, // the name of an exercise or a chapter
    VALUE_COMMAND,  // the name of a sub-command
};

struct option_rule {
    enum option_id id;
    char letter;          // its short form, "-j"; 0: it has none
    const char *name;     // without its dashes: "jobs"
    const char *argument; // what help calls its value, "N"; NULL: it takes none
    enum value value;
    const char *const *words; // VALUE_WORD: all that it can be; NULL-terminated
    const char *help;         // what it does: no capital letter, no full stop
};

// A sub-command. What it is given stands before "--" as options and names, in any order.
struct subcommand {
    const char *name;
    const char *arguments;                     // its names, as help shows them: "DIR [NAME...]"
    const char *summary;                       // half a line for the list of all commands
    const char *help;                          // what more there is to say of it: sentences
    enum value first, rest;                    // what its first name is, and the others
    const char *const *words;                  // where `first` is VALUE_WORD
    const struct option_rule *const *options;  // NULL-terminated
    bool compiles;                             // takes the compiler's options too: -DN=3, -lm
    int (*run)(const struct options *options); // prints for a person; gives the exit status
};

// Options that are the same in several commands.
extern const struct option_rule option_detector, option_json, option_jobs, option_timeout,
    option_quiet, option_commands, option_course, option_variant, option_answer;

// Reads argv[1..], the words behind the command's name. Where --course is an option and is not
// given, `root` is the course that course_locate finds. Returns a talloc child of `context`, or
// NULL with `problem` saying what is wrong and what would be right.
struct options *options_read(const void *context, const struct subcommand *command, int argc,
                             char **argv, struct problem *problem);
