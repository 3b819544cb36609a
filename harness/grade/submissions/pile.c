#include "pile.h"

#include "base/text.h"
#include "legible.h"
#include "misnamed.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <talloc.h>

struct pile *pile_new(const void *context, const struct course *course)
{
    struct pile *pile = talloc_zero(context, struct pile);
    if (!pile)
        abort();
    pile->course = course;
    pile->others = list_new(pile);
    return pile;
}

bool pile_refuse(struct pile *pile, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    if (!pile->message)
        pile->message = talloc_vasprintf(pile, format, arguments);
    va_end(arguments);
    return false;
}

const char *pile_shown(const struct pile *pile, const char *path)
{
    const char *shown = legible(pile, path, SHOWN_LIMIT);
    return pile->source ? talloc_asprintf(pile, "%s/%s", pile->source, shown) : shown;
}

void pile_pass_over(struct pile *pile, const char *path, const char *reason)
{
    if (!pile->unread)
        pile->unread = talloc_asprintf(pile, "%s %s", pile_shown(pile, path), reason);
}

void pile_pass_over_archive(struct pile *pile, const char *path, const char *reason)
{
    pile_pass_over(pile, path, reason);
    if (!pile->unread_archive)
        pile->unread_archive = talloc_asprintf(pile, "%s %s", pile_shown(pile, path), reason);
}

bool pile_spend(struct pile *pile, size_t bytes)
{
    pile->bytes += bytes;
    return pile->bytes <= BYTES_LIMIT ||
           pile_refuse(
               pile,
               "What was handed in unpacks to more than %d MiB. Hand in the source files only, "
               "without what was built from them.",
               BYTES_LIMIT >> 20);
}

bool pile_count(struct pile *pile, size_t *counter, size_t limit)
{
    return ++*counter <= limit ||
           pile_refuse(
               pile,
               "What was handed in holds more than %zu files. Hand in the source files only, "
               "without what was built from them.",
               limit);
}

// Compared is as much of a name as stands here.
bool pile_is_litter(const char *name)
{
    static const char *const begun[] = {
        "._",         ".DS_Store",     ".localized", ".directory",   ".Trash",
        ".Spotlight", ".fseventsd",    ".nfs",       ".fuse_hidden", ".~",
        ".#",         ".git",          ".svn",       ".hg",          ".vs",
        ".idea",      ".clang",        ".ccls",      ".cache",       ".editorconfig",
        ".racelings", ".devcontainer",
    };
    for (size_t i = 0; i < sizeof begun / sizeof *begun; i++)
        if (strncmp(name, begun[i], strlen(begun[i])) == 0)
            return true;
    return false;
}

bool pile_ignores(const char *name)
{
    return name[0] == '.' || strcmp(name, "__MACOSX") == 0 || strcmp(name, "build") == 0 ||
           strcmp(name, "CMakeFiles") == 0 || strncmp(name, "cmake-build-", 12) == 0;
}

// The course's own answers and programs bear the names of exercises' files; whoever hands in a
// whole clone hands in those too.
static bool is_of_course(const struct course *course, const char *path)
{
    for (const char *at = path; at; at = strchr(at, '/'), at = at ? at + 1 : NULL) {
        if (strncmp(at, "harness/tests/", 14) == 0)
            return true;
        if (strncmp(at, "solutions/", 10) != 0)
            continue;
        for (size_t i = 0; i < course->count; i++) {
            const char *twin = strchr(course->exercises[i]->folder, '/') + 1;
            if (strncmp(at + 10, twin, strlen(twin)) == 0 && at[10 + strlen(twin)] == '/')
                return true;
        }
    }
    return false;
}

static bool is_edited(const struct course *course, const char *name)
{
    for (size_t i = 0; i < course->count; i++)
        if (list_has(course->exercises[i]->edit, name))
            return true;
    return false;
}

bool pile_is_way(const struct course *course, const char *name)
{
    for (size_t i = 0; i < course->count; i++) {
        const struct exercise *exercise = course->exercises[i];
        if (strcmp(name, exercise->chapter) == 0 || strcmp(name, exercise->name) == 0 ||
            strcmp(name, strrchr(exercise->folder, '/') + 1) == 0)
            return true;
    }
    return strcmp(name, "exercises") == 0;
}

static const char *name_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

bool pile_asks_for(const struct pile *pile, const char *path)
{
    return is_edited(pile->course, name_of(path));
}

// The harness's own files, which whoever hands in a whole clone hands in too.
static bool is_of_harness(const char *path)
{
    return strncmp(path, "harness/", 8) == 0 || strstr(path, "/harness/") != NULL;
}

void pile_note_other(struct pile *pile, const char *path)
{
    enum { NAMED_MOST = 3 };
    if (is_of_harness(path) || is_of_course(pile->course, path) || pile_is_litter(name_of(path)))
        return;
    if (pile->other_count++ < NAMED_MOST)
        list_add(&pile->others, pile_shown(pile, path));
}

void pile_note_folder(struct pile *pile, const char *path)
{
    const char *name = name_of(path);
    if (name[0] != '.' || pile_is_litter(name) || list_has(pile->others, pile_shown(pile, path)))
        return;
    pile->hides = true;
    pile_note_other(pile, path);
}

// A file under another name is taken where the course's own cannot be mistaken for it.
static const char *meaning_of(const struct pile *pile, const char *path, enum thing_kind kind)
{
    bool file = kind == THING_FILE || kind == THING_LONG || kind == THING_UNREADABLE;
    return file && !is_of_harness(path) && !pile_is_litter(name_of(path))
               ? misnamed_meaning(pile->course, name_of(path))
               : NULL;
}

static bool can_be_answer(const struct pile *pile, const char *path, enum thing_kind kind)
{
    bool hides = kind == THING_LINK || kind == THING_SPECIAL || kind == THING_UNREADABLE;
    return pile_asks_for(pile, path) || meaning_of(pile, path, kind) ||
           (hides && pile_is_way(pile->course, name_of(path)));
}

static bool is_copy(const struct pile *pile, const char *path, enum thing_kind kind)
{
    return pile->given && kind == THING_FILE && !is_of_harness(path) &&
           given_has(pile->given, name_of(path));
}

bool pile_wants(const struct pile *pile, const char *path, enum thing_kind kind)
{
    return (can_be_answer(pile, path, kind) || is_copy(pile, path, kind)) &&
           !is_of_course(pile->course, path);
}

static void add_thing(struct pile *pile, struct thing **things, size_t *count, struct thing thing)
{
    *things = array_grow(pile, *things, sizeof **things, *count);
    (*things)[(*count)++] = thing;
}

void pile_add(struct pile *pile, const char *path, enum thing_kind kind, const char *bytes,
              size_t size)
{
    if (!pile_wants(pile, path, kind))
        return;
    struct thing thing = {.path = talloc_strdup(pile, path),
                          .shown = pile_shown(pile, path),
                          .kind = kind,
                          .meant = meaning_of(pile, path, kind),
                          .bytes = talloc_steal(pile, bytes),
                          .size = size,
                          .version = pile->version};
    if (can_be_answer(pile, path, kind)) {
        add_thing(pile, &pile->things, &pile->count, thing);
        return;
    }
    pile_note_other(pile, path); // alone it is none
    add_thing(pile, &pile->copies, &pile->copy_count, thing);
}
