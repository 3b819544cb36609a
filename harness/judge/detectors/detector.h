// The interface every detector stands behind: how to build for it, how to run under it, and how to
// read what it wrote.
//
// To add one called NAME:
//   NAME.c beside this file   the struct detector; listed in ../CMakeLists.txt, declared below, and
//                             both the detector and its name in detectors.c
//   cmake/Detectors.cmake     NAME among RACELINGS_DETECTORS, RACELINGS_FLAGS_NAME, RACELINGS_LINK_NAME
//   runtime/CMakeLists.txt    the target runtime-NAME and RACELINGS_OBJECTS_NAME: what is linked in
//   each exercise.json        a promise for NAME in "expect", and its "rounds"
//   commands/doctor.c         programs whose verdict is known
#pragma once

#include "judge/finding.h"
#include "run/process.h"

#include <stdbool.h>

// How a program is built for a detector: each file is compiled alone, then all are linked. The
// lists are NULL-terminated and come from cmake/Detectors.cmake through the generated toolchain.h.
struct recipe {
    const char *compiler;
    const char *const *flags;   // for compiling
    const char *const *link;    // for linking
    const char *const *linker;  // how that compiler calls the linker for it: OBJECTS and PROGRAM
                                // stand for those; empty: not known
    const char *const *objects; // what the harness links in: harness/runtime/
    // One C file that is compiled in the place of each file of the program, which it includes by
    // the name RACELINGS_SOURCE (runtime/native/shared_statics.c); NULL: they are compiled
    // themselves.
    const char *const *through;
    // Options of objcopy, which renames sections before linking so that the runtime can tell the
    // student's part of the program from the driver's; NULL: nothing is renamed.
    const char *const *rename_own, *const *rename_course;
    // What is inspected is written in the compiler's intermediate language, too: the flags for
    // that, behind the others; NULL: it is not.
    const char *const *intermediate;
    bool instrumented; // clang adds calls that tell of each access to memory
    bool scenes;       // an exercise's scenes.c is part of the program
};

// A program built for a detector, in a folder of its own where the detector may write.
struct program {
    const char *path;             // the executable
    const char *folder;           // empty but for the executable when the run starts
    const char *root;             // paths in reports are made relative to this folder
    const char *const *arguments; // NULL-terminated, without argv[0]
    const char *schedule;         // the only one that a detector that explores runs; NULL: all
    const char *settings; // for a detector that explores, in place of its own; for the others
                          // of a second try, see struct reading; NULL: its own
};

struct detector {
    const char *name;  // "tsan", as on the command line and in exercise.json
    const char *title; // "ThreadSanitizer"
    const struct recipe *recipe;
    const char *const *tools;   // programs that must be there, absolute paths; NULL-terminated
    const char *const *needs;   // other files a run reads, absolute paths; NULL-terminated
    const char *const *reports; // files a run writes to program->folder, and the only ones that
                                // are read afterwards: names; NULL-terminated
    double seconds;             // the time for one run
    const char *slower;         // "5 to 20 times": what a program computes takes as long under it;
                                // NULL: no longer than it does by itself
    int runs;                   // at the most; the first run that is not clean ends them
    bool finds_races;           // false: sees only what comes of the program
    bool explores; // chooses the schedules itself: main runs many times in one run, or never, and
                   // how the program ended is in the report

    // Fills in what `run` (counted from 1) needs: argv, env, polite_signal, fixed_addresses.
    // All it makes are talloc children of `context`. Leaves the limits alone.
    void (*prepare)(void *context, const struct program *program, int run, struct command *command);

    // Reads what the tool wrote about the run just ended. Always fills `reading`: a report that
    // is missing or broken is READING_UNUSABLE, with the reason.
    void (*read)(void *context, const struct program *program, const struct outcome *outcome,
                 struct reading *reading);

    // The tool's version as one line ("valgrind-3.19.0"), a talloc child; NULL with `problem`
    // filled if the tool cannot be started.
    const char *(*version)(void *context, struct problem *problem);
};

extern const struct detector explore_detector, tsan_detector, helgrind_detector, native_detector;

// All detectors, in the order in which they are run and shown; NULL-terminated.
extern const struct detector *const detectors[];

// Their names, for course_load; NULL-terminated.
extern const char *const detector_names[];

// The detector called `name`, or NULL.
const struct detector *detector_find(const char *name);
