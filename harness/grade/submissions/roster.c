#include "roster.h"

#include "base/text.h"
#include "legible.h"
#include "unpack.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <talloc.h>
#include <unistd.h>

enum { NAME_LIMIT = 80, ID_LIMIT = 64 };

// ---- the names of entries ----

// What an entry's name says; all but `name` point into it.
struct label {
    const char *name;
    size_t name_length;
    const char *number; // the id; NULL: the name is all there is
    size_t number_length;
    const char *file; // the name of the single file; "" or NULL: none
    bool counted;     // Canvas may have put "-1" into it
};

static const char digits[] = "0123456789";

// "doejane_12345_67890_work.zip", "doejane_LATE_12345_67890_counter-1.c": the student, the
// student's number and the file's.
static bool read_canvas(const char *entry, struct label *label)
{
    size_t name = strcspn(entry, "_");
    const char *at = entry + name;
    if (name == 0 || *at != '_')
        return false;
    at += strncmp(at, "_LATE_", 6) == 0 ? 6 : 1;
    size_t user = strspn(at, digits), file = at[user] ? strspn(at + user + 1, digits) : 0;
    const char *rest = at + user + 1 + file;
    if (user == 0 || at[user] != '_' || file == 0 || rest[0] != '_' || rest[1] == '\0')
        return false;
    *label = (struct label){entry, name, at, user, rest + 1, true};
    return true;
}

// "Jane Doe_12345_assignsubmission_file_", a folder, or in its place one file each with its name
// behind that; "onlinetext" for what was typed into Moodle itself.
static bool read_moodle(const char *entry, struct label *label)
{
    const char *mark = strstr(entry, "_assignsubmission_"), *number = mark;
    while (number && number > entry && isdigit((unsigned char)number[-1]))
        number--;
    if (!mark || number == mark || number < entry + 2 || number[-1] != '_')
        return false;
    const char *rest = mark + strlen("_assignsubmission_");
    size_t kind = strcspn(rest, "_");
    bool known = (kind == 4 && strncmp(rest, "file", kind) == 0) ||
                 (kind == 10 && strncmp(rest, "onlinetext", kind) == 0);
    if (!known)
        return false;
    *label = (struct label){entry,
                            (size_t)(number - 1 - entry),
                            number,
                            (size_t)(mark - number),
                            rest + kind + (rest[kind] == '_'),
                            false};
    return true;
}

static struct label read_label(const char *entry, bool is_file)
{
    struct label label = {.name = entry};
    if (read_moodle(entry, &label) || read_canvas(entry, &label))
        return label;
    label.name_length = strlen(entry) - (is_file ? archive_ending(entry) : 0);
    return label;
}

// Letters, digits, ".", "_" and "-", with "_" in the place of every other character.
static char *safe_id(const void *context, const char *bytes, size_t length)
{
    char *id = talloc_size(context, length + 1), *end = id;
    if (!id)
        abort();
    bool letters = false;
    while (length > 0 && end < id + ID_LIMIT) {
        uint32_t code;
        size_t step = utf8_decode(bytes, length, &code);
        bool plain = isalnum((unsigned char)*bytes) || strchr("._-", *bytes);
        letters |= isalnum((unsigned char)*bytes) != 0;
        if (plain && !(end == id && (*bytes == '.' || *bytes == '-')))
            *end++ = *bytes;
        else if (!plain)
            *end++ = '_';
        bytes += step ? step : 1;
        length -= step ? step : 1;
    }
    *end = '\0';
    return letters ? id : talloc_strdup(context, "student");
}

// ---- the roster ----

static struct owner *find_owner(struct roster *roster, const char *key)
{
    for (size_t i = 0; i < roster->count; i++)
        if (strcmp(roster->owners[i].key, key) == 0)
            return &roster->owners[i];
    return NULL;
}

static struct owner *add_owner(struct roster *roster, const char *entry, const char *key,
                               const struct label *label)
{
    const char *id = label->number ? label->number : label->name;
    size_t length = label->number ? label->number_length : label->name_length;
    const char *name = talloc_strndup(roster, label->name, label->name_length);
    roster->owners = array_grow(roster, roster->owners, sizeof *roster->owners, roster->count);
    struct owner *owner = &roster->owners[roster->count++];
    *owner = (struct owner){.id = safe_id(roster, id, length),
                            .name = legible(roster, name, NAME_LIMIT),
                            .entry = legible(roster, entry, NAME_LIMIT),
                            .key = key};
    return owner;
}

static void add_piece(struct roster *roster, const char *entry, bool is_file)
{
    struct label label = read_label(entry, is_file);
    int known = (int)(label.number ? label.number + label.number_length - entry : 0);
    const char *key = talloc_asprintf(roster, "%.*s", known, entry);
    if (label.number && label.counted) // "LATE" is not a part of it
        key = talloc_asprintf(roster, "%.*s_%.*s", (int)label.name_length, label.name,
                              (int)label.number_length, label.number);
    struct owner *owner = label.number ? find_owner(roster, key) : NULL;
    if (!owner)
        owner = add_owner(roster, entry, key, &label);
    struct piece piece = {.entry = talloc_strdup(roster, entry)};
    if (is_file && label.file && label.file[0])
        piece.file = talloc_strdup(roster, label.file);
    piece.counted = label.counted;
    owner->pieces = array_grow(roster, owner->pieces, sizeof *owner->pieces, owner->count);
    owner->pieces[owner->count++] = piece;
}

// What lies beside submissions without being one: hidden files, those of operating systems, and
// lists and notes of the instructor's.
static bool is_stray(const char *entry, bool is_file)
{
    static const char *const names[] = {"__MACOSX", "Thumbs.db", "desktop.ini", NULL};
    static const char *const endings[] = {".csv", ".txt", ".html", NULL};
    struct label label = {0};
    if (entry[0] == '.' || list_has(names, entry))
        return true;
    const char *dot = strrchr(entry, '.');
    if (!is_file || !dot || read_canvas(entry, &label) || read_moodle(entry, &label))
        return false;
    for (size_t i = 0; endings[i]; i++)
        if (strcasecmp(dot, endings[i]) == 0)
            return true;
    return false;
}

// Whether any of the first `count` owners has this id.
static bool is_claimed(const struct roster *roster, size_t count, const char *id)
{
    for (size_t i = 0; i < count; i++)
        if (strcasecmp(roster->owners[i].id, id) == 0)
            return true;
    return false;
}

// Makes ids unique, also where files' names do not tell capitals apart. In the order of the
// entries' names the first keeps its id, and none gets what is another's without a number.
static void number_ids(struct roster *roster)
{
    for (size_t i = 1; i < roster->count; i++) {
        struct owner *owner = &roster->owners[i];
        const char *id = owner->id;
        if (!is_claimed(roster, i, id))
            continue;
        for (int number = 2; is_claimed(roster, roster->count, id); number++)
            id = talloc_asprintf(roster, "%s-%d", owner->id, number);
        owner->id = id;
    }
}

static int compare_ids(const void *a, const void *b)
{
    return strcmp(((const struct owner *)a)->id, ((const struct owner *)b)->id);
}

// ---- the folder ----

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

// All names in the folder, sorted; NULL with errno set.
static const char **read_names(const void *context, int folder)
{
    int copy = openat(folder, ".", O_RDONLY | O_CLOEXEC | O_DIRECTORY);
    DIR *stream = copy >= 0 ? fdopendir(copy) : NULL;
    if (!stream)
        return NULL;
    const char **names = list_new(context);
    for (const struct dirent *entry; (entry = readdir(stream));)
        list_add(&names, talloc_strdup(names, entry->d_name));
    closedir(stream);
    qsort(names, list_count(names), sizeof *names, compare_names);
    return names;
}

struct roster *roster_read(const void *context, int folder, const char *path,
                           struct problem *problem)
{
    struct roster *roster = talloc_zero(context, struct roster);
    const char **names = read_names(roster, folder);
    if (!names)
        problem_set(problem, "%s: cannot be listed: %s", path, strerror(errno));
    for (size_t i = 0; names && names[i]; i++) {
        struct stat status;
        bool is_file =
            !fstatat(folder, names[i], &status, AT_SYMLINK_NOFOLLOW) && S_ISREG(status.st_mode);
        if (!is_stray(names[i], is_file))
            add_piece(roster, names[i], is_file);
    }
    if (names && roster->count == 0)
        problem_set(problem,
                    "%s: holds no submissions; give the folder that holds one folder or "
                    "archive (.zip, .tar.gz, .tgz, .tar) for each student",
                    path);
    if (roster->count == 0) {
        talloc_free(roster);
        return NULL;
    }
    number_ids(roster);
    qsort(roster->owners, roster->count, sizeof *roster->owners, compare_ids);
    return roster;
}
