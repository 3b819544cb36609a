// Writes what a hostile or careless student might hand in, one entry a student, into a folder as
// `racelings grade` takes it: links, archives that reach out of their folder or that unpack to
// gigabytes, files that are no text, names that act where they are shown. Tells of each entry, one
// a line on standard output, with tabs between:
//
//     <entry> <standing> <what it tries>
//
// A byte of the entry's name that is no plain ASCII stands there as \xNN. The standing is that of
// the exercise `counter` (class.h), or "not passed" where several would do. All of it takes 14 MB.
//
// Usage: make_attack_archives FOLDER, which must be there and empty.

#define _GNU_SOURCE
#include <archive.h>
#include <archive_entry.h>
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <time.h>
#include <unistd.h>

// Right, so that whoever is led to it by a link or a path gives points.
static const char right[] = "#include \"counter.h\"\n"
                            "#include <stdlib.h>\n"
                            "struct counter { long value; };\n"
                            "struct counter *counter_new(void)\n"
                            "{ return calloc(1, sizeof(struct counter)); }\n"
                            "void counter_free(struct counter *c) { free(c); }\n"
                            "void counter_increment(struct counter *c)\n"
                            "{ __atomic_fetch_add(&c->value, 1, __ATOMIC_SEQ_CST); }\n"
                            "long counter_value(struct counter *c)\n"
                            "{ return __atomic_load_n(&c->value, __ATOMIC_SEQ_CST); }\n";

// Does not build, which costs a judge the least.
static const char wrong[] = "#error handed in\n";

static int folder; // all is written below it

// ---- Files and folders ----

static void check(bool done, const char *what)
{
    if (!done)
        err(1, "%s", what);
}

static void make_folder(const char *name)
{
    check(mkdirat(folder, name, 0777) == 0, name);
}

static void write_file(const char *name, const void *bytes, size_t size)
{
    int file = openat(folder, name, O_WRONLY | O_CREAT | O_EXCL, 0666);
    check(file >= 0, name);
    check(write(file, bytes, size) == (ssize_t)size, name);
    close(file);
}

static void make_link(const char *target, const char *name)
{
    check(symlinkat(target, folder, name) == 0, name);
}

static void make_victim(const char *entry)
{
    make_folder(entry);
    write_file("victim/counter.c", right, sizeof right - 1);
}

static void link_file(const char *entry)
{
    make_folder(entry);
    make_link("/etc/passwd", "linked-file/counter.c");
}

static void link_to_other(const char *entry)
{
    make_folder(entry);
    make_link("../victim/counter.c", "linked-to-other/counter.c");
}

static void link_folder(const char *entry)
{
    make_link("/usr/include", entry);
}

static void link_to_self(const char *entry)
{
    make_folder(entry);
    make_link(".", "linked-to-self/round");
}

static void link_inner_folder(const char *entry)
{
    make_folder(entry);
    make_link("../victim", "linked-inner-folder/exercises");
}

static void make_fifo(const char *entry)
{
    make_folder(entry);
    check(mkfifoat(folder, "fifo/counter.c", 0666) == 0, entry);
}

static void make_directory(const char *entry)
{
    make_folder(entry);
    make_folder("directory/counter.c");
    write_file("directory/counter.c/counter.h", right, sizeof right - 1);
}

static void make_empty(const char *entry)
{
    make_folder(entry);
    write_file("empty-file/counter.c", "", 0);
}

static void make_binary(const char *entry)
{
    char bytes[4096];
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (char)(i * 7);
    make_folder(entry);
    write_file("binary-file/counter.c", bytes, sizeof bytes);
}

// Right up to a NUL, at which a careless reader stops.
static void hide_behind_nul(const char *entry)
{
    static const char text[] = "\0#error behind the NUL\n";
    char bytes[sizeof right + sizeof text];
    memcpy(bytes, right, sizeof right - 1);
    memcpy(bytes + sizeof right - 1, text, sizeof text);
    make_folder(entry);
    write_file("behind-nul/counter.c", bytes, sizeof right - 1 + sizeof text);
}

// A right answer, and ten megabytes of nothing behind it.
static void make_huge(const char *entry)
{
    make_folder(entry);
    write_file("ten-megabytes/counter.c", right, sizeof right - 1);
    int file = openat(folder, "ten-megabytes/counter.c", O_WRONLY | O_APPEND);
    static char line[1 << 16];
    memset(line, ' ', sizeof line);
    line[sizeof line - 1] = '\n';
    for (int i = 0; i < 160; i++)
        check(write(file, line, sizeof line) == sizeof line, entry);
    close(file);
}

static void make_utf16(const char *entry)
{
    char bytes[2 * sizeof right] = "\xff\xfe";
    for (size_t i = 0; i < sizeof right - 1; i++)
        bytes[2 + 2 * i] = right[i];
    make_folder(entry);
    write_file("utf-16/counter.c", bytes, 2 * sizeof right);
}

static void make_deep(const char *entry)
{
    enum { LEVELS = 200 };
    make_folder(entry);
    int outer = dup(folder), inner = openat(folder, entry, O_DIRECTORY);
    for (int i = 0; i < LEVELS; i++) {
        close(outer);
        outer = inner;
        check(mkdirat(outer, "a-name-of-some-length", 0777) == 0, entry);
        inner = openat(outer, "a-name-of-some-length", O_DIRECTORY);
    }
    int kept = folder;
    folder = inner;
    write_file("counter.c", wrong, sizeof wrong - 1);
    folder = kept;
    close(outer);
    close(inner);
}

static void make_named(const char *entry)
{
    make_folder(entry);
    int kept = folder;
    folder = openat(kept, entry, O_DIRECTORY);
    write_file("counter.c", wrong, sizeof wrong - 1);
    close(folder);
    folder = kept;
}

// ---- Archives ----

enum format { TAR, TAR_GZ, ZIP };

static struct archive *archive_begin(const char *name, enum format format, int *file)
{
    struct archive *archive = archive_write_new();
    *file = openat(folder, name, O_WRONLY | O_CREAT | O_EXCL, 0666);
    check(*file >= 0, name);
    if (format == ZIP)
        archive_write_set_format_zip(archive);
    else
        archive_write_set_format_pax_restricted(archive);
    if (format == TAR_GZ)
        archive_write_add_filter_gzip(archive);
    archive_write_set_bytes_in_last_block(archive, 1);
    return archive;
}

static void archive_check(struct archive *archive, int result)
{
    if (result < ARCHIVE_WARN)
        errx(1, "libarchive: %s", archive_error_string(archive));
}

static void archive_end(struct archive *archive, int file)
{
    archive_check(archive, archive_write_close(archive));
    archive_write_free(archive);
    close(file);
}

static struct archive_entry *member_new(const char *name, unsigned type, int64_t size)
{
    struct archive_entry *member = archive_entry_new();
    archive_entry_set_pathname(member, name);
    archive_entry_set_filetype(member, type);
    archive_entry_set_perm(member, 0644);
    archive_entry_set_mtime(member, 1700000000, 0);
    if (type == AE_IFREG)
        archive_entry_set_size(member, size);
    return member;
}

// Writes a member and its contents; frees `member`.
static void member_write(struct archive *archive, struct archive_entry *member, const char *text)
{
    archive_check(archive, archive_write_header(archive, member));
    if (text && archive_write_data(archive, text, strlen(text)) < 0)
        errx(1, "libarchive: %s", archive_error_string(archive));
    archive_entry_free(member);
}

static void member_add(struct archive *archive, const char *name, const char *text)
{
    member_write(archive, member_new(name, AE_IFREG, (int64_t)strlen(text)), text);
}

static struct archive *open_archive(const char *name, enum format format, int *file)
{
    struct archive *archive = archive_begin(name, format, file);
    archive_check(archive, archive_write_open_fd(archive, *file));
    return archive;
}

// An archive of one member of any type, which may point to `target`.
static void one_member(const char *name, enum format format, unsigned type, const char *target)
{
    int file;
    struct archive *archive = open_archive(name, format, &file);
    struct archive_entry *member = member_new("counter.c", type, 0);
    if (type == AE_IFLNK)
        archive_entry_set_symlink(member, target);
    else if (target)
        archive_entry_set_hardlink(member, target);
    if (type == AE_IFCHR)
        archive_entry_set_rdev(member, makedev(1, 5)); // /dev/zero
    member_write(archive, member, NULL);
    archive_end(archive, file);
}

static void archive_symlink(const char *entry)
{
    one_member(entry, TAR, AE_IFLNK, "/etc/passwd");
}

static void archive_zip_symlink(const char *entry)
{
    one_member(entry, ZIP, AE_IFLNK, "/etc/passwd");
}

static void archive_hardlink(const char *entry)
{
    one_member(entry, TAR, AE_IFREG, "/etc/passwd");
}

static void archive_device(const char *entry)
{
    one_member(entry, TAR, AE_IFCHR, NULL);
}

static void archive_fifo(const char *entry)
{
    one_member(entry, TAR, AE_IFIFO, NULL);
}

static void archive_outside(const char *entry)
{
    int file;
    struct archive *archive = open_archive(entry, TAR_GZ, &file);
    member_add(archive, "../racelings-attack-escaped.c", right);
    member_add(archive, "a/../../racelings-attack-escaped.c", right);
    member_add(archive, "../victim/counter.c", wrong);
    archive_end(archive, file);
}

static void archive_absolute(const char *entry)
{
    int file;
    struct archive *archive = open_archive(entry, TAR, &file);
    member_add(archive, "/tmp/racelings-attack-was-here", right);
    archive_end(archive, file);
}

// First a link out of the folder, then a file through it.
static void archive_through_link(const char *entry)
{
    int file;
    struct archive *archive = open_archive(entry, TAR, &file);
    struct archive_entry *member = member_new("way", AE_IFLNK, 0);
    archive_entry_set_symlink(member, "/tmp");
    member_write(archive, member, NULL);
    member_add(archive, "way/racelings-attack-was-here", right);
    archive_end(archive, file);
}

static void archive_many(const char *entry)
{
    enum { MEMBERS = 20001 };
    int file;
    struct archive *archive = open_archive(entry, TAR_GZ, &file);
    char name[64];
    for (int i = 1; i < MEMBERS; i++) {
        snprintf(name, sizeof name, "notes/%05d.txt", i);
        member_add(archive, name, "");
    }
    member_add(archive, "counter.c", wrong);
    archive_end(archive, file);
}

static void archive_long_name(const char *entry)
{
    enum { LENGTH = 100000 };
    int file;
    struct archive *archive = open_archive(entry, TAR_GZ, &file);
    char *name = malloc(LENGTH + sizeof "/counter.c");
    check(name != NULL, entry);
    for (int i = 0; i < LENGTH; i++)
        name[i] = i % 50 == 49 ? '/' : 'n';
    strcpy(name + LENGTH, "/counter.c");
    member_add(archive, name, wrong);
    free(name);
    archive_end(archive, file);
}

static void archive_names(const char *entry)
{
    int file;
    struct archive *archive = open_archive(entry, TAR_GZ, &file);
    member_add(archive, "<script>document.title='attacked'<\\script>/counter.c", wrong);
    member_add(archive, "\033]0;attacked\a\033[2Jhidden.c", wrong);
    member_add(archive, "two\nlines.c", wrong);
    archive_end(archive, file);
}

static void archive_dates(const char *entry)
{
    static const int64_t dates[] = {INT64_MAX, INT64_MIN, -1, 253402300800}; // the last: year 10000
    int file;
    struct archive *archive = open_archive(entry, TAR, &file);
    for (size_t i = 0; i < sizeof dates / sizeof dates[0]; i++) {
        char name[64];
        snprintf(name, sizeof name, i == 0 ? "counter.c" : "notes-%zu.txt", i);
        struct archive_entry *member = member_new(name, AE_IFREG, sizeof wrong - 1);
        archive_entry_set_mtime(member, (time_t)dates[i], 0);
        member_write(archive, member, wrong);
    }
    archive_end(archive, file);
}

// Written like any other if libarchive was built without encryption: the line printed tells.
static void archive_encrypted(const char *entry)
{
    int file;
    struct archive *archive = archive_begin(entry, ZIP, &file);
    archive_check(archive, archive_write_set_options(archive, "zip:encryption=traditional"));
    archive_check(archive, archive_write_set_passphrase(archive, "secret"));
    archive_check(archive, archive_write_open_fd(archive, file));
    member_add(archive, "counter.c", right);
    archive_end(archive, file);
}

static void archive_truncated(const char *entry)
{
    int file;
    struct archive *archive = open_archive(entry, TAR_GZ, &file);
    member_add(archive, "counter.c", right);
    archive_end(archive, file);
    file = openat(folder, entry, O_RDWR);
    struct stat status;
    check(fstat(file, &status) == 0 && ftruncate(file, status.st_size / 2) == 0, entry);
    close(file);
}

static void archive_not_one(const char *entry)
{
    write_file(entry, right, sizeof right - 1);
}

// ---- Bombs ----

enum { PIECE = 64 << 20 };

static void archive_zip_bomb(const char *entry)
{
    enum { PIECES = 4 };
    int file;
    struct archive *archive = open_archive(entry, ZIP, &file);
    struct archive_entry *member = member_new("counter.c", AE_IFREG, (int64_t)PIECES * PIECE);
    archive_check(archive, archive_write_header(archive, member));
    archive_entry_free(member);
    void *zeros = calloc(1, PIECE);
    check(zeros != NULL, entry);
    for (int i = 0; i < PIECES; i++)
        check(archive_write_data(archive, zeros, PIECE) == PIECE, entry);
    free(zeros);
    archive_end(archive, file);
}

// Compresses `size` bytes into `out`; gives the length.
static size_t gzip(const void *bytes, size_t size, void *out, size_t room)
{
    struct archive *archive = archive_write_new();
    size_t used = 0;
    archive_write_set_format_raw(archive);
    archive_write_add_filter_gzip(archive);
    archive_write_set_bytes_per_block(archive, 0);
    archive_check(archive, archive_write_open_memory(archive, out, room, &used));
    struct archive_entry *member = member_new("data", AE_IFREG, (int64_t)size);
    archive_check(archive, archive_write_header(archive, member));
    archive_entry_free(member);
    if (archive_write_data(archive, bytes, size) < 0)
        errx(1, "libarchive: %s", archive_error_string(archive));
    archive_check(archive, archive_write_close(archive));
    archive_write_free(archive);
    return used;
}

// The header that tar writes for a file of `size` bytes.
static void tar_header(char block[512], int64_t size)
{
    char tar[4096];
    size_t used = 0;
    struct archive *archive = archive_write_new();
    archive_write_set_format_ustar(archive);
    archive_write_set_bytes_per_block(archive, 0);
    archive_check(archive, archive_write_open_memory(archive, tar, sizeof tar, &used));
    struct archive_entry *member = member_new("counter.c", AE_IFREG, size);
    archive_check(archive, archive_write_header(archive, member));
    archive_entry_free(member);
    memcpy(block, tar, 512);
    archive_write_free(archive); // complains that the contents never came
}

// gzip files may be put one behind the other: two gigabytes for the work of 64 MB.
static void archive_gzip_bomb(const char *entry)
{
    enum { PIECES = 32, ROOM = 1 << 20 };
    char header[512], *out = malloc(ROOM);
    void *zeros = calloc(1, PIECE);
    int file = openat(folder, entry, O_WRONLY | O_CREAT | O_EXCL, 0666);
    check(file >= 0 && out && zeros, entry);
    tar_header(header, (int64_t)PIECES * PIECE);
    size_t length = gzip(header, sizeof header, out, ROOM);
    check(write(file, out, length) == (ssize_t)length, entry);
    length = gzip(zeros, PIECE, out, ROOM);
    for (int i = 0; i < PIECES; i++)
        check(write(file, out, length) == (ssize_t)length, entry);
    length = gzip(zeros, 1024, out, ROOM); // the end of a tar
    check(write(file, out, length) == (ssize_t)length, entry);
    free(zeros);
    free(out);
    close(file);
}

// A file of eight gigabytes that is one hole but for its last byte.
static void archive_sparse_bomb(const char *entry)
{
    const int64_t size = INT64_C(8) << 30;
    int file;
    struct archive *archive = open_archive(entry, TAR, &file);
    struct archive_entry *member = member_new("counter.c", AE_IFREG, size);
    archive_entry_sparse_add_entry(member, size - 1, 1);
    archive_check(archive, archive_write_header(archive, member));
    archive_entry_free(member);
    char *zeros = calloc(1, PIECE);
    check(zeros != NULL, entry);
    for (int64_t done = 0; done < size; done += PIECE) // the hole is skipped, not written
        check(archive_write_data(archive, zeros, PIECE) == PIECE, entry);
    free(zeros);
    archive_end(archive, file);
}

// ---- All of them ----

static const struct attack {
    const char *entry;
    const char *standing;
    void (*write)(const char *entry);
    const char *tries;
} attacks[] = {
    {"victim", "passed", make_victim, "nothing: an honest student, whom the others would rob"},
    {"linked-file", "not passed", link_file, "counter.c is a link to /etc/passwd"},
    {"linked-to-other", "not passed", link_to_other, "counter.c is a link to another's answer"},
    {"linked-folder", "not passed", link_folder, "the whole submission is a link to /usr/include"},
    {"linked-to-self", "not passed", link_to_self, "a folder that holds itself, for ever"},
    {"linked-inner-folder", "not passed", link_inner_folder, "a folder is a link to another's"},
    {"fifo", "not passed", make_fifo, "counter.c is a FIFO: who opens it waits"},
    {"directory", "not passed", make_directory, "counter.c is a folder"},
    {"empty-file", "not passed", make_empty, "counter.c is empty"},
    {"binary-file", "unusable", make_binary, "counter.c is not text"},
    {"behind-nul", "unusable", hide_behind_nul, "counter.c goes on behind a NUL"},
    {"ten-megabytes", "unusable", make_huge, "counter.c has ten megabytes, nearly all spaces"},
    {"utf-16", "passed", make_utf16, "nothing: an honest student whose editor writes UTF-16"},
    {"deep", "not passed", make_deep, "counter.c lies 200 folders deep"},
    {"<img src=x onerror=alert(1)>", "failed", make_named, "a name that is HTML"},
    {"\033]0;attacked\a\033[2J", "failed", make_named, "a name that commands a terminal"},
    {"two\nlines", "failed", make_named, "a name of two lines"},
    {"=1+cmd|' C'!A0,\"", "failed", make_named, "a name that is a formula to a spreadsheet"},
    {"\xff\xfe not UTF-8", "failed", make_named, "a name that is not UTF-8"},
    {"-rf --out=x", "failed", make_named, "a name that is an option"},
    {"symlink.tar", "not passed", archive_symlink, "a member is a link to /etc/passwd"},
    {"symlink.zip", "not passed", archive_zip_symlink, "the same in a zip"},
    {"hardlink.tar", "not passed", archive_hardlink, "a member is a hard link to /etc/passwd"},
    {"device.tar", "not passed", archive_device, "a member is the device /dev/zero"},
    {"fifo.tar", "not passed", archive_fifo, "a member is a FIFO"},
    {"outside.tar.gz", "not passed", archive_outside, "members with ../ in their paths"},
    {"absolute.tar", "not passed", archive_absolute, "a member with an absolute path"},
    {"through-link.tar", "not passed", archive_through_link, "a link, and a member behind it"},
    {"many.tar.gz", "unusable", archive_many, "20,001 members"},
    {"long-name.tar.gz", "not passed", archive_long_name, "a path of 100,000 bytes"},
    {"names.tar.gz", "not passed", archive_names, "members' names are HTML and escapes"},
    {"dates.tar", "not passed", archive_dates, "dates at both ends of 64 bits"},
    {"encrypted.zip", "unusable", archive_encrypted, "needs a password"},
    {"truncated.tar.gz", "unusable", archive_truncated, "half of an archive"},
    {"not-a-zip.zip", "not passed", archive_not_one, "a C file that says it is a zip"},
    {"bomb.zip", "unusable", archive_zip_bomb, "256 KB that unpack to 256 MB"},
    {"bomb.tar.gz", "unusable", archive_gzip_bomb, "2 MB that unpack to 2 GB"},
    {"sparse.tar", "unusable", archive_sparse_bomb, "3 KB that unpack to 8 GB, all a hole"},
};

static void print_name(const char *name)
{
    for (; *name; name++) {
        bool plain = *name >= ' ' && *name <= '~' && *name != '\\';
        printf(plain ? "%c" : "\\x%02x", (unsigned char)*name);
    }
}

int main(int argc, char **argv)
{
    if (argc != 2)
        errx(2, "usage: make_attack_archives FOLDER");
    folder = open(argv[1], O_DIRECTORY);
    check(folder >= 0, argv[1]);
    for (size_t i = 0; i < sizeof attacks / sizeof attacks[0]; i++) {
        attacks[i].write(attacks[i].entry);
        print_name(attacks[i].entry);
        printf("\t%s\t%s\n", attacks[i].standing, attacks[i].tries);
    }
    return 0;
}
