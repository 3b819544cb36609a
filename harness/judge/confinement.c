#define _GNU_SOURCE
#include "confinement.h"

#include "base/files.h"
#include "base/text.h"
#include "course/kit.h"
#include "run/workspace.h"
#include "toolchain.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <talloc.h>
#include <unistd.h>

enum { MIB = 1 << 20, OWN_FILE_LIMIT = 16 * MIB };

// A compiler for one small program takes about 150 MiB; a program under ThreadSanitizer or Helgrind
// 20 to 130. Address space is limited for the compiler only: ThreadSanitizer maps terabytes.
// Drivers start up to 300 threads, which count as processes.
static const struct limits build_limits = {.memory = 1024UL * MIB,
                                           .address_space = 2048UL * MIB,
                                           .file_size = 64UL * MIB,
                                           .scratch = 1UL * MIB,
                                           .processes = 32};
static const struct limits run_limits = {
    .memory = 512UL * MIB, .file_size = 64UL * MIB, .scratch = 16UL * MIB, .processes = 512};

struct confinement {
    const char *stage; // where copies of the harness's own files are; NULL: used in their places
};

struct grants {
    struct grant *all;
    size_t count;
};

static void grant(struct grants *grants, const void *context, const char *path, const char *from,
                  bool writable)
{
    grants->all = array_grow(context, grants->all, sizeof *grants->all, grants->count);
    grants->all[grants->count++] = (struct grant){path, from, writable};
}

// ---- The harness's own files ----

// The name of a file's copy: its path with "/" made "+", so that no folders are needed.
static const char *staged(const void *context, const struct confinement *confinement,
                          const char *path)
{
    if (!confinement->stage)
        return NULL;
    char *name = talloc_strdup(context, path + 1);
    for (char *at = name; *at; at++)
        if (*at == '/')
            *at = '+';
    return path_join(context, confinement->stage, name);
}

static bool stage_file(const struct confinement *confinement, const char *path,
                       struct problem *problem)
{
    void *scratch = talloc_new(NULL);
    size_t size = 0;
    const char *copy = staged(scratch, confinement, path);
    char *bytes = file_read(scratch, NULL, path, OWN_FILE_LIMIT, &size, problem);
    bool good = bytes && file_write(NULL, copy, bytes, size, problem);
    if (good && chmod(copy, 0644) != 0)
        good = problem_set(problem, "%s cannot be made readable: %s", copy, strerror(errno));
    talloc_free(scratch);
    return good;
}

// `paths` may be NULL: none.
static bool stage_files(const struct confinement *confinement, const char *const *paths,
                        struct problem *problem)
{
    for (size_t i = 0; paths && paths[i]; i++)
        if (!stage_file(confinement, paths[i], problem))
            return false;
    return true;
}

// What drivers may include.
static const char *const *driver_headers(const void *context)
{
    static const char include[] = "harness/runtime/include/racelings";
    const char **headers = list_new(context);
    list_add(&headers, talloc_asprintf(context, "%s/%s/asleep.h", kit_folder(), include));
    list_add(&headers, talloc_asprintf(context, "%s/%s/midway.h", kit_folder(), include));
    list_add(&headers, talloc_asprintf(context, "%s/%s/rendezvous.h", kit_folder(), include));
    return headers;
}

static bool stage_all(const struct confinement *confinement, struct problem *problem)
{
    if (chmod(confinement->stage, 0755) != 0)
        return problem_set(problem, "%s cannot be opened for the sandbox's user: %s",
                           confinement->stage, strerror(errno));
    for (const struct detector *const *detector = detectors; *detector; detector++)
        if (!stage_files(confinement, (*detector)->recipe->objects, problem) ||
            !stage_files(confinement, (*detector)->recipe->through, problem) ||
            !stage_files(confinement, (*detector)->needs, problem))
            return false;
    return stage_files(confinement, toolchain_one_start, problem) &&
           stage_files(confinement, driver_headers(confinement), problem);
}

struct confinement *confinement_new(const void *context, struct problem *problem)
{
    struct confinement *confinement = talloc_zero(context, struct confinement);
    if (geteuid() != 0)
        return confinement;
    confinement->stage = workspace_new(confinement, problem);
    if (confinement->stage && stage_all(confinement, problem))
        return confinement;
    talloc_free(confinement);
    return NULL;
}

// `paths` may be NULL: none.
static void grant_own(struct grants *grants, const void *context,
                      const struct confinement *confinement, const char *const *paths)
{
    for (size_t i = 0; paths && paths[i]; i++)
        grant(grants, context, paths[i], staged(context, confinement, paths[i]), false);
}

// ---- What a build and a run may see ----

static const struct sandbox *make_sandbox(const void *context, const struct grants *grants,
                                          const struct limits *limits, enum filter filter)
{
    struct sandbox *sandbox = talloc(context, struct sandbox);
    *sandbox = (struct sandbox){grants->all, grants->count, *limits, filter};
    return sandbox;
}

const struct sandbox *confinement_compile(const void *context,
                                          const struct confinement *confinement,
                                          struct build *const *builds, size_t count,
                                          struct problem *problem)
{
    struct grants grants = {0};
    const struct sources *sources = builds[0]->sources;
    grant_own(&grants, context, confinement, driver_headers(context));
    grant_own(&grants, context, confinement, toolchain_one_start);
    grant(&grants, context, path_join(context, sources->root, sources->include), NULL, false);
    for (size_t i = 0; i < count; i++) {
        if (!sandbox_own(builds[i]->made, problem))
            return NULL;
        grant_own(&grants, context, confinement, builds[i]->recipe->through);
        grant(&grants, context, builds[i]->made, NULL, true);
    }
    return make_sandbox(context, &grants, &build_limits, FILTER_TOOLS);
}

const struct sandbox *confinement_link(const void *context, const struct confinement *confinement,
                                       const struct build *build, const char *folder,
                                       struct problem *problem)
{
    struct grants grants = {0};
    if (!sandbox_own(folder, problem))
        return NULL;
    grant_own(&grants, context, confinement, build->recipe->objects);
    grant(&grants, context, build->folder, NULL, false);
    if (build->recipe->rename_own)
        grant(&grants, context, build->made, NULL, true);
    grant(&grants, context, folder, NULL, true);
    return make_sandbox(context, &grants, &build_limits, FILTER_TOOLS);
}

// Makes an empty file that the sandbox's user may write to.
static bool make_report(const char *path, struct problem *problem)
{
    int file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (file < 0)
        return problem_set(problem, "%s cannot be made: %s", path, strerror(errno));
    close(file);
    return sandbox_own(path, problem);
}

const struct sandbox *confinement_run(const void *context, const struct confinement *confinement,
                                      const struct detector *detector,
                                      const struct program *program, struct problem *problem)
{
    struct grants grants = {0};
    grant_own(&grants, context, confinement, detector->needs);
    grant(&grants, context, program->path, NULL, false);
    const char **reports = list_new(context);
    for (size_t i = 0; detector->reports[i]; i++)
        list_add(&reports, path_join(context, program->folder, detector->reports[i]));
    for (size_t i = 0; reports[i]; i++) {
        if (!make_report(reports[i], problem))
            return NULL;
        grant(&grants, context, reports[i], NULL, true);
    }
    return make_sandbox(context, &grants, &run_limits, FILTER_PROGRAM);
}
