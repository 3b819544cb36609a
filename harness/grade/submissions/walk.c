#include "walk.h"

#include "base/files.h"
#include "base/text.h"
#include "legible.h"
#include "unpack.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <talloc.h>
#include <unistd.h>

struct walk {
    struct pile *pile;
    dev_t device; // the file system of the topmost folder
};

static bool take_folder(struct walk *walk, int parent, const char *name, const char *path,
                        int depth);

// A descriptor of a plain file, or -1 with errno set (ELOOP: it is none). It was one a moment ago;
// should it have been replaced since, opening it does not wait and follows nothing.
static int open_plain(int parent, const char *name)
{
    struct stat status;
    int file = openat(parent, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY);
    if (file >= 0 && (fstat(file, &status) || !S_ISREG(status.st_mode))) {
        close(file);
        errno = ELOOP;
        return -1;
    }
    return file;
}

// Reads at most FILE_LIMIT + 1 bytes; -1 with errno set.
static ssize_t read_plain(int file, char *bytes)
{
    ssize_t size = 0, count = 1;
    while (count > 0 && size <= FILE_LIMIT) {
        count = read(file, bytes + size, (size_t)(FILE_LIMIT + 1 - size));
        if (count < 0 && errno == EINTR)
            count = 1;
        else if (count > 0)
            size += count;
    }
    return count < 0 ? -1 : size;
}

static bool take_bytes(struct pile *pile, int file, const char *path)
{
    char *bytes = talloc_size(pile, FILE_LIMIT + 1);
    if (!bytes)
        abort();
    ssize_t size = read_plain(file, bytes);
    if (size >= 0 && !pile_spend(pile, (size_t)size))
        return false;
    if (size >= 0 && size <= FILE_LIMIT) {
        bytes = talloc_realloc_size(pile, bytes, (size_t)size + 1);
        pile_add(pile, path, THING_FILE, bytes, (size_t)size);
        return true;
    }
    pile_add(pile, path, size < 0 ? THING_UNREADABLE : THING_LONG, NULL, 0);
    talloc_free(bytes);
    return true;
}

static bool take_plain(struct pile *pile, int parent, const char *name, const char *path,
                       off_t size)
{
    if (!pile_wants(pile, path, THING_FILE)) {
        pile_note_other(pile, path);
        return true;
    }
    if (size > FILE_LIMIT) {
        pile_add(pile, path, THING_LONG, NULL, 0);
        return true;
    }
    int file = open_plain(parent, name);
    if (file < 0) {
        pile_add(pile, path, errno == ELOOP ? THING_SPECIAL : THING_UNREADABLE, NULL, 0);
        return true;
    }
    bool fine = take_bytes(pile, file, path);
    close(file);
    return fine;
}

static bool take_archive(struct pile *pile, int parent, const char *name)
{
    int file = open_plain(parent, name);
    if (file < 0)
        return pile_refuse(pile, "%s cannot be read: %s. Hand it in again.",
                           legible(pile, name, SHOWN_LIMIT), strerror(errno));
    bool fine = unpack(pile, file, name);
    close(file);
    return fine;
}

// An archive within the student's folder; its files are shown as below it.
static bool take_inner_archive(struct pile *pile, int parent, const char *name)
{
    const char *outer = pile->source;
    pile->source = pile_shown(pile, name);
    bool fine = take_archive(pile, parent, name);
    pile->source = outer;
    return fine;
}

static bool take_regular(struct pile *pile, int parent, const char *name, const char *path,
                         const struct stat *status, int depth)
{
    if (archive_ending(name) && depth == 1)
        return take_inner_archive(pile, parent, name);
    if (archive_ending(name))
        pile_pass_over_archive(pile, path, "is an archive within a folder");
    else if (is_foreign_archive(name)) {
        pile_pass_over_archive(pile, path, "is an archive of a kind that is not taken");
        return true; // whatever file of the course its name is like
    }
    return take_plain(pile, parent, name, path, status->st_size);
}

static bool take_entry(struct walk *walk, int parent, const char *name, const char *path, int depth)
{
    struct stat status;
    enum thing_kind kind = THING_SPECIAL;
    if (fstatat(parent, name, &status, AT_SYMLINK_NOFOLLOW))
        kind = THING_UNREADABLE;
    else if (S_ISREG(status.st_mode))
        return take_regular(walk->pile, parent, name, path, &status, depth);
    else if (S_ISDIR(status.st_mode))
        kind = THING_FOLDER;
    else if (S_ISLNK(status.st_mode))
        kind = THING_LINK;
    if (kind == THING_FOLDER && pile_ignores(name)) {
        pile_note_folder(walk->pile, path);
        return true;
    }
    if (kind == THING_LINK)
        pile_pass_over(walk->pile, path, "is a symbolic link, which is not followed");
    pile_add(walk->pile, path, kind, NULL, 0);
    return kind != THING_FOLDER || take_folder(walk, parent, name, path, depth);
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

// The names in a folder, sorted, so that nothing depends on the order the file system has them in.
// Litter is counted but left out. NULL with the pile refused if there are too many.
static const char **read_names(struct pile *pile, DIR *stream)
{
    const char **names = list_new(pile);
    size_t count = 0;
    for (const struct dirent *entry; (entry = readdir(stream));) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        if (!pile_count(pile, &pile->entries, ENTRIES_LIMIT))
            return NULL;
        if (pile_is_litter(entry->d_name))
            continue;
        list_add(&names, talloc_strdup(names, entry->d_name));
        count++;
    }
    qsort(names, count, sizeof *names, compare_names);
    return names;
}

static bool take_names(struct walk *walk, DIR *stream, const char *path, int depth)
{
    const char **names = read_names(walk->pile, stream);
    bool fine = names != NULL;
    for (size_t i = 0; fine && names[i]; i++) {
        char *below = path_join(names, path, names[i]);
        fine = take_entry(walk, dirfd(stream), names[i], below, depth + 1);
        talloc_free(below);
    }
    talloc_free(names);
    return fine;
}

// A folder that cannot be opened: the topmost one (`path` NULL) is all there is, another is told of
// where something is missed.
static bool take_unreadable(struct pile *pile, const char *name, const char *path, int failed)
{
    if (!path)
        return pile_refuse(pile, "%s cannot be read: %s. Hand it in again.",
                           legible(pile, name, SHOWN_LIMIT), strerror(failed));
    pile_pass_over(pile, path, talloc_asprintf(pile, "cannot be read: %s", strerror(failed)));
    pile_add(pile, path, THING_UNREADABLE, NULL, 0);
    return true;
}

static bool take_folder(struct walk *walk, int parent, const char *name, const char *path,
                        int depth)
{
    if (depth > DEPTH_LIMIT)
        return pile_refuse(walk->pile,
                           "What was handed in holds folders within folders more than %d deep. "
                           "Hand in the course's folder as it is.",
                           DEPTH_LIMIT);
    int folder = openat(parent, name, O_RDONLY | O_CLOEXEC | O_DIRECTORY | O_NOFOLLOW | O_NONBLOCK);
    struct stat status;
    DIR *stream = folder >= 0 && !fstat(folder, &status) ? fdopendir(folder) : NULL;
    if (!stream) {
        int failed = errno;
        if (folder >= 0)
            close(folder);
        return take_unreadable(walk->pile, name, path, failed);
    }
    if (!path)
        walk->device = status.st_dev;
    bool fine = status.st_dev != walk->device || take_names(walk, stream, path, depth);
    closedir(stream);
    return fine;
}

static bool refuse_kind(struct pile *pile, const char *name, const char *what)
{
    return pile_refuse(pile,
                       "%s is %s. Hand in a folder, or an archive: .zip, .tar.gz, .tgz or "
                       ".tar.",
                       legible(pile, name, SHOWN_LIMIT), what);
}

bool walk_entry(struct pile *pile, int parent, const char *name)
{
    struct walk walk = {.pile = pile};
    struct stat status;
    if (fstatat(parent, name, &status, AT_SYMLINK_NOFOLLOW))
        return pile_refuse(pile, "%s cannot be read: %s.", legible(pile, name, SHOWN_LIMIT),
                           strerror(errno));
    if (S_ISDIR(status.st_mode))
        return take_folder(&walk, parent, name, NULL, 0);
    if (S_ISLNK(status.st_mode))
        return refuse_kind(pile, name, "a symbolic link, which is not followed");
    if (!S_ISREG(status.st_mode))
        return refuse_kind(pile, name, "a device, a pipe or a socket");
    if (!archive_ending(name))
        return refuse_kind(pile, name, "not of a kind that is taken");
    return take_archive(pile, parent, name);
}

bool walk_file(struct pile *pile, int parent, const char *name, const char *path)
{
    struct walk walk = {.pile = pile};
    return take_entry(&walk, parent, name, path, 1);
}
