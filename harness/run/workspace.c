#define _GNU_SOURCE
#include "workspace.h"

#include "base/text.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
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

// Set once, before other threads are started. The descriptor holds the folder's lock as long as
// this program lives, however it ends.
static char *home;
static int home_lock = -1;

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

// A descriptor that holds the folder's lock; -1: another program holds it, or it cannot be told.
static int lock_folder(const char *path)
{
    int folder = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (folder >= 0 && flock(folder, LOCK_EX | LOCK_NB) == 0)
        return folder;
    if (folder >= 0)
        close(folder);
    return -1;
}

// Removes the homes of programs that are no more. Where folders cannot be locked all are left.
static void remove_abandoned(const char *parent, const char *name)
{
    DIR *entries = opendir(parent);
    for (struct dirent *entry; entries && (entry = readdir(entries)) != NULL;) {
        if (strncmp(entry->d_name, name, strlen(name)) != 0)
            continue;
        char *path = talloc_asprintf(NULL, "%s/%s", parent, entry->d_name);
        int lock = is_own_folder(path) ? lock_folder(path) : -1;
        if (lock >= 0) {
            remove_tree(path);
            close(lock);
        }
        talloc_free(path);
    }
    if (entries)
        closedir(entries);
}

// Another program that starts now may have taken the new folder, not locked yet, for an abandoned
// one.
static bool is_still_there(const char *path, int folder)
{
    struct stat named, held;
    return stat(path, &named) == 0 && fstat(folder, &held) == 0 && named.st_ino == held.st_ino &&
           named.st_dev == held.st_dev;
}

// Makes a home of its own and locks it, where that is possible. Others may pass through, but not
// look: commands in the sandbox are another user's.
static bool settle(const char *parent, const char *name)
{
    enum { TRIES = 100 };
    for (int i = 0; i < TRIES; i++) {
        char *path = talloc_asprintf(NULL, "%s/%sXXXXXX", parent, name);
        if (!mkdtemp(path) || (chmod(path, 0711) != 0 && errno != ENOENT)) {
            int failed = errno;
            talloc_free(path);
            errno = failed;
            return false;
        }
        int lock = lock_folder(path);
        if (lock >= 0 ? is_still_there(path, lock) : errno != EWOULDBLOCK && errno != ENOENT) {
            home = path;
            home_lock = lock;
            return true;
        }
        if (lock >= 0)
            close(lock);
        talloc_free(path);
    }
    errno = EAGAIN;
    return false;
}

bool workspace_home(const char *key, struct problem *problem)
{
    const char *parent = parent_folder();
    char *name = talloc_asprintf(NULL, "racelings-%s-", key);
    remove_abandoned(parent, name);
    bool settled = settle(parent, name);
    talloc_free(name);
    return settled || problem_set(problem,
                                  "no temporary folder can be made in %s: %s; point TMPDIR to a "
                                  "folder that can be written to",
                                  parent, strerror(errno));
}

void workspace_leave_home(void)
{
    if (home)
        remove_tree(home);
    if (home_lock >= 0)
        close(home_lock);
    home_lock = -1;
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

static atomic_bool going;

bool workspace_is_going(void)
{
    return atomic_load(&going);
}

void workspace_remove_all(void)
{
    atomic_store(&going, true);
    pthread_mutex_lock(&live_lock); // and keep it: no folder is made any more
    for (int i = 0; i < LIVE_MOST; i++)
        if (live[i])
            remove_tree(live[i]);
    if (home)
        remove_tree(home);
}
