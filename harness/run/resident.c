#include "resident.h"

#include "base/text.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

// Deeper than any tree that the limit on processes allows.
enum { DEEPEST = 512 };

static size_t add_below(pid_t process, int depth);

// A fork of this program that has not executed anything yet: what it holds is ours. No command can
// become one, for in the sandbox this program is not to be had.
static bool is_own_fork(pid_t process)
{
    char path[64];
    struct stat own, other;
    text_format(path, sizeof path, "/proc/%d/exe", (int)process);
    return stat("/proc/self/exe", &own) == 0 && stat(path, &other) == 0 &&
           own.st_dev == other.st_dev && own.st_ino == other.st_ino;
}

static size_t resident_of(pid_t process)
{
    char path[64];
    size_t pages = 0;
    if (is_own_fork(process))
        return 0;
    text_format(path, sizeof path, "/proc/%d/statm", (int)process);
    FILE *file = fopen(path, "re");
    if (file && fscanf(file, "%*u %zu", &pages) != 1)
        pages = 0;
    if (file)
        fclose(file);
    return pages * (size_t)sysconf(_SC_PAGESIZE);
}

// A child belongs to the thread that forked it, so each thread has a list of its own.
static size_t add_children(pid_t process, const char *thread, int depth)
{
    char path[320];
    size_t sum = 0;
    int child;
    text_format(path, sizeof path, "/proc/%d/task/%s/children", (int)process, thread);
    FILE *file = fopen(path, "re");
    while (file && fscanf(file, "%d", &child) == 1)
        sum += resident_of(child) + add_below(child, depth + 1);
    if (file)
        fclose(file);
    return sum;
}

static size_t add_below(pid_t process, int depth)
{
    char path[64];
    size_t sum = 0;
    text_format(path, sizeof path, "/proc/%d/task", (int)process);
    DIR *threads = depth < DEEPEST ? opendir(path) : NULL;
    for (struct dirent *entry; threads && (entry = readdir(threads)) != NULL;)
        if (entry->d_name[0] != '.')
            sum += add_children(process, entry->d_name, depth);
    if (threads)
        closedir(threads);
    return sum;
}

size_t resident_below(pid_t root)
{
    return add_below(root, 0);
}
