// Chooses each exercise's files from what a student handed in, and says in the student's words why
// it cannot. roster.c tells the students apart, walk.c and unpack.c read their files into a pile.
#include "submissions.h"

#include "base/text.h"
#include "class_archive.h"
#include "legible.h"
#include "misnamed.h"
#include "pile.h"
#include "plain_text.h"
#include "roster.h"
#include "text_pool.h"
#include "walk.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <talloc.h>
#include <unistd.h>

// How surely a path tells the exercise, best first.
enum place {
    PLACE_EXACT,  // exercises/1-lost-updates/01-counter/counter.c
    PLACE_FOLDER, // 01-counter/counter.c or counter/counter.c
    PLACE_NAME,   // counter.c
    PLACE_NONE,
};

// A thing that may be one of an exercise's edit files.
struct hit {
    const struct thing *thing;
    size_t edit; // which of them
};

struct choice {
    const struct pile *pile;
    const struct exercise *exercise;
    const void *context; // owns what is said
    struct handed_in *part;
    enum place place; // of all hits
    struct hit *hits;
    size_t count;
    bool older;    // there were older versions
    bool misnamed; // all hits have other names
};

// ---- places ----

// Whether `path` ends in "folder/name" ("name" alone with `folder` NULL), as whole components.
static bool ends_in(const char *path, const char *folder, const char *name)
{
    size_t length = strlen(path), tail = strlen(name), head = folder ? strlen(folder) : 0;
    if (length < tail || strcmp(path + length - tail, name) != 0)
        return false;
    size_t left = length - tail;
    if (!folder)
        return left == 0 || path[left - 1] == '/';
    if (left < head + 1 || path[left - 1] != '/')
        return false;
    const char *start = path + left - 1 - head;
    return strncmp(start, folder, head) == 0 && (start == path || start[-1] == '/');
}

static enum place place_of(const struct exercise *exercise, const char *edit, const char *path)
{
    if (ends_in(path, exercise->folder, edit))
        return PLACE_EXACT;
    const char *numbered = strrchr(exercise->folder, '/') + 1;
    if (ends_in(path, numbered, edit) || ends_in(path, exercise->name, edit))
        return PLACE_FOLDER;
    return ends_in(path, NULL, edit) ? PLACE_NAME : PLACE_NONE;
}

// Another exercise that a file of this name may belong to; NULL: none.
static const struct exercise *rival(const struct choice *choice, const char *edit)
{
    const struct course *course = choice->pile->course;
    for (size_t i = 0; i < course->count; i++)
        if (course->exercises[i] != choice->exercise && list_has(course->exercises[i]->edit, edit))
            return course->exercises[i];
    return NULL;
}

// Whether a file's path says that it is another exercise's.
static bool is_elsewhere(const struct choice *choice, const struct hit *hit)
{
    const char *edit = choice->exercise->edit[hit->edit];
    const struct course *course = choice->pile->course;
    for (size_t i = 0; i < course->count; i++)
        if (course->exercises[i] != choice->exercise &&
            list_has(course->exercises[i]->edit, edit) &&
            place_of(course->exercises[i], edit, hit->thing->path) < PLACE_NAME)
            return true;
    return false;
}

static size_t depth_of(const char *path)
{
    size_t depth = 0;
    for (; *path; path++)
        depth += *path == '/';
    return depth;
}

// The length of the path without the edit file's name: files with the same start belong together.
static size_t base_of(const struct choice *choice, const struct hit *hit)
{
    return strlen(hit->thing->path) - strlen(choice->exercise->edit[hit->edit]);
}

static bool same_base(const struct choice *choice, const struct hit *one, const struct hit *other)
{
    size_t base = base_of(choice, one);
    return base == base_of(choice, other) &&
           memcmp(one->thing->path, other->thing->path, base) == 0;
}

// ---- what remains of the hits ----

// Keeps the hits at the best place there is.
static void find_hits(struct choice *choice)
{
    choice->place = PLACE_NONE;
    for (size_t i = 0; i < choice->pile->count; i++)
        for (size_t edit = 0; choice->exercise->edit[edit]; edit++) {
            struct hit hit = {&choice->pile->things[i], edit};
            enum place place =
                place_of(choice->exercise, choice->exercise->edit[edit], hit.thing->path);
            if (place == PLACE_NONE || place > choice->place ||
                (place == PLACE_NAME && is_elsewhere(choice, &hit)))
                continue;
            if (place < choice->place)
                choice->count = 0;
            choice->place = place;
            choice->hits =
                array_grow(choice->pile, choice->hits, sizeof *choice->hits, choice->count);
            choice->hits[choice->count++] = hit;
        }
}

// Where no file has the right name: those that can be meant by it. Only for a single edit file, of
// which there is no telling which is which else.
static void find_misnamed(struct choice *choice)
{
    const struct exercise *exercise = choice->exercise;
    if (choice->place != PLACE_NONE || list_count(exercise->edit) != 1)
        return;
    for (size_t i = 0; i < choice->pile->count; i++) {
        const struct thing *thing = &choice->pile->things[i];
        if (!thing->meant || strcmp(thing->meant, exercise->edit[0]) != 0)
            continue;
        choice->place = PLACE_FOLDER; // its name tells
        choice->misnamed = true;
        choice->hits = array_grow(choice->pile, choice->hits, sizeof *choice->hits, choice->count);
        choice->hits[choice->count++] = (struct hit){thing, 0};
    }
}

// A hit is worse than another of the same edit file if that one is newer, or is at least a file.
static bool is_worse(const struct hit *hit, const struct hit *than)
{
    if (hit->edit != than->edit)
        return false;
    bool folder = hit->thing->kind == THING_FOLDER, other = than->thing->kind == THING_FOLDER;
    return folder == other ? hit->thing->version < than->thing->version : folder;
}

// For each edit file the best of the others, so that each hit need be compared with that one only.
static void drop_worse(struct choice *choice)
{
    for (size_t edit = 0; choice->exercise->edit[edit]; edit++) {
        const struct hit *best = NULL;
        for (size_t i = 0; i < choice->count; i++)
            if (choice->hits[i].edit == edit && (!best || is_worse(best, &choice->hits[i])))
                best = &choice->hits[i];
        struct hit than = best ? *best : (struct hit){NULL, edit};
        size_t kept = 0;
        for (size_t i = 0; i < choice->count; i++)
            if (!best || !is_worse(&choice->hits[i], &than))
                choice->hits[kept++] = choice->hits[i];
            else
                choice->older |= choice->hits[i].thing->version < than.thing->version;
        choice->count = kept;
    }
}

// Of several copies of the course, the one that is not within a folder of another ("old/").
static void keep_shallowest(struct choice *choice)
{
    size_t least = SIZE_MAX, kept = 0;
    for (size_t i = 0; i < choice->count; i++) {
        size_t depth = depth_of(choice->hits[i].thing->path);
        least = depth < least ? depth : least;
    }
    for (size_t i = 0; i < choice->count; i++)
        if (depth_of(choice->hits[i].thing->path) == least)
            choice->hits[kept++] = choice->hits[i];
    choice->count = kept;
}

// ---- what is said ----

static void unusable(struct choice *choice, const char *message)
{
    choice->part->found = FOUND_UNUSABLE;
    choice->part->message = message;
}

static const char *edit_list(const struct choice *choice)
{
    return list_join(choice->context, choice->exercise->edit, ", ");
}

static bool same_content(const struct thing *one, const struct thing *other)
{
    return one->kind == THING_FILE && other->kind == THING_FILE && one->size == other->size &&
           memcmp(one->bytes, other->bytes, one->size) == 0;
}

static void say_doubled(struct choice *choice, size_t edit)
{
    const char *name = choice->exercise->edit[edit], **shown = list_new(choice->context);
    size_t more = 0;
    for (size_t i = 0; i < choice->count; i++)
        if (choice->hits[i].edit != edit || list_has(shown, choice->hits[i].thing->shown))
            continue;
        else if (list_count(shown) < 3)
            list_add(&shown, choice->hits[i].thing->shown);
        else
            more++;
    bool two = list_count(shown) == 2;
    if (list_count(shown) == 1)
        unusable(choice, talloc_asprintf(choice->context,
                                         "%s is there twice, with different contents; hand in one.",
                                         shown[0]));
    else
        unusable(choice,
                 talloc_asprintf(choice->context, "There are %s different %s: %s%s; hand in one.",
                                 two ? "two" : "several", name,
                                 list_join(choice->context, shown, two ? " and " : ", "),
                                 more ? " and others" : ""));
}

// Files that can be meant, but there are several, or none is C source.
static void say_misnamed(struct choice *choice)
{
    const char *edit = choice->exercise->edit[0], **shown = list_new(choice->context);
    for (size_t i = 0; i < choice->count && list_count(shown) < 4; i++)
        if (!list_has(shown, choice->hits[i].thing->shown))
            list_add(&shown, choice->hits[i].thing->shown);
    bool several = list_count(shown) > 1;
    unusable(choice,
             talloc_asprintf(choice->context,
                             several ? "%s is missing; there is %s: which is it? Hand in one, "
                                       "called %s."
                                     : "%s is missing; there is %s, which is not C source by its "
                                       "name. Hand in the source, called %s.",
                             edit, list_join(choice->context, shown, " and "), edit));
}

// Takes the one file that can be meant, or says why there is none.
static const struct thing *choose_misnamed(struct choice *choice)
{
    const struct thing *chosen = NULL;
    for (size_t i = 0; i < choice->count; i++) {
        const struct thing *thing = choice->hits[i].thing;
        const char *slash = strrchr(thing->path, '/');
        if (!misnamed_is_source(slash ? slash + 1 : thing->path))
            continue;
        if (chosen && !same_content(chosen, thing)) {
            say_misnamed(choice);
            return NULL;
        }
        chosen = thing;
    }
    if (!chosen)
        say_misnamed(choice);
    return chosen;
}

static void say_kind(struct choice *choice, const struct thing *thing)
{
    static const char *const reasons[] = {
        [THING_LONG] = "is larger than 256 KiB; hand in the source file alone.",
        [THING_FOLDER] = "is a folder where a file belongs; hand in the file itself.",
        [THING_LINK] = "is a link, which is not followed; hand in the file itself.",
        [THING_SPECIAL] = "is a device, a pipe or a socket; hand in a plain file.",
        [THING_UNREADABLE] = "cannot be read (its permissions?); hand it in again.",
    };
    unusable(choice, talloc_asprintf(choice->context, "%s %s", thing->shown, reasons[thing->kind]));
}

// A file that is there, but does not tell which of several exercises it is for.
static void say_rival(struct choice *choice)
{
    const char *edit = choice->exercise->edit[choice->hits[0].edit];
    unusable(choice, talloc_asprintf(choice->context,
                                     "%s may be for %s or for %s; hand it in within its "
                                     "exercise's folder, as %s/%s.",
                                     choice->hits[0].thing->shown, choice->exercise->name,
                                     rival(choice, edit)->name,
                                     strrchr(choice->exercise->folder, '/') + 1, edit));
}

// Nothing was found: is there something in its way?
static void say_nothing(struct choice *choice)
{
    const struct exercise *exercise = choice->exercise;
    const char *numbered = strrchr(exercise->folder, '/') + 1;
    const char *ways[] = {"exercises", exercise->chapter, numbered, exercise->name, NULL};
    choice->part->found = FOUND_NOTHING;
    for (size_t i = 0; i < choice->pile->count; i++) {
        const struct thing *thing = &choice->pile->things[i];
        const char *slash = strrchr(thing->path, '/');
        if (thing->kind != THING_FILE && thing->kind != THING_LONG && thing->kind != THING_FOLDER &&
            list_has(ways, slash ? slash + 1 : thing->path)) {
            say_kind(choice, thing);
            return;
        }
    }
}

static void remark(struct choice *choice, const char *shown, const char *what)
{
    const char *before = choice->part->message;
    choice->part->message = talloc_asprintf(choice->context, "%s%s%s %s", before ? before : "",
                                            before ? " " : "", shown, what);
}

// ---- choosing ----

// The first hit for `edit` that belongs together with `with`; NULL: none.
static const struct hit *beside(const struct choice *choice, const struct hit *with, size_t edit)
{
    for (size_t i = 0; i < choice->count; i++)
        if (choice->hits[i].edit == edit && same_base(choice, &choice->hits[i], with))
            return &choice->hits[i];
    return NULL;
}

// The hit beside which the most of the edit files lie.
static const struct hit *fullest(const struct choice *choice)
{
    const struct hit *best = &choice->hits[0];
    size_t most = 0, edits = list_count(choice->exercise->edit);
    for (size_t i = 0; i < choice->count && most < edits; i++) {
        size_t found = 0;
        for (size_t edit = 0; edit < edits; edit++)
            found += beside(choice, &choice->hits[i], edit) != NULL;
        if (found > most) {
            most = found;
            best = &choice->hits[i];
        }
    }
    return best;
}

// The edit files' hits in their order; NULL, and said why, if one is missing or there are others.
static const struct hit **choose(struct choice *choice)
{
    const struct exercise *exercise = choice->exercise;
    const struct hit *with = fullest(choice);
    const struct hit **chosen =
        talloc_zero_array(choice->pile, const struct hit *, (unsigned)list_count(exercise->edit));
    for (size_t edit = 0; exercise->edit[edit]; edit++) {
        if ((chosen[edit] = beside(choice, with, edit)))
            continue;
        unusable(choice,
                 talloc_asprintf(choice->context,
                                 "%s is missing beside %s; hand in all of %s in one folder.",
                                 exercise->edit[edit], with->thing->shown, edit_list(choice)));
        return NULL;
    }
    for (size_t i = 0; i < choice->count; i++) {
        const struct hit *hit = &choice->hits[i], *other = chosen[hit->edit];
        if (hit != other && !same_content(hit->thing, other->thing)) {
            say_doubled(choice, hit->edit);
            return NULL;
        }
    }
    return chosen;
}

// Another file of the same name, with other contents, that was not chosen; NULL: none.
static const struct thing *left_out(const struct choice *choice, const struct hit *chosen)
{
    for (size_t i = 0; i < choice->pile->count; i++) {
        struct hit hit = {&choice->pile->things[i], chosen->edit};
        const char *edit = choice->exercise->edit[hit.edit], *meant = hit.thing->meant;
        bool named = ends_in(hit.thing->path, NULL, edit) && !is_elsewhere(choice, &hit);
        if (hit.thing->kind == THING_FILE && !same_content(hit.thing, chosen->thing) &&
            (named || (meant && strcmp(meant, edit) == 0)))
            return hit.thing;
    }
    return NULL;
}

static void remark_choice(struct choice *choice, const struct hit *hit)
{
    const struct thing *other = left_out(choice, hit);
    if (choice->misnamed)
        remark(choice, hit->thing->shown,
               talloc_asprintf(choice->context, "was taken as %s; better hand it in by that name.",
                               choice->exercise->edit[0]));
    else if (choice->older)
        remark(choice, hit->thing->shown, "was taken as the latest version.");
    else if (other)
        remark(choice, hit->thing->shown,
               talloc_asprintf(choice->context, "was taken, and not %s.", other->shown));
    else if (choice->place == PLACE_NAME && strchr(hit->thing->path, '/'))
        remark(choice, hit->thing->shown, "was found by its name.");
}

static bool take_text(struct choice *choice, const struct hit *hit)
{
    const struct thing *thing = hit->thing;
    struct plain_text text;
    if (thing->kind != THING_FILE) {
        say_kind(choice, thing);
        return false;
    }
    plain_text(choice->context, thing->bytes, thing->size, &text);
    if (!text.text) {
        unusable(choice, talloc_asprintf(choice->context, "%s %s", thing->shown, text.fault));
        return false;
    }
    choice->part->texts[hit->edit] = text.text;
    for (size_t i = 0; text.remarks[i]; i++)
        remark(choice, thing->shown, text.remarks[i]);
    remark_choice(choice, hit);
    return true;
}

// ---- the course's own files ----

static size_t folder_length(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? (size_t)(slash + 1 - path) : 0;
}

static bool same_folder(const struct thing *one, const struct thing *other)
{
    size_t length = folder_length(one->path);
    return length == folder_length(other->path) && memcmp(one->path, other->path, length) == 0;
}

// Whether answers to other exercises lie in the same folder, whose files these may be as well.
static bool is_shared(const struct choice *choice, const struct thing *chosen)
{
    for (size_t i = 0; i < choice->pile->count; i++) {
        const struct thing *thing = &choice->pile->things[i];
        const char *name = thing->path + folder_length(thing->path);
        if (same_folder(thing, chosen) && !list_has(choice->exercise->edit, name) && !thing->meant)
            return true;
    }
    return false;
}

// Tells of each copy beside the answer that was changed: its author must not think that it counts.
static void remark_copies(struct choice *choice, const struct thing *chosen)
{
    for (size_t i = 0; i < choice->pile->copy_count && !is_shared(choice, chosen); i++) {
        const struct thing *copy = &choice->pile->copies[i];
        const char *name = copy->path + folder_length(copy->path);
        if (same_folder(copy, chosen) && given_compare(choice->pile->given, choice->exercise, name,
                                                       copy->bytes, copy->size) == GIVEN_CHANGED)
            remark(choice, copy->shown, "is not as handed out; grading used the original.");
    }
}

static void take_misnamed(struct choice *choice)
{
    const struct thing *chosen = choose_misnamed(choice);
    const struct hit hit = {chosen, 0};
    choice->part->texts = talloc_zero_array(choice->context, const char *, 1);
    if (chosen && take_text(choice, &hit)) {
        choice->part->found = FOUND_FILES;
        remark_copies(choice, chosen);
    } else {
        choice->part->texts = NULL;
    }
}

static void choose_part(struct choice *choice)
{
    find_hits(choice);
    find_misnamed(choice);
    if (choice->misnamed) {
        drop_worse(choice);
        take_misnamed(choice);
        return;
    }
    if (choice->place == PLACE_NONE) {
        say_nothing(choice);
        return;
    }
    for (size_t i = 0; choice->place == PLACE_NAME && i < choice->count; i++)
        if (rival(choice, choice->exercise->edit[choice->hits[i].edit])) {
            say_rival(choice);
            return;
        }
    drop_worse(choice);
    if (choice->place == PLACE_EXACT)
        keep_shallowest(choice);
    const struct hit **chosen = choose(choice);
    size_t count = list_count(choice->exercise->edit);
    choice->part->texts = talloc_zero_array(choice->context, const char *, (unsigned)count);
    bool fine = chosen != NULL;
    for (size_t edit = 0; fine && edit < count; edit++)
        fine = take_text(choice, chosen[edit]);
    if (fine) {
        choice->part->found = FOUND_FILES;
        remark_copies(choice, chosen[0]->thing);
    } else {
        choice->part->texts = NULL;
    }
}

// ---- reading ----

// "counter-1.c" was "counter.c" when it was first handed in; the number goes into `version`.
static char *strip_version(const void *context, const char *file, int *version)
{
    const char *dot = strrchr(file, '.'), *end = dot ? dot : file + strlen(file), *dash = end;
    while (dash > file && isdigit((unsigned char)dash[-1]))
        dash--;
    *version = 0;
    if (dash == end || end - dash > 4 || dash < file + 2 || dash[-1] != '-')
        return talloc_strdup(context, file);
    *version = atoi(dash);
    return talloc_asprintf(context, "%.*s%s", (int)(dash - 1 - file), file, end);
}

static void read_pieces(struct pile *pile, int folder, const struct owner *owner)
{
    bool fine = true;
    for (size_t i = 0; fine && i < owner->count; i++) {
        const struct piece *piece = &owner->pieces[i];
        const char *path = piece->file;
        pile->version = piece->version;
        if (path && piece->counted && !pile_asks_for(pile, path))
            path = strip_version(pile, path, &pile->version);
        fine = path ? walk_file(pile, folder, piece->entry, path)
                    : walk_entry(pile, folder, piece->entry);
    }
    if (fine && pile->count == 0 && pile->unread)
        pile_refuse(pile,
                    "No file of the course was found, but %s. Hand in a folder, or an "
                    "archive (.zip, .tar.gz, .tgz, .tar) of one.",
                    pile->unread);
}

// Whether anything was found for any exercise.
static bool found_any(const struct submission *submission, size_t parts)
{
    for (size_t i = 0; i < parts; i++)
        if (submission->parts[i].found != FOUND_NOTHING)
            return true;
    return false;
}

// Files were handed in, but none of them is one of the course's.
static const char *tell_others(const void *context, const struct pile *pile)
{
    size_t named = list_count(pile->others);
    return talloc_asprintf(
        context,
        "No file is called as the course asks for, and it cannot be told what "
        "is meant. There %s %s%s. Hand in the files that the exercises name, "
        "such as %s.",
        pile->other_count > 1 ? "are" : "is", list_join(context, pile->others, ", "),
        pile->other_count > named ? " and others" : "", pile->course->exercises[0]->edit[0]);
}

static int compare_things(const void *a, const void *b)
{
    const struct thing *one = a, *other = b;
    int order = strcmp(one->path, other->path);
    return order ? order : strcmp(one->shown, other->shown);
}

static void keep_once(struct text_pool *pool, const struct exercise *exercise,
                      struct handed_in *part)
{
    for (size_t i = 0; part->texts && exercise->edit[i]; i++)
        part->texts[i] = text_pool_keep(pool, part->texts[i]);
}

static void read_submission(const struct course *course, const struct given *given, int folder,
                            const struct owner *owner, struct text_pool *pool,
                            struct submissions *all)
{
    struct submission *submission = &all->all[all->count++];
    struct pile *pile = pile_new(all, course);
    pile->given = given;
    read_pieces(pile, folder, owner);
    if (pile->count > 1)
        qsort(pile->things, pile->count, sizeof *pile->things, compare_things);
    if (pile->copy_count > 1)
        qsort(pile->copies, pile->copy_count, sizeof *pile->copies, compare_things);
    *submission = (struct submission){.id = talloc_strdup(all, owner->id),
                                      .name = talloc_strdup(all, owner->name),
                                      .entry = talloc_strdup(all, owner->entry),
                                      .message = talloc_steal(all, pile->message)};
    submission->parts = talloc_zero_array(all, struct handed_in, (unsigned)course->count);
    for (size_t i = 0; !pile->message && i < course->count; i++) {
        choose_part(&(struct choice){.pile = pile,
                                     .exercise = course->exercises[i],
                                     .context = submission->parts,
                                     .part = &submission->parts[i]});
        keep_once(pool, course->exercises[i], &submission->parts[i]);
    }
    if (!submission->message && pile->other_count > 0 && !found_any(submission, course->count))
        submission->message = tell_others(all, pile);
    talloc_free(pile);
}

static const char **copies(const void *context, const char *const *texts)
{
    const char **list = list_new(context);
    for (; *texts; texts++)
        list_add(&list, talloc_strdup(list, *texts));
    return list;
}

static bool is_zip(const char *name)
{
    const char *dot = strrchr(name, '.');
    return dot && strcasecmp(dot, ".zip") == 0;
}

// Opens the folder, or what it holds if it is itself the zip of a class; -1 with `problem` filled.
static int open_class(const void *context, const char *folder, struct problem *problem)
{
    int opened = open(folder, O_RDONLY | O_CLOEXEC | O_DIRECTORY);
    if (opened >= 0)
        return opened;
    int error = errno, archive = -1;
    if (error == ENOTDIR && is_zip(folder))
        archive = open(folder, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (archive >= 0) {
        opened = class_archive_open(context, archive, folder, problem);
        close(archive);
    } else {
        problem_set(problem, "%s: cannot be read: %s; give a folder with one entry per student",
                    folder, strerror(error));
    }
    return opened;
}

// The roster of the folder open in *folder, which may be exchanged for what the zip of a class in
// it holds. A talloc child of `context`; NULL with `problem` filled.
static struct roster *read_roster(const void *context, int *folder, const char *path,
                                  struct problem *problem)
{
    struct roster *roster = roster_read(context, *folder, path, problem);
    if (!roster || !roster->archive)
        return roster;
    int archive = openat(*folder, roster->archive, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    int unpacked =
        archive >= 0 ? class_archive_open(context, archive, roster->archive, problem) : -1;
    if (archive < 0)
        problem_set(problem, "%s: cannot be read: %s", roster->archive, strerror(errno));
    else
        close(archive);
    close(*folder);
    *folder = unpacked;
    struct roster *inner =
        unpacked >= 0 ? roster_read(context, unpacked, roster->archive, problem) : NULL;
    if (!inner || !inner->archive)
        return inner;
    problem_set(problem, "%s: holds no submissions but another archive, %s", roster->archive,
                inner->archive);
    return NULL;
}

struct submissions *submissions_read(const void *context, const struct course *course,
                                     const char *folder, struct problem *problem)
{
    void *scratch = talloc_new(NULL);
    int open_folder = open_class(scratch, folder, problem);
    struct submissions *all = NULL;
    struct roster *roster =
        open_folder >= 0 ? read_roster(scratch, &open_folder, folder, problem) : NULL;
    if (roster) {
        all = talloc_zero(context, struct submissions);
        all->all = talloc_zero_array(all, struct submission, (unsigned)roster->count);
        struct text_pool *pool = text_pool_new(all);
        struct given *given = given_new(roster, course);
        all->passed = copies(all, roster->passed);
        all->doubled = copies(all, roster->doubled);
        for (size_t i = 0; i < roster->count; i++)
            read_submission(course, given, open_folder, &roster->owners[i], pool, all);
    }
    if (open_folder >= 0)
        close(open_folder);
    talloc_free(scratch);
    return all;
}
