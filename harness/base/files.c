// Small helpers for files and folders; everything that reads or writes one whole file calls these.
#include "files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <talloc.h>
#include <unistd.h>

char *path_join(const void *context, const char *folder, const char *name)
{
    return folder ? talloc_asprintf(context, "%s/%s", folder, name) : talloc_strdup(context, name);
}

static bool has_ending(const char *name, const char *ending)
{
    const char *dot = strrchr(name, '.');
    return dot && strcmp(dot, ending) == 0;
}

bool file_is_source(const char *name)
{
    return has_ending(name, ".c");
}

bool file_is_code(const char *name)
{
    return has_ending(name, ".c") || has_ending(name, ".h");
}

bool entry_look(const char *folder, const char *name, enum entry *entry, struct problem *problem)
{
    char *path = path_join(NULL, folder, name);
    if (!path)
        return problem_set(problem, "%s: out of memory", name);
    struct stat status;
    int failed = stat(path, &status) ? errno : 0;
    talloc_free(path);
    if (failed == ENOENT)
        *entry = ENTRY_MISSING;
    else if (failed)
        return problem_set(problem, "%s: cannot be looked at: %s", name, strerror(failed));
    else if (S_ISREG(status.st_mode))
        *entry = ENTRY_FILE;
    else
        *entry = S_ISDIR(status.st_mode) ? ENTRY_FOLDER : ENTRY_OTHER;
    return true;
}

// A descriptor for reading, or -1 with `problem` filled. Does not wait for a pipe's other end.
static int open_regular(const char *path, const char *name, struct problem *problem)
{
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    struct stat status;
    if (file < 0 || fstat(file, &status)) {
        problem_set(problem, "%s: cannot be read: %s", name, strerror(errno));
    } else if (!S_ISREG(status.st_mode)) {
        problem_set(problem, "%s: is %s where a file is expected", name,
                    S_ISDIR(status.st_mode) ? "a folder" : "a device or a pipe");
    } else {
        return file;
    }
    if (file >= 0)
        close(file);
    return -1;
}

static ssize_t read_some(int file, char *bytes, size_t room)
{
    ssize_t count;
    do
        count = read(file, bytes, room);
    while (count < 0 && errno == EINTR);
    return count;
}

// Reads to the end of `file`, or until there is more than `limit`, into a talloc'd buffer, and puts
// a NUL behind it. NULL with errno set.
static char *read_all(const void *context, int file, size_t limit, size_t *size)
{
    size_t capacity = 16384;
    char *bytes = talloc_size(context, capacity + 1);
    ssize_t count = 1;
    for (*size = 0; bytes && count && *size <= limit; *size += (size_t)count) {
        char *larger = bytes;
        if (*size == capacity)
            larger = talloc_realloc_size(context, bytes, (capacity *= 2) + 1);
        count = larger ? read_some(file, larger + *size, capacity - *size) : -1;
        if (count < 0) {
            int failed = larger ? errno : ENOMEM;
            talloc_free(larger ? larger : bytes);
            errno = failed;
            return NULL;
        }
        bytes = larger;
    }
    if (bytes)
        bytes[*size] = '\0';
    else
        errno = ENOMEM;
    return bytes;
}

static size_t line_of(const char *text, size_t offset)
{
    size_t line = 1;
    for (size_t i = 0; i < offset; i++)
        line += text[i] == '\n';
    return line;
}

// NULL with errno set, or with errno 0 and `problem` filled: it is no file that can be read.
static char *read_file(const void *context, const char *path, const char *name, size_t limit,
                       size_t *length, struct problem *problem)
{
    int file = open_regular(path, name, problem);
    char *bytes = file < 0 ? NULL : read_all(context, file, limit, length);
    int failed = file < 0 ? 0 : errno;
    if (file >= 0)
        close(file);
    errno = failed;
    return bytes;
}

char *file_read(const void *context, const char *folder, const char *name, size_t limit,
                size_t *size, struct problem *problem)
{
    enum { TRIES = 10 };
    char *path = path_join(NULL, folder, name), *bytes = NULL;
    size_t length = 0;
    if (!path) {
        problem_set(problem, "%s: out of memory", name);
        return NULL;
    }
    // ESTALE: on NFS, another machine has put a new file in the place of the one that was opened.
    errno = ESTALE;
    for (int i = 0; !bytes && errno == ESTALE && i < TRIES; i++)
        bytes = read_file(context, path, name, limit, &length, problem);
    if (!bytes && errno)
        problem_set(problem, "%s: cannot be read: %s", name, strerror(errno));
    talloc_free(path);
    if (!bytes)
        return NULL;

    size_t text_length = strlen(bytes);
    if (length > limit)
        problem_set(problem, "%s: is larger than the %zu bytes allowed", name, limit);
    else if (!size && text_length < length)
        problem_set(problem, "%s:%zu: holds a NUL byte; only plain text belongs here", name,
                    line_of(bytes, text_length));
    else {
        if (size)
            *size = length;
        return bytes;
    }
    talloc_free(bytes);
    return NULL;
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

// The names in `stream`, sorted. NULL with errno set.
static char **read_names(const void *context, DIR *stream)
{
    size_t count = 0;
    char **names = talloc_zero_array(context, char *, 1);
    int failed = names ? 0 : ENOMEM;
    while (!failed) {
        errno = 0;
        struct dirent *entry = readdir(stream);
        failed = errno;
        if (!entry)
            break;
        if (entry->d_name[0] == '.')
            continue;
        char **larger = talloc_realloc_size(context, names, (count + 2) * sizeof *names);
        names = larger ? larger : names;
        if (larger && (names[count] = talloc_strdup(names, entry->d_name)))
            names[++count] = NULL;
        else
            failed = ENOMEM;
    }
    if (failed) {
        talloc_free(names);
        errno = failed;
        return NULL;
    }
    qsort(names, count, sizeof *names, compare_names);
    return names;
}

char **folder_list(const void *context, const char *folder, const char *name,
                   struct problem *problem)
{
    char *path = path_join(NULL, folder, name);
    DIR *stream = path ? opendir(path) : NULL;
    char **names = stream ? read_names(context, stream) : NULL;
    if (!names)
        problem_set(problem, "%s: cannot be listed: %s", name, strerror(errno));
    if (stream)
        closedir(stream);
    talloc_free(path);
    return names;
}

// Creates a new file beside `path`, hidden, with the permissions the umask asks for (which mkstemp
// would not give). The number sets threads apart, the process id processes. Its path becomes a
// child of `path`; -1 with errno set.
static int open_beside(char *path, char **temporary)
{
    static atomic_uint number;
    const char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;
    for (;;) {
        *temporary = talloc_asprintf(path, "%.*s.%s.%ld-%u.tmp", (int)(name - path), path, name,
                                     (long)getpid(), atomic_fetch_add(&number, 1));
        if (!*temporary) {
            errno = ENOMEM;
            return -1;
        }
        int file = open(*temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (file >= 0 || errno != EEXIST)
            return file;
    }
}

// Takes away what was begun and is not in its place.
static int draft_drop(struct draft *draft)
{
    if (draft->out)
        fclose(draft->out);
    if (draft->temporary)
        unlink(draft->temporary);
    return 0;
}

struct draft *draft_begin(const void *context, const char *folder, const char *name,
                          struct problem *problem)
{
    struct draft *draft = talloc_zero(context, struct draft);
    if (draft) {
        draft->name = talloc_strdup(draft, name);
        draft->path = path_join(draft, folder, name);
    }
    if (!draft || !draft->name || !draft->path) {
        talloc_free(draft);
        problem_set(problem, "%s: out of memory", name);
        return NULL;
    }
    char *temporary;
    int file = open_beside(draft->path, &temporary);
    if (file >= 0) {
        draft->temporary = temporary;
        talloc_set_destructor(draft, draft_drop);
        draft->out = fdopen(file, "w");
    }
    if (draft->out)
        return draft;
    problem_set(problem, "%s: cannot be written: %s", name, strerror(errno));
    if (file >= 0)
        close(file);
    talloc_free(draft);
    return NULL;
}

// What is still to be done to have it whole and in its place: 0, or an errno.
static int draft_place(struct draft *draft)
{
    int code = fflush(draft->out) ? errno : 0; // a full disk fails again, and says that it is full
    if (!code && ferror(draft->out)) // an earlier write failed, and its errno is gone: so again
        code = write(fileno(draft->out), "", 1) < 0 ? errno : EIO;
    if (!code && fsync(fileno(draft->out)))
        code = errno;
    if (fclose(draft->out) && !code)
        code = errno;
    draft->out = NULL;
    if (!code && rename(draft->temporary, draft->path))
        code = errno;
    if (!code)
        draft->temporary = NULL;
    return code;
}

bool draft_finish(struct draft *draft, struct problem *problem)
{
    int failed = draft_place(draft);
    if (failed)
        problem_set(problem, "%s: cannot be written: %s", draft->name, strerror(failed));
    talloc_free(draft);
    return !failed;
}

bool file_write(const char *folder, const char *name, const void *bytes, size_t size,
                struct problem *problem)
{
    struct draft *draft = draft_begin(NULL, folder, name, problem);
    if (!draft)
        return false;
    fwrite(bytes, 1, size, draft->out);
    return draft_finish(draft, problem);
}

static bool write_all(int file, const char *bytes, size_t size)
{
    while (size > 0) {
        ssize_t count = write(file, bytes, size);
        if (count < 0 && errno != EINTR)
            return false;
        if (count > 0) {
            bytes += count;
            size -= (size_t)count;
        }
    }
    return true;
}

bool file_put(const char *folder, const char *name, const void *bytes, size_t size,
              struct problem *problem)
{
    char *path = path_join(NULL, folder, name);
    int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0644);
    bool written = file >= 0 && write_all(file, bytes, size);
    int failed = errno;
    if (file >= 0 && close(file) != 0 && written) {
        failed = errno;
        written = false;
    }
    talloc_free(path);
    return written || problem_set(problem, "%s: cannot be written: %s", name, strerror(failed));
}

bool file_write_named(const char *path, const void *bytes, size_t size, struct problem *problem)
{
    struct stat found;
    if (stat(path, &found) != 0 || S_ISREG(found.st_mode))
        return file_write(NULL, path, bytes, size, problem);
    int file = open(path, O_WRONLY | O_CLOEXEC);
    bool written = file >= 0 && write_all(file, bytes, size);
    int failed = errno;
    if (file >= 0)
        close(file);
    return written || problem_set(problem, "%s: cannot be written: %s", path, strerror(failed));
}

bool folder_make(const char *folder, const char *name, struct problem *problem)
{
    char *path = path_join(NULL, folder, name);
    bool made = true;
    for (char *slash = strchr(path + 1, '/'); made; slash = strchr(slash + 1, '/')) {
        if (slash)
            *slash = '\0';
        made = mkdir(path, 0755) == 0 || errno == EEXIST;
        if (!slash)
            break;
        *slash = '/';
    }
    if (!made)
        problem_set(problem, "%s: the folder cannot be made: %s", name, strerror(errno));
    talloc_free(path);
    return made;
}
