#include "target.h"

#include "base/text.h"
#include "course/kit.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <talloc.h>

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
        return problem_set(problem, "%s is there, and is no folder; take a new folder", name);
    DIR *folder = opendir(path);
    size_t count = 0;
    while (folder && readdir(folder))
        count++;
    if (!folder)
        return problem_set(problem, "%s: cannot be listed: %s", name, strerror(errno));
    closedir(folder);
    return count <= 2 || // "." and ".."
           problem_set(problem, "%s is not empty; take a new or an empty folder", name);
}

const char *handout_target(const void *context, const char *name, const struct course *course,
                           struct problem *problem)
{
    const char *path = absolute(context, name, problem);
    bool fine = path && check_empty(path, name, problem) &&
                check_outside(path, name, course->root, problem) &&
                check_outside(path, name, kit_folder(), problem);
    return fine ? path : NULL;
}
