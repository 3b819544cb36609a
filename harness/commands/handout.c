// racelings handout DIR [NAME...]: a student's copy of the course, without its solutions; or with
// --autograder FILE.zip the same as an autograder for Gradescope.
#define _GNU_SOURCE
#include "commands.h"
#include "common.h"

#include "base/text.h"
#include "course/names.h"
#include "handout/handout.h"
#include "toolchain.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <talloc.h>

// ---- Where to ----

// The absolute path of `name`, which need not be there; NULL with `problem` filled if the folder it
// would lie in is not.
static const char *absolute(const void *context, const char *name, struct problem *problem)
{
    char *there = realpath(name, NULL);
    char *path = talloc_strdup(context, there ? there : name);
    free(there);
    if (there)
        return path;
    for (size_t end = strlen(path); end > 1 && path[end - 1] == '/'; end--)
        path[end - 1] = '\0';
    char *slash = strrchr(path, '/');
    const char *last = slash ? slash + 1 : path;
    const char *parent =
        slash ? talloc_strndup(context, path, slash > path ? (size_t)(slash - path) : 1) : ".";
    there = realpath(parent, NULL);
    if (!there || strcmp(last, "..") == 0 || !last[0]) {
        problem_set(problem, "%s: cannot be made there: %s", name,
                    there ? "it has no name" : strerror(errno));
        free(there);
        return NULL;
    }
    path = talloc_asprintf(context, "%s/%s", strcmp(there, "/") == 0 ? "" : there, last);
    free(there);
    return path;
}

static bool lies_below(const char *path, const char *folder)
{
    size_t length = strlen(folder);
    return strncmp(path, folder, length) == 0 && (path[length] == '/' || path[length] == '\0');
}

// A handout among the course's own files would be taken for a part of it, by git and by the next
// handout.
static bool check_outside(const char *path, const char *name, const char *root,
                          struct problem *problem)
{
    char *build = talloc_asprintf(NULL, "%s/build/", root);
    bool fine = !lies_below(path, root) || strncmp(path, build, strlen(build)) == 0;
    talloc_free(build);
    return fine || problem_set(problem,
                               "%s lies in the course's own folder %s; take one outside, "
                               "or below its build/",
                               name, root);
}

// Missing or empty: nothing of anybody's is overwritten.
static bool check_empty(const char *path, const char *name, struct problem *problem)
{
    struct stat status;
    if (lstat(path, &status))
        return errno == ENOENT ||
               problem_set(problem, "%s: cannot be looked at: %s", name, strerror(errno));
    if (!S_ISDIR(status.st_mode))
        return problem_set(problem, "%s is there, and is no folder; a handout goes to a new folder",
                           name);
    DIR *folder = opendir(path);
    size_t count = 0;
    while (folder && readdir(folder))
        count++;
    if (!folder)
        return problem_set(problem, "%s: cannot be listed: %s", name, strerror(errno));
    closedir(folder);
    return count <= 2 || // "." and ".."
           problem_set(problem, "%s is not empty; a handout goes to a new or an empty folder",
                       name);
}

// ---- The two kinds ----

static void tell(const struct exercise *const *chosen, const char *place, const char *next)
{
    size_t count = 0;
    while (chosen[count])
        count++;
    printf("%s: %zu exercise%s, without solutions. %s\n", place, count, count > 1 ? "s" : "", next);
}

static bool make_folder(const struct options *options, const struct course *course,
                        struct problem *problem)
{
    const char *name = options->names[0];
    if (!name)
        return problem_set(problem, "handout: into which folder? \"racelings handout DIR\"");
    const struct exercise **chosen = course_choose(options, course, (const char *const *)options->names + 1, problem);
    const char *path = chosen ? absolute(options, name, problem) : NULL;
    if (!path || !check_empty(path, name, problem) ||
        !check_outside(path, name, course->root, problem) ||
        !check_outside(path, name, RACELINGS_COURSE, problem))
        return false;
    const struct handout *handout = handout_for_students(options, course, chosen, problem);
    if (!handout || !handout_write_folder(handout, path, problem))
        return false;
    tell(chosen, name, "Its README.md is for your students: read it first.");
    return true;
}

static bool make_zip(const struct options *options, const struct course *course,
                     struct problem *problem)
{
    const char *file = options->autograder, *end = strrchr(file, '.');
    if (!end || strcmp(end, ".zip") != 0)
        return problem_set(problem,
                           "--autograder takes the name of the zip file to write, not "
                           "\"%s\"",
                           file);
    const struct exercise **chosen = course_choose(options, course, (const char *const *)options->names, problem);
    const struct handout *handout =
        chosen ? handout_for_gradescope(options, course, chosen, problem) : NULL;
    if (!handout || !handout_write_zip(handout, file, problem))
        return false;
    tell(chosen, file,
         "Upload it on Gradescope under \"Configure Autograder\";\n"
         "for many exercises choose its largest container and longest timeout there.");
    return true;
}

int command_handout(int argc, char **argv)
{
    void *context = talloc_new(NULL);
    struct problem problem = {""};
    const struct options *options = options_read(context, "handout", "rz", argc, argv, &problem);
    const struct course *course = options ? course_load(context, options->root, detector_names,
                                                        COURSE_WITHOUT_ANSWERS, &problem)
                                          : NULL;
    bool made = course && (options->autograder ? make_zip(options, course, &problem)
                                               : make_folder(options, course, &problem));
    talloc_free(context);
    return made ? EXIT_AS_HOPED : usage_failure(&problem);
}
