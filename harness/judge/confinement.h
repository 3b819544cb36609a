// What each step of a judgement may see when the program is somebody else's: the compiler the
// sources, the program itself and its report. Made once, used by all judgements; knows which files
// a build and a run need, and leaves the how to sandbox.c.
#pragma once

#include "build.h"
#include "run/sandbox.h"

struct confinement;

// Makes ready what all judgements share. Where the harness is root, commands run as another user,
// who may not be able to reach the harness's own files: they are copied to a temporary folder. A
// talloc child of `context`, borrowed by all that is made with it; NULL with `problem` filled.
struct confinement *confinement_new(const void *context, struct problem *problem);

// For the compiler: it reads the program's own files and writes to the `made` of each of its
// builds, which become the sandbox's. NULL with `problem` filled if that cannot be done.
const struct sandbox *confinement_compile(const void *context,
                                          const struct confinement *confinement,
                                          struct build *const *builds, size_t count,
                                          struct problem *problem);

// For the linker: it reads what was compiled and what the recipe links in, and writes to `folder`,
// which becomes the sandbox's.
const struct sandbox *confinement_link(const void *context, const struct confinement *confinement,
                                       const struct build *build, const char *folder,
                                       struct problem *problem);

// For a run of `program` under `detector`. Its folder is empty but for the program and the report
// files, which are made here and are all that is left of the run.
const struct sandbox *confinement_run(const void *context, const struct confinement *confinement,
                                      const struct detector *detector,
                                      const struct program *program, struct problem *problem);
