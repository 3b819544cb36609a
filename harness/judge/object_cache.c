// One file for each key: a line with how many files were read and the digest of the object, a line
// for each of those files with its digest and its stamp, and then the object itself.
//
// A file with the same stamp, its inode, its size and when both last changed, is the same: only
// where the stamp differs is it read again. What changes a file later leaves a later stamp: at the
// time of writing, the last change of each lay before the compiler started.
//
// A header that is new and is found before one that was read is noticed in the exercise's folder,
// whose headers' names are in the key; not in the folders of the system.
#define _GNU_SOURCE
#include "object_cache.h"

#include "base/files.h"
#include "base/text.h"

#include <dirent.h>
#include <fcntl.h>
#include <sha256.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <talloc.h>
#include <time.h>
#include <unistd.h>

enum {
    READ_LIMIT = 16 << 20, // bytes of an object, a source or a header
    DIGEST = SHA256_DIGEST_STRING_LENGTH - 1,
    STAMP_MOST = 128,
    DAY = 24 * 60 * 60,
    KEPT_DAYS = 60, // an object that was not used for so long goes
};

static const char mark[] = "racelings object 2";

// ---- The folder ----

// The cache's folder, made if it is missing (but not a home for it: a user such as "nobody" has
// none); NULL if there can be none, or if others could write to it.
static char *cache_folder(const void *context)
{
    const char *base = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");
    char *folder = NULL;
    if (base && base[0] == '/')
        folder = talloc_asprintf(context, "%s/racelings/objects", base);
    else if (home && home[0] == '/' && access(home, F_OK) == 0)
        folder = talloc_asprintf(context, "%s/.cache/racelings/objects", home);
    struct stat status;
    if (folder && folder_make(NULL, folder, NULL) && stat(folder, &status) == 0 &&
        status.st_uid == geteuid() && !(status.st_mode & (S_IWGRP | S_IWOTH)))
        return folder;
    talloc_free(folder);
    return NULL;
}

static double age_of(const struct stat *status)
{
    return difftime(time(NULL), status->st_mtime);
}

// Removes what has not been used for long.
static void forget_old(const char *folder)
{
    DIR *entries = opendir(folder);
    struct stat status;
    for (struct dirent *entry; entries && (entry = readdir(entries)) != NULL;)
        if (fstatat(dirfd(entries), entry->d_name, &status, AT_SYMLINK_NOFOLLOW) == 0 &&
            S_ISREG(status.st_mode) && age_of(&status) > KEPT_DAYS * (double)DAY)
            unlinkat(dirfd(entries), entry->d_name, 0);
    if (entries)
        closedir(entries);
}

// Its moment of change says when it was last used, to the day.
static void note_use(const char *path)
{
    struct stat status;
    if (stat(path, &status) == 0 && age_of(&status) > DAY)
        utimensat(AT_FDCWD, path, NULL, 0);
}

// ---- Keys ----

static void add_word(SHA256_CTX *hash, const char *word)
{
    SHA256_Update(hash, (const uint8_t *)(word ? word : ""), (word ? strlen(word) : 0) + 1);
}

static void add_words(SHA256_CTX *hash, const char *const *words)
{
    for (; words && *words; words++)
        add_word(hash, *words);
    add_word(hash, NULL);
}

// A program that was installed anew is another one: its size or its moment of change differ.
static bool add_program(SHA256_CTX *hash, const char *path)
{
    struct stat status;
    char words[64];
    if (stat(path, &status) != 0)
        return false;
    text_format(words, sizeof words, "%lld %lld.%09ld", (long long)status.st_size,
                (long long)status.st_mtim.tv_sec, status.st_mtim.tv_nsec);
    add_word(hash, path);
    add_word(hash, words);
    return true;
}

// The headers' names in the folder that is searched first.
static bool add_headers(SHA256_CTX *hash, const void *scratch, const struct sources *sources)
{
    char **names =
        sources->include ? folder_list(scratch, sources->root, sources->include, NULL) : NULL;
    add_word(hash, sources->include);
    for (size_t i = 0; names && names[i]; i++) {
        const char *end = strrchr(names[i], '.');
        if (end && strcmp(end, ".h") == 0)
            add_word(hash, names[i]);
    }
    return names || !sources->include;
}

const char *object_cache_key(const void *context, const struct recipe *recipe,
                             const struct sources *sources, const char *file)
{
    SHA256_CTX hash;
    void *scratch = talloc_new(context);
    char *key = talloc_zero_size(context, DIGEST + 1);
    SHA256_Init(&hash);
    add_word(&hash, mark);
    bool good = add_program(&hash, recipe->compiler) && add_headers(&hash, scratch, sources);
    add_words(&hash, recipe->flags);
    add_words(&hash, compiler_course_renames(recipe, sources, file));
    add_words(&hash, recipe->through);
    add_word(&hash, file);
    SHA256_End(&hash, key);
    talloc_free(scratch);
    return good ? key : NULL;
}

// ---- What was read ----

static bool look_at(const char *root, const char *path, struct stat *status)
{
    char *whole = path_join(NULL, path[0] == '/' ? NULL : root, path);
    bool known = stat(whole, status) == 0;
    talloc_free(whole);
    return known;
}

// Whether a file was changed at `moment` or later.
static bool is_newer(const struct stat *status, const struct timespec *moment)
{
    const struct timespec *changed = &status->st_ctim;
    return changed->tv_sec > moment->tv_sec ||
           (changed->tv_sec == moment->tv_sec && changed->tv_nsec >= moment->tv_nsec);
}

// Inode, size, last change of the text and of the inode, without blanks between them.
static void write_stamp(const struct stat *status, char stamp[STAMP_MOST])
{
    text_format(stamp, STAMP_MOST, "%llu:%lld:%lld.%09ld:%lld.%09ld",
                (unsigned long long)status->st_ino, (long long)status->st_size,
                (long long)status->st_mtim.tv_sec, status->st_mtim.tv_nsec,
                (long long)status->st_ctim.tv_sec, status->st_ctim.tv_nsec);
}

// Puts the digest of a file, in hexadecimal digits, into `digest`. False if it cannot be read.
static bool digest_file(const char *root, const char *path, char *digest)
{
    size_t size = 0;
    void *scratch = talloc_new(NULL);
    char *bytes = file_read(scratch, path[0] == '/' ? NULL : root, path, READ_LIMIT, &size, NULL);
    if (bytes)
        SHA256Data((const uint8_t *)bytes, size, digest);
    talloc_free(scratch);
    return bytes != NULL;
}

// The next name in a rule as make reads it, from `*at` on: blanks and "#" are written with a
// backslash, "$" twice. NULL at the end.
static char *next_name(const void *context, const char **at)
{
    const char *from = *at + strspn(*at, " \t\n\\");
    char *name = talloc_size(context, strlen(from) + 1), *to = name;
    while (*from && !strchr(" \t\n", *from)) {
        if ((from[0] == '\\' && from[1] && strchr(" #\\", from[1])) ||
            (from[0] == '$' && from[1] == '$'))
            from++;
        *to++ = *from++;
    }
    *to = '\0';
    *at = from;
    return to > name ? name : NULL;
}

// The lines for all files that `rules` names; NULL if one of them cannot be told, or may have
// changed since the compiler started.
static char *list_read_files(const void *context, const char *root, const char *rules,
                             const struct timespec *started, size_t *count)
{
    char digest[DIGEST + 1], stamp[STAMP_MOST];
    struct stat status;
    char *lines = talloc_strdup(context, "");
    const char *at = strstr(rules, ": ");
    const char *name;
    *count = 0;
    for (at = at ? at + 1 : ""; (name = next_name(lines, &at)) != NULL; (*count)++) {
        if (!digest_file(root, name, digest) || !look_at(root, name, &status) ||
            is_newer(&status, started))
            return NULL;
        write_stamp(&status, stamp);
        lines = talloc_asprintf_append(lines, "%s %s %s\n", digest, stamp, name);
    }
    return *count ? lines : NULL;
}

// ---- Taking and putting ----

// One kept object, as read.
struct kept {
    const char *lines; // of the files that were read, a string each
    size_t count;      // of those
    const char *bytes; // the object
    size_t size;
};

// Whether the file that a line names is as it was.
static bool is_same(const char *line, const char *root)
{
    char digest[DIGEST + 1], stamp[STAMP_MOST];
    struct stat status;
    if (strlen(line) <= DIGEST + 1)
        return false;
    const char *stamped = line + DIGEST + 1, *name = strchr(stamped, ' ');
    if (!name++ || !look_at(root, name, &status))
        return false;
    write_stamp(&status, stamp);
    size_t length = strlen(stamp);
    if (strncmp(stamped, stamp, length) == 0 && stamped + length + 1 == name)
        return true;
    return digest_file(root, name, digest) && strncmp(line, digest, DIGEST) == 0;
}

static bool all_same(const struct kept *kept, const char *root)
{
    const char *line = kept->lines;
    for (size_t i = 0; i < kept->count; i++, line += strlen(line) + 1)
        if (!is_same(line, root))
            return false;
    return true;
}

// Takes the file apart. False if it is not whole.
static bool parse(char *bytes, size_t size, struct kept *kept)
{
    char expected[DIGEST + 1], digest[DIGEST + 1], *end = bytes + size;
    char form[64];
    text_format(form, sizeof form, "%s %%zu %%%ds", mark, DIGEST);
    char *line = memchr(bytes, '\n', size);
    if (!line++ || sscanf(bytes, form, &kept->count, expected) != 2)
        return false;
    kept->lines = line;
    for (size_t i = 0; i < kept->count; i++) {
        char *newline = memchr(line, '\n', (size_t)(end - line));
        if (!newline)
            return false;
        *newline = '\0';
        line = newline + 1;
    }
    kept->bytes = line;
    kept->size = (size_t)(end - line);
    SHA256Data((const uint8_t *)kept->bytes, kept->size, digest);
    return strcmp(digest, expected) == 0;
}

bool object_cache_take(const char *key, const char *root, const char *object)
{
    void *scratch = talloc_new(NULL);
    size_t size = 0;
    struct kept kept;
    const char *folder = cache_folder(scratch);
    char *bytes = folder ? file_read(scratch, folder, key, 2 * READ_LIMIT, &size, NULL) : NULL;
    bool taken = bytes && parse(bytes, size, &kept) && all_same(&kept, root) &&
                 file_put(NULL, object, kept.bytes, kept.size, NULL);
    if (taken)
        note_use(path_join(scratch, folder, key));
    talloc_free(scratch);
    return taken;
}

struct timespec object_cache_moment(void)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME_COARSE, &now); // the clock of files
    return now;
}

void object_cache_put(const char *key, const char *root, const char *rules, const char *object,
                      const struct timespec *started)
{
    void *scratch = talloc_new(NULL);
    char digest[DIGEST + 1];
    size_t size = 0, count = 0;
    const char *folder = cache_folder(scratch);
    char *bytes = folder ? file_read(scratch, NULL, object, READ_LIMIT, &size, NULL) : NULL;
    char *text = bytes ? file_read(scratch, NULL, rules, READ_LIMIT, NULL, NULL) : NULL;
    char *lines = text ? list_read_files(scratch, root, text, started, &count) : NULL;
    struct draft *draft = lines ? draft_begin(scratch, folder, key, NULL) : NULL;
    if (draft) {
        SHA256Data((const uint8_t *)bytes, size, digest);
        fprintf(draft->out, "%s %zu %s\n%s", mark, count, digest, lines);
        fwrite(bytes, 1, size, draft->out);
        draft_finish(draft, NULL);
        forget_old(folder);
    }
    talloc_free(scratch);
}
