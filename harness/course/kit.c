#include "kit.h"

#include "base/files.h"
#include "toolchain.h"

#include <limits.h>
#include <stdbool.h>
#include <string.h>
#include <talloc.h>
#include <unistd.h>

// Where an installed kit lies, for as long as the program runs; and whether this is one.
static const char *installed_share, *installed_lib;
static bool installed;

static bool is_course(const char *folder)
{
    enum entry entry = ENTRY_MISSING;
    return entry_look(folder, "exercises", &entry, NULL) && entry == ENTRY_FOLDER;
}

// The folder that the running program lies in, a talloc child of `context`; NULL if unknown.
static char *program_folder(const void *context)
{
    char path[PATH_MAX];
    ssize_t size = readlink("/proc/self/exe", path, sizeof path);
    char *folder = size > 0 && size < PATH_MAX ? talloc_strndup(context, path, (size_t)size) : NULL;
    char *slash = folder ? strrchr(folder, '/') : NULL;
    if (slash)
        *slash = '\0';
    return folder;
}

// "/usr/local/share" for "/usr/local/bin" and "../share"; a talloc string.
static const char *follow(const char *folder, const char *relative)
{
    char *path = talloc_strdup(NULL, folder);
    for (; strncmp(relative, "../", 3) == 0; relative += 3) {
        char *slash = strrchr(path, '/');
        if (slash)
            *slash = '\0';
    }
    return talloc_asprintf_append(path, "/%s", relative);
}

// Where an installed kit has what the build tree has as `path`: an object by its file's name, a
// file of the source tree (also as part of "-I...") below share.
static const char *relocate(const struct toolchain_list *list, const char *path)
{
    static const char source[] = RACELINGS_COURSE "/";
    if (list->objects_of)
        return talloc_asprintf(NULL, "%s/%s%s", installed_lib, list->objects_of,
                               strrchr(path, '/'));
    const char *at = strstr(path, source);
    return at ? talloc_asprintf(NULL, "%.*s%s/%s", (int)(at - path), path, installed_share,
                                at + sizeof source - 1)
              : path;
}

void kit_open(void)
{
    char *folder = program_folder(NULL);
    if (!folder)
        return;
    installed_share = follow(folder, TOOLCHAIN_SHARE_FROM_PROGRAM);
    installed_lib = follow(folder, TOOLCHAIN_LIB_FROM_PROGRAM);
    talloc_free(folder);
    installed = is_course(installed_share);
    for (const struct toolchain_list *list = toolchain_lists; installed && list->items; list++)
        for (size_t i = 0; list->items[i]; i++)
            list->items[i] = relocate(list, list->items[i]);
}

bool kit_is_installed(void)
{
    return installed;
}

const char *kit_folder(void)
{
    return installed ? installed_share : RACELINGS_COURSE;
}

const char *kit_path(const void *context, const char *name)
{
    return path_join(context, kit_folder(), name);
}

bool kit_check(struct problem *problem)
{
    if (is_course(kit_folder()))
        return true;
    return problem_set(problem,
                       "this program was built for the course in %s, which is not there: has the "
                       "checkout been moved? Build it anew where it is now:\n"
                       "rm -r build && sh cmake/bootstrap.sh prove",
                       kit_folder());
}
