#include "unpack.h"

#include "archives.h"
#include "base/text.h"
#include "legible.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <talloc.h>
#include <unistd.h>

enum {
    BLOCK = 65536,
    NAME_LIMIT = 4096,
    NAME_COST = 16, // reading a character of a name takes as long as so many bytes of a file
};

struct reader {
    struct pile *pile;
    struct archive *archive;
    const char *name; // of the archive, for messages
    size_t found;     // members
};

static size_t ending(const char *name, const char *const *endings)
{
    size_t length = strlen(name);
    for (; *endings; endings++) {
        size_t tail = strlen(*endings);
        if (length >= tail && strcasecmp(name + length - tail, *endings) == 0)
            return tail;
    }
    return 0;
}

size_t archive_ending(const char *name)
{
    static const char *const endings[] = {".zip", ".tar.gz", ".tgz", ".tar", NULL};
    return ending(name, endings);
}

bool is_foreign_archive(const char *name)
{
    static const char *const endings[] = {".rar", ".7z",   ".gz",  ".xz", ".txz", ".bz2",
                                          ".tbz", ".tbz2", ".zst", ".lz", ".Z",   NULL};
    return !archive_ending(name) && ending(name, endings) > 0;
}

// Says what libarchive says, as it helps an instructor; it may quote the archive, and end a line.
static bool refuse_damaged(struct reader *reader)
{
    return pile_refuse(reader->pile,
                       "%s cannot be unpacked: it is damaged, cut short, or not what its name says "
                       "(%s). Pack it again and check that it opens.",
                       reader->name, archive_complaint(reader->pile, reader->archive));
}

static bool refuse_empty(struct reader *reader)
{
    return pile_refuse(reader->pile, "%s holds no files. Pack your folder again.", reader->name);
}

// ---- paths ----

static bool refuse_path(struct reader *reader, const char *path, const char *what)
{
    return pile_refuse(reader->pile,
                       "%s holds %s, %s, and is not unpacked. Pack it again from within your "
                       "folder.",
                       reader->name, what, legible(reader->pile, path, SHOWN_LIMIT));
}

// The path without "." and doubled slashes, a talloc child of the pile; NULL with the pile refused
// if it leads out of the archive.
static char *tidy(struct reader *reader, const char *raw)
{
    char *path = archive_path_slashed(reader->pile, raw), *end = path;
    if (path[0] == '/' || (isalpha((unsigned char)path[0]) && path[1] == ':')) {
        refuse_path(reader, raw, "an absolute path");
        return NULL;
    }
    for (const char *at = path; *at; at += strspn(at, "/")) {
        size_t length = strcspn(at, "/");
        if (length == 2 && at[0] == '.' && at[1] == '.') {
            refuse_path(reader, raw, "a path with \"..\"");
            return NULL;
        }
        if (!(length == 1 && at[0] == '.')) {
            if (end > path)
                *end++ = '/';
            memmove(end, at, length);
            end += length;
        }
        at += length;
    }
    *end = '\0';
    return path;
}

// The first of the folders on the way that is left out, a talloc child of the pile; NULL: none is.
static const char *ignored_folder(const struct reader *reader, const char *path)
{
    const char *name = path;
    for (const char *slash; (slash = strchr(name, '/')); name = slash + 1) {
        char *folder = talloc_strndup(reader->pile, path, (size_t)(slash - path));
        if (pile_ignores(folder + (name - path)))
            return folder;
        talloc_free(folder);
    }
    return NULL;
}

// ---- contents ----

static enum thing_kind kind_of(struct archive_entry *entry)
{
    if (archive_entry_hardlink(entry) || archive_entry_hardlink_utf8(entry))
        return THING_LINK;
    switch (archive_entry_filetype(entry)) {
    case AE_IFREG: return THING_FILE;
    case AE_IFDIR: return THING_FOLDER;
    case AE_IFLNK: return THING_LINK;
    default: return THING_SPECIAL;
    }
}

// What leaves the reader's buffers next, appended to `bytes` up to just over FILE_LIMIT: the
// archive's own word for a member's size is not taken. ARCHIVE_EOF at the end of the member.
static int read_block(struct reader *reader, char *bytes, size_t *size)
{
    const void *block;
    size_t length;
    la_int64_t offset;
    int status = archive_read_data_block(reader->archive, &block, &length, &offset);
    if (status != ARCHIVE_OK)
        return status;
    if (!pile_spend(reader->pile, length))
        return ARCHIVE_FATAL;
    size_t room = FILE_LIMIT + 1 - *size;
    if (bytes && offset == (la_int64_t)*size) {
        memcpy(bytes + *size, block, length < room ? length : room);
        *size += length < room ? length : room;
    } else if (bytes && length > 0) {
        *size = FILE_LIMIT + 1; // a hole, or after what no longer fits
    }
    return ARCHIVE_OK;
}

// A zip can be read at any place: what is not wanted need not be unpacked. All else comes in one
// stream, and skipping costs (and counts) as much as reading.
static bool can_skip(const struct reader *reader)
{
    return (archive_format(reader->archive) & ARCHIVE_FORMAT_BASE_MASK) == ARCHIVE_FORMAT_ZIP;
}

// Reads a regular member; with `bytes` NULL it only passes it.
static bool read_member(struct reader *reader, char *bytes, size_t *size)
{
    *size = 0;
    int status = ARCHIVE_OK;
    while (status == ARCHIVE_OK && !(can_skip(reader) && (!bytes || *size > FILE_LIMIT)))
        status = read_block(reader, bytes, size);
    if (status == ARCHIVE_OK)
        return true; // skipped
    return status == ARCHIVE_EOF || (!reader->pile->message && refuse_damaged(reader));
}

static bool take_file(struct reader *reader, const char *path)
{
    const char *ignored = ignored_folder(reader, path);
    bool wanted = pile_wants(reader->pile, path, THING_FILE) && !ignored;
    char *bytes = wanted ? talloc_size(reader->pile, FILE_LIMIT + 1) : NULL;
    size_t size;
    if (wanted && !bytes)
        abort();
    if (!read_member(reader, bytes, &size))
        return false;
    if (wanted && size > FILE_LIMIT)
        pile_add(reader->pile, path, THING_LONG, NULL, 0);
    else if (wanted)
        pile_add(reader->pile, path, THING_FILE, talloc_realloc_size(reader->pile, bytes, size + 1),
                 size);
    if (size > FILE_LIMIT)
        talloc_free(bytes);
    if (ignored) {
        pile_note_folder(reader->pile, ignored);
    } else if (!wanted) {
        pile_note_other(reader->pile, path);
        if (archive_ending(path) || is_foreign_archive(path))
            pile_pass_over_archive(reader->pile, path, "is an archive within an archive");
    }
    return true;
}

static bool take_member(struct reader *reader, struct archive_entry *entry)
{
    const char *raw = archive_path(entry);
    if (!raw)
        return pile_refuse(reader->pile, "%s holds a file whose name cannot be read.",
                           reader->name);
    if (strlen(raw) > NAME_LIMIT) // reading one of a megabyte takes a second
        return pile_refuse(reader->pile, "%s holds a name of more than %d characters.",
                           reader->name, NAME_LIMIT);
    char *path = pile_spend(reader->pile, strlen(raw) * NAME_COST) ? tidy(reader, raw) : NULL;
    if (!path)
        return false;
    if (archive_entry_is_encrypted(entry))
        return pile_refuse(reader->pile,
                           "%s is protected by a password. Pack it again without one.",
                           reader->name);
    enum thing_kind kind = kind_of(entry);
    size_t size; // whatever a member claims to be, there may be bytes behind it
    bool fine = kind == THING_FILE ? take_file(reader, path) : read_member(reader, NULL, &size);
    if (kind == THING_LINK)
        pile_pass_over(reader->pile, path, "is a link, which is not followed");
    if (kind != THING_FILE && !ignored_folder(reader, path))
        pile_add(reader->pile, path, kind, NULL, 0);
    talloc_free(path);
    return fine;
}

static bool take_members(struct reader *reader)
{
    struct archive_entry *entry;
    int status;
    while ((status = archive_read_next_header(reader->archive, &entry)) == ARCHIVE_OK ||
           status == ARCHIVE_WARN) { // a name in another encoding
        reader->found++;
        if (!pile_count(reader->pile, &reader->pile->members, MEMBERS_LIMIT) ||
            !take_member(reader, entry))
            return false;
    }
    if (status != ARCHIVE_EOF)
        return refuse_damaged(reader);
    return reader->found > 0 || refuse_empty(reader);
}

// ---- opening ----

// Exactly the formats that are taken: no guessing among libarchive's others, and one layer of
// compression, as each may unpack to a thousand times its size.
static bool open_archive(struct reader *reader, int file)
{
    char start[5] = "";
    bool read = pread(file, start, 4, 0) == 4;
    if (read && strcmp(start, "PK\5\6") == 0) // a zip's end, which libarchive does not take alone
        return refuse_empty(reader);
    int status = archive_read_support_format_tar(reader->archive);
    if (read && memcmp(start, "\x1f\x8b", 2) == 0)
        status |= archive_read_append_filter(reader->archive, ARCHIVE_FILTER_GZIP);
    else
        status |= archive_read_support_format_zip_seekable(reader->archive);
    if (status == ARCHIVE_OK)
        status = archive_read_open_fd(reader->archive, file, BLOCK);
    return status == ARCHIVE_OK || refuse_damaged(reader);
}

static bool check_size(struct reader *reader, int file)
{
    struct stat status;
    if (fstat(file, &status))
        return pile_refuse(reader->pile, "%s cannot be read: %s.", reader->name, strerror(errno));
    if (status.st_size == 0)
        return pile_refuse(reader->pile, "%s is empty. Pack your folder again.", reader->name);
    return status.st_size <= BYTES_LIMIT ||
           pile_refuse(reader->pile,
                       "%s is larger than %d MiB. Hand in the source files only, without what was "
                       "built from them.",
                       reader->name, BYTES_LIMIT >> 20);
}

const char **archive_tops(const void *context, int file)
{
    enum { TOPS_MOST = 2000 };
    struct pile *pile = pile_new(context, NULL);
    struct reader reader = {pile, archive_read_new(), "", 0};
    struct archive_entry *entry;
    const char **tops = list_new(context);
    if (!reader.archive)
        abort();
    bool fine = open_archive(&reader, file);
    while (fine && archive_read_next_header(reader.archive, &entry) == ARCHIVE_OK) {
        const char *path = archive_path(entry);
        char *top = path ? talloc_strndup(pile, path, strcspn(path, "/\\")) : NULL;
        if (top && !pile_ignores(top) && !list_has(tops, top))
            list_add(&tops, talloc_steal(tops, top));
        fine =
            top && list_count(tops) < TOPS_MOST && pile_count(pile, &reader.found, MEMBERS_LIMIT);
    }
    archive_read_free(reader.archive);
    talloc_free(pile);
    return fine ? tops : NULL;
}

bool unpack(struct pile *pile, int file, const char *name)
{
    struct reader reader = {pile, NULL, legible(pile, name, SHOWN_LIMIT), 0};
    if (!check_size(&reader, file))
        return false;
    if (!(reader.archive = archive_read_new()))
        abort();
    struct utf8 utf8 = utf8_begin();
    bool fine = open_archive(&reader, file) && take_members(&reader);
    archive_read_free(reader.archive);
    utf8_end(&utf8);
    return fine;
}
