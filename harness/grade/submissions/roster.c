#include "roster.h"

#include "base/files.h"
#include "base/text.h"
#include "groups.h"
#include "labels.h"
#include "legible.h"
#include "misnamed.h"
#include "pile.h"
#include "unpack.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <talloc.h>
#include <unistd.h>

enum { NAME_LIMIT = 80, ID_LIMIT = 64 };

static size_t ending_length(const char *entry)
{
    const char *dot = strrchr(entry, '.');
    return archive_ending(entry)              ? archive_ending(entry)
           : misnamed_is_source(entry) && dot ? strlen(dot)
                                              : 0;
}

// A single C file of a student who is known by its name only is that student's file.
static struct label read_label(label_reader scheme, const char *entry, bool is_file)
{
    struct label label = {.name = entry};
    if (scheme && scheme(entry, &label))
        return label;
    label.name_length = strlen(entry) - (is_file ? ending_length(entry) : 0);
    if (is_file && !archive_ending(entry) && !is_foreign_archive(entry))
        label.file = entry;
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

// `path` is where the entry is: its name, but in a group.
static void add_piece(struct roster *roster, label_reader scheme, const char *entry,
                      const char *path, bool is_file)
{
    struct label label = read_label(scheme, entry, is_file);
    const char *key = label.number
                          ? talloc_asprintf(roster, "%.*s_%.*s_%.*s", (int)label.name_length,
                                            label.name, (int)label.number_length, label.number,
                                            (int)label.apart_length, label.apart ? label.apart : "")
                          : "";
    struct owner *owner = label.number ? find_owner(roster, key) : NULL;
    if (!owner)
        owner = add_owner(roster, path, key, &label);
    struct piece piece = {.entry = talloc_strdup(roster, path)};
    if (is_file && label.file && label.file[0])
        piece.file = talloc_strdup(roster, label.file);
    piece.counted = label.counted;
    piece.version = label.version;
    owner->pieces = array_grow(roster, owner->pieces, sizeof *owner->pieces, owner->count);
    owner->pieces[owner->count++] = piece;
}

// ---- what is no student's ----

// Whether it is an output folder of an earlier grading.
static bool is_gradebook(int folder, const char *entry)
{
    char mark[NAME_MAX + 32];
    text_format(mark, sizeof mark, "%s/.racelings-grades", entry);
    return faccessat(folder, mark, F_OK, AT_SYMLINK_NOFOLLOW) == 0;
}

static bool is_zip(const char *entry)
{
    const char *dot = strrchr(entry, '.');
    return dot && strcasecmp(dot, ".zip") == 0;
}

// Whether an archive is that of a whole class, as services hand it out: all that is at its top is
// named as they name entries, or lies beside it, unpacked.
static bool is_class(const void *context, int folder, const char *entry, const char *const *all)
{
    int file = openat(folder, entry, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    const char **tops = file >= 0 ? archive_tops(context, file) : NULL;
    if (file >= 0)
        close(file);
    size_t count = 0;
    for (; tops && tops[count]; count++) {
        if (!labels_any(tops[count]) && !list_has(all, tops[count]))
            return false;
    }
    return count > 0;
}

// What lies beside submissions without being one: hidden files, those of operating systems, earlier
// results, and lists and notes of the instructor's. What services name is a student's, and else
// only archives and C sources are.
static bool is_stray(int folder, label_reader scheme, const char *entry, bool is_file,
                     const char *const *all)
{
    static const char *const names[] = {"__MACOSX", "Thumbs.db", "desktop.ini", NULL};
    struct label label = {0};
    if (entry[0] == '.' || list_has(names, entry))
        return true;
    if (scheme && scheme(entry, &label))
        return is_file && labels_is_note(scheme, &label);
    if (!is_file)
        return is_gradebook(folder, entry);
    if (archive_ending(entry))
        return is_zip(entry) && is_class(all, folder, entry, all);
    const char *dot = strrchr(entry, '.');
    return !is_foreign_archive(entry) && (!dot || strcasecmp(dot, ".c") != 0);
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
        list_add(&roster->doubled, talloc_asprintf(roster, "%s (%s)", id, owner->entry));
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

// The entries that can be a student's, of those a class archive is known by. Hidden ones are left
// out, and passed over with a word if somebody may have handed them in.
static const char **visible(struct roster *roster, const char *group, const char *const *names)
{
    const char **entries = list_new(roster);
    for (; *names; names++)
        if ((*names)[0] != '.')
            list_add(&entries, *names);
        else if (strcmp(*names, ".") != 0 && strcmp(*names, "..") != 0 && !pile_is_litter(*names))
            list_add(&roster->passed,
                     legible(roster, path_join(roster, group, *names), NAME_LIMIT));
    return entries;
}

// What the roster is read from: a folder, or that of a group in it.
struct source {
    const struct course *course;
    int folder;
    const char *group; // NULL: none
};

static void add_entries(struct roster *roster, const struct source *source,
                        const char *const *names);

// Whether the entry is the folder of a group, whose entries are then added. It may be that of one
// student who called it so: then it is said.
static bool add_group(struct roster *roster, const struct source *source, const char *entry)
{
    if (source->group)
        return false;
    int folder = openat(source->folder, entry, O_RDONLY | O_CLOEXEC | O_DIRECTORY | O_NOFOLLOW);
    const char **names = folder >= 0 ? read_names(roster, folder) : NULL;
    if (!group_is_named(entry) && !(names && group_is_assignment(folder, names))) {
        if (folder >= 0)
            close(folder);
        return false;
    }
    enum group group = names ? group_look(source->course, folder, names) : GROUP_WORK;
    const struct source inner = {source->course, folder, entry};
    if (group == GROUP_WORK)
        list_add(&roster->doubtful, legible(roster, entry, NAME_LIMIT));
    else
        list_add(group == GROUP_EMPTY ? &roster->passed : &roster->groups,
                 legible(roster, entry, NAME_LIMIT));
    if (group == GROUP_STUDENTS)
        add_entries(roster, &inner, names);
    if (folder >= 0)
        close(folder);
    return group != GROUP_WORK;
}

static bool is_plain(int folder, const char *entry)
{
    struct stat status;
    return !fstatat(folder, entry, &status, AT_SYMLINK_NOFOLLOW) && S_ISREG(status.st_mode);
}

static void add_entries(struct roster *roster, const struct source *source,
                        const char *const *names)
{
    const char **entries = visible(roster, source->group, names);
    label_reader scheme = labels_scheme(entries);
    size_t archives = 0;
    for (size_t i = 0; entries[i]; i++) {
        struct label label;
        const char *path = path_join(roster, source->group, entries[i]);
        bool is_file = is_plain(source->folder, entries[i]);
        bool labelled = scheme && scheme(entries[i], &label);
        if (is_stray(source->folder, scheme, entries[i], is_file, entries)) {
            list_add(&roster->passed, legible(roster, path, NAME_LIMIT));
            if (!source->group && is_file && is_zip(entries[i]) && archives++ == 0)
                roster->archive = entries[i];
        } else if (is_file || labelled || !add_group(roster, source, entries[i])) {
            add_piece(roster, scheme, entries[i], path, is_file);
        }
    }
    if (roster->count > 0 || archives > 1)
        roster->archive = NULL;
}

struct roster *roster_read(const void *context, const struct course *course, int folder,
                           const char *path, struct problem *problem)
{
    const struct source source = {course, folder, NULL};
    struct roster *roster = talloc_zero(context, struct roster);
    roster->passed = list_new(roster);
    roster->doubled = list_new(roster);
    roster->groups = list_new(roster);
    roster->doubtful = list_new(roster);
    const char **names = read_names(roster, folder);
    if (names)
        add_entries(roster, &source, names);
    else
        problem_set(problem, "%s: cannot be listed: %s", path, strerror(errno));
    if (roster->archive)
        return roster;
    if (names && roster->count == 0)
        problem_set(problem,
                    "%s: holds no submissions%s; give the folder that holds one folder or "
                    "archive (.zip, .tar.gz, .tgz, .tar) for each student",
                    path,
                    roster->passed[0]
                        ? talloc_asprintf(roster, " (%s is none, or must be unpacked first)",
                                          roster->passed[0])
                        : "");
    if (roster->count == 0) {
        talloc_free(roster);
        return NULL;
    }
    number_ids(roster);
    qsort(roster->owners, roster->count, sizeof *roster->owners, compare_ids);
    return roster;
}
