#define _GNU_SOURCE
#include "workspace.h"

#include "base/text.h"

#include <errno.h>
#include <ftw.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <talloc.h>
#include <unistd.h>

// The folders that exist, for workspace_remove_all; guarded by `live_lock`.
enum { LIVE_MOST = 256 };
static const char *live[LIVE_MOST];
static pthread_mutex_t live_lock = PTHREAD_MUTEX_INITIALIZER;

static int remove_entry(const char *path, const struct stat *status, int type, struct FTW *walk)
{
    (void)status, (void)type, (void)walk;
    remove(path);
    return 0; // go on: what cannot be removed is left
}

static void remove_tree(const char *path)
{
    nftw(path, remove_entry, 16, FTW_DEPTH | FTW_PHYS | FTW_MOUNT);
}

// Puts `path` in the place of `old` in the table of live folders.
static void replace_live(const char *old, const char *path)
{
    pthread_mutex_lock(&live_lock);
    for (int i = 0; i < LIVE_MOST; i++)
        if (live[i] == old) {
            live[i] = path;
            break;
        }
    pthread_mutex_unlock(&live_lock);
}

static int remove_with_string(char *path)
{
    replace_live(path, NULL);
    remove_tree(path);
    return 0;
}

// The folder, named after `pattern` (which ends as mkdtemp wants it); NULL with errno set.
static const char *make(const void *context, const char *parent, const char *pattern)
{
    char *path = talloc_asprintf(context, "%s/%s", parent, pattern);
    if (!mkdtemp(path)) {
        int failed = errno;
        talloc_free(path);
        errno = failed;
        return NULL;
    }
    talloc_set_destructor(path, remove_with_string);
    replace_live(NULL, path);
    return path;
}

// Set once, before other threads are started.
static char *home;

static const char *parent_folder(void)
{
    const char *parent = getenv("TMPDIR");
    if (home)
        return home;
    return parent && parent[0] ? parent : "/tmp";
}

// Others may write to the parent folder too, and have put something of theirs there under our name.
static bool is_own_folder(const char *path)
{
    struct stat status;
    return lstat(path, &status) == 0 && S_ISDIR(status.st_mode) && status.st_uid == geteuid();
}

bool workspace_home(const char *key, struct problem *problem)
{
    char *path = talloc_asprintf(NULL, "%s/racelings-%s", parent_folder(), key);
    if (is_own_folder(path))
        remove_tree(path);
    // Others may pass through, but not look: commands in the sandbox are another user's.
    if (mkdir(path, 0711) != 0 || chmod(path, 0711) != 0) {
        problem_set(problem,
                    "the temporary folder %s cannot be made: %s; remove what is in its place, or "
                    "point TMPDIR elsewhere",
                    path, strerror(errno));
        talloc_free(path);
        return false;
    }
    home = path;
    return true;
}

void workspace_leave_home(void)
{
    if (home)
        remove_tree(home);
    TALLOC_FREE(home);
}

const char *workspace_new(const void *context, struct problem *problem)
{
    const char *parent = parent_folder();
    const char *path = make(context, parent, "racelings-XXXXXX");
    if (!path)
        problem_set(problem,
                    "cannot make a temporary folder in %s: %s; point TMPDIR to a folder "
                    "that can be written to",
                    parent, strerror(errno));
    return path;
}

const char *workspace_in(const void *context, const char *parent, struct problem *problem)
{
    const char *path = make(context, parent, ".racelings-XXXXXX");
    if (!path)
        problem_set(problem, "%s: nothing can be made in it: %s", parent, strerror(errno));
    return path;
}

const char **workspace_environment(const void *context, const char *folder)
{
    const char *path = getenv("PATH");
    const char **list = list_new(context);
    list_add(&list, talloc_asprintf(list, "PATH=%s", path ? path : "/usr/bin:/bin"));
    list_add(&list, talloc_asprintf(list, "HOME=%s", folder));
    list_add(&list, talloc_asprintf(list, "TMPDIR=%s", folder));
    list_add(&list, "LC_ALL=C.UTF-8");
    return list;
}

void workspace_remove_all(void)
{
    pthread_mutex_lock(&live_lock); // and keep it: no folder is made any more
    for (int i = 0; i < LIVE_MOST; i++)
        if (live[i])
            remove_tree(live[i]);
    if (home)
        remove_tree(home);
}
