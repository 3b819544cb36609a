#define _GNU_SOURCE
#include "grade_folder.h"

#include "base/files.h"
#include "base/text.h"
#include "run/workspace.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sha256.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <talloc.h>
#include <unistd.h>

// The mark of an output folder; also what a grading holds locked.
static const char mark[] = ".racelings-grades";

// Whether there is something in it, but no mark.
static bool holds_other(const char *folder)
{
    DIR *stream = opendir(folder);
    bool other = stream == NULL, marked = false;
    for (struct dirent *entry; stream && (entry = readdir(stream)) != NULL;) {
        marked |= strcmp(entry->d_name, mark) == 0;
        other |= strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
    }
    if (stream)
        closedir(stream);
    return other && !marked;
}

// Temporary folders go below one that belongs to this output folder, so that those of a grading
// that was killed are found and removed by the next.
static bool take_home(const char *out, struct problem *problem)
{
    char digest[SHA256_DIGEST_STRING_LENGTH], key[32];
    char *path = realpath(out, NULL);
    if (!path)
        return problem_set(problem, "--out %s: %s", out, strerror(errno));
    SHA256Data((const uint8_t *)path, strlen(path), digest);
    text_format(key, sizeof key, "grade%.16s", digest);
    free(path);
    return workspace_home(key, problem);
}

// A file system without locks (NFS may be one) is no reason not to grade: the lock only spares work
// that would be done twice.
static bool is_locked(int file)
{
    return flock(file, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK;
}

bool grade_folder_open(const char *out, bool shared, struct problem *problem)
{
    if (!folder_make(NULL, out, problem))
        return false;
    // Twice: a part that starts at this moment may have made the mark after it was looked for, and
    // something else before that was.
    if (holds_other(out) && holds_other(out))
        return problem_set(problem,
                           "--out %s holds something that is no gradebook; name a new or "
                           "an empty folder, or that of an earlier grading",
                           out);
    char *path = path_join(NULL, out, mark);
    int file = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0644);
    if (file < 0)
        problem_set(problem, "%s cannot be written: %s", path, strerror(errno));
    talloc_free(path);
    if (file < 0)
        return false;
    if (shared)
        close(file);
    else if (is_locked(file))
        return problem_set(problem, "another grading is writing to %s; wait for its end", out);
    return take_home(out, problem);
}
