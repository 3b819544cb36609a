#include "kit.h"

#include "base/files.h"
#include "toolchain.h"

#include <limits.h>
#include <string.h>
#include <talloc.h>
#include <unistd.h>

// Both for as long as the program runs; NULL: not installed.
static const char *installed_share, *installed_lib;

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

// "/usr/local/share" for "/usr/local/bin" and "../share".
static const char *follow(const void *context, const char *folder, const char *relative)
{
    char *path = talloc_strdup(context, folder);
    for (; strncmp(relative, "../", 3) == 0; relative += 3) {
        char *slash = strrchr(path, '/');
        if (slash)
            *slash = '\0';
    }
    return path_join(context, path, relative);
}

// Where an installed kit has what the build tree has as `path`: an object by its file's name, a file
// of the source tree (also as part of "-I...") below share.
static const char *relocate(const struct toolchain_list *list, const char *path)
{
    static const char source[] = RACELINGS_COURSE "/";
    if (list->objects_of) {
        const char *folder = path_join(NULL, installed_lib, list->objects_of);
        return path_join(NULL, folder, strrchr(path, '/') + 1);
    }
    const char *at = strstr(path, source);
    return at ? talloc_asprintf(NULL, "%.*s%s/%s", (int)(at - path), path, installed_share,
                                at + sizeof source - 1)
              : path;
}

void kit_open(void)
{
    char *folder = program_folder(NULL);
    const char *share = folder ? follow(NULL, folder, TOOLCHAIN_SHARE_FROM_PROGRAM) : NULL;
    enum entry entry = ENTRY_MISSING;
    if (share && entry_look(share, "exercises", &entry, NULL) && entry == ENTRY_FOLDER) {
        installed_share = share;
        installed_lib = follow(NULL, folder, TOOLCHAIN_LIB_FROM_PROGRAM);
        for (const struct toolchain_list *list = toolchain_lists; list->items; list++)
            for (size_t i = 0; list->items[i]; i++)
                list->items[i] = relocate(list, list->items[i]);
    }
    talloc_free(folder);
}

bool kit_is_installed(void)
{
    return installed_share != NULL;
}

const char *kit_folder(void)
{
    return installed_share ? installed_share : RACELINGS_COURSE;
}

const char *kit_path(const void *context, const char *name)
{
    return path_join(context, kit_folder(), name);
}

bool kit_check(struct problem *problem)
{
    enum entry entry = ENTRY_MISSING;
    if (entry_look(kit_folder(), "exercises", &entry, NULL) && entry == ENTRY_FOLDER)
        return true;
    return problem_set(problem,
                       "this program was built for the course in %s, which is not\n"
                       "there: has the checkout been moved? Build it anew where it is now:\n"
                       "rm -r build && sh cmake/bootstrap.sh prove",
                       kit_folder());
}
