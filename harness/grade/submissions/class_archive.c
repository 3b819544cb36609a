#include "class_archive.h"

#include "archives.h"
#include "base/text.h"
#include "run/workspace.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <talloc.h>
#include <unistd.h>

enum { BLOCK = 65536, PATH_LIMIT = 2000, MEMBERS_LIMIT = 200000 };

// Of all members together.
static const size_t bytes_limit = (size_t)2 << 30;

struct class_archive {
    const void *context;
    struct archive *archive;
    const char *name;
    int folder; // what it is unpacked into
    size_t members, bytes;
    struct problem *problem;
};

// Whether a path can lie below the folder, and names something in it.
static bool is_inside(const char *path)
{
    if (path[0] == '/' || strlen(path) > PATH_LIMIT)
        return false;
    for (const char *at = path; *at; at += strcspn(at, "/"), at += *at == '/')
        if (strncmp(at, "..", 2) == 0 && (at[2] == '/' || at[2] == '\0'))
            return false;
    return path[0] && path[strlen(path) - 1] != '/';
}

static void make_folders(const struct class_archive *class, char *path)
{
    for (char *slash = path; (slash = strchr(slash, '/')); slash++) {
        *slash = '\0';
        mkdirat(class->folder, path, 0700);
        *slash = '/';
    }
}

static bool fail(const struct class_archive *class, const char *why)
{
    return problem_set(class->problem, "%s cannot be unpacked: %s", class->name, why);
}

static bool fail_to_read(const struct class_archive *class)
{
    return fail(class, archive_complaint(class->context, class->archive));
}

static bool write_block(int file, const char *bytes, size_t size, off_t offset)
{
    while (size > 0) {
        ssize_t written = pwrite(file, bytes, size, offset);
        if (written < 0 && errno != EINTR)
            return false;
        size_t step = written > 0 ? (size_t)written : 0;
        bytes += step;
        size -= step;
        offset += (off_t)step;
    }
    return true;
}

static bool copy_member(struct class_archive *class, int file)
{
    const void *block;
    size_t size;
    la_int64_t offset;
    int status;
    while ((status = archive_read_data_block(class->archive, &block, &size, &offset)) ==
           ARCHIVE_OK) {
        class->bytes += size;
        if (class->bytes > bytes_limit)
            return fail(class, "it holds more than 2 GiB");
        if (!write_block(file, block, size, offset))
            return fail(class, strerror(errno));
    }
    return status == ARCHIVE_EOF || fail_to_read(class);
}

// Of two members with one path the first stays; what cannot be made there is left out.
static bool take_member(struct class_archive *class, struct archive_entry *entry)
{
    const char *raw = archive_path(entry);
    if (!raw || archive_entry_filetype(entry) != AE_IFREG)
        return true;
    char *path = archive_path_slashed(class->context, raw);
    int file = -1;
    if (is_inside(path)) {
        make_folders(class, path);
        file =
            openat(class->folder, path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    }
    talloc_free(path);
    if (file < 0)
        return true;
    bool copied = copy_member(class, file);
    close(file);
    return copied;
}

static bool take_members(struct class_archive *class, int file)
{
    struct archive_entry *entry;
    int status = archive_read_support_format_zip_seekable(class->archive);
    if (status != ARCHIVE_OK || archive_read_open_fd(class->archive, file, BLOCK) != ARCHIVE_OK)
        return fail_to_read(class);
    while ((status = archive_read_next_header(class->archive, &entry)) == ARCHIVE_OK ||
           status == ARCHIVE_WARN) { // a name in another encoding
        if (++class->members > MEMBERS_LIMIT)
            return fail(class, "it holds more than 200,000 files");
        if (!take_member(class, entry))
            return false;
    }
    return status == ARCHIVE_EOF || fail_to_read(class);
}

int class_archive_open(const void *context, int file, const char *name, struct problem *problem)
{
    const char *path = workspace_new(context, problem);
    int folder = path ? open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
    struct class_archive class = {context, archive_read_new(), name, folder, 0, 0, problem};
    if (!class.archive)
        abort();
    struct utf8 utf8 = utf8_begin();
    bool fine = folder >= 0 && take_members(&class, file);
    archive_read_free(class.archive);
    utf8_end(&utf8);
    if (!fine && folder >= 0)
        close(folder);
    return fine ? folder : -1;
}
