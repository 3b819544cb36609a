// Writes a handout, through libarchive either way: to it a folder is an archive like another.
#include "handout.h"

#include "base/files.h"
#include "run/workspace.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <talloc.h>
#include <time.h>

static bool write_file(struct archive *archive, const char *folder, const struct handout_file *file)
{
    struct archive_entry *entry = archive_entry_new();
    char *path = path_join(NULL, folder, file->path);
    archive_entry_set_pathname(entry, path);
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, file->executable ? 0755 : 0644);
    archive_entry_set_size(entry, (la_int64_t)file->size);
    archive_entry_set_mtime(entry, time(NULL), 0);
    bool written = archive_write_header(archive, entry) == ARCHIVE_OK &&
                   archive_write_data(archive, file->bytes, file->size) == (la_ssize_t)file->size &&
                   archive_write_finish_entry(archive) == ARCHIVE_OK;
    archive_entry_free(entry);
    talloc_free(path);
    return written;
}

// Writes all files below `folder` (NULL: as they are called) and frees the archive. What failed is
// told of `place`.
static bool write_files(const struct handout *handout, struct archive *archive, const char *folder,
                        const char *place, struct problem *problem)
{
    bool written = true;
    for (size_t i = 0; written && i < handout->count; i++)
        written = write_file(archive, folder, &handout->files[i]);
    written = written && archive_write_close(archive) == ARCHIVE_OK;
    if (!written)
        problem_set(problem, "%s: cannot be written: %s", place, archive_error_string(archive));
    archive_write_free(archive);
    return written;
}

bool handout_write_folder(const struct handout *handout, const char *folder,
                          struct problem *problem)
{
    const char *slash = strrchr(folder, '/');
    char *parent = talloc_strndup(NULL, folder, slash > folder ? (size_t)(slash - folder) : 1);
    const char *beside = workspace_in(parent, parent, problem);
    char *made = path_join(parent, beside, "handout");
    bool written = beside && write_files(handout, archive_write_disk_new(), made, folder, problem);
    if (written && rename(made, folder))
        written = problem_set(problem, "%s: cannot be made: %s", folder, strerror(errno));
    talloc_free(parent);
    return written;
}

bool handout_write_zip(const struct handout *handout, const char *file, struct problem *problem)
{
    size_t room = 1 << 16, used = 0;
    for (size_t i = 0; i < handout->count; i++)
        room += handout->files[i].size + 2 * strlen(handout->files[i].path) + 1024;
    char *bytes = talloc_size(NULL, room);
    struct archive *archive = archive_write_new();
    archive_write_set_format_zip(archive);
    archive_write_set_bytes_in_last_block(archive, 1); // no padding: a zip ends where it ends
    if (!bytes || archive_write_open_memory(archive, bytes, room, &used) != ARCHIVE_OK) {
        problem_set(problem, "%s: out of memory", file);
        archive_write_free(archive);
        talloc_free(bytes);
        return false;
    }
    bool written = write_files(handout, archive, NULL, file, problem) &&
                   file_write(NULL, file, bytes, used, problem);
    talloc_free(bytes);
    return written;
}
