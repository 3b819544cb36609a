// See choice.h.
#include "choice.h"

#include "base/text.h"
#include "given.h"
#include "misnamed.h"
#include "plain_text.h"

#include <string.h>
#include <talloc.h>

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
                                     choice_rival(choice, edit)->name,
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
    if (choice->pile->unread_archive)
        choice->part->message =
            talloc_asprintf(choice->context,
                            "No file of this exercise was found, but %s. Hand in a folder, or an "
                            "archive (.zip, .tar.gz, .tgz, .tar) of one.",
                            choice->pile->unread_archive);
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
        if (choice->hits[i].edit == edit && choice_same_base(choice, &choice->hits[i], with))
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
        bool named =
            path_ends_in(hit.thing->path, NULL, edit) && !choice_is_elsewhere(choice, &hit);
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
    if (choice->older)
        remark(choice, hit->thing->shown, "was taken as the latest version.");
    else if (choice->misnamed)
        return;
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

// ---- an answer beside the untouched file ----

static bool is_untouched(const struct choice *choice, const struct thing *thing)
{
    struct plain_text text;
    if (thing->kind != THING_FILE)
        return false;
    plain_text(choice->pile, thing->bytes, thing->size, &text);
    const char *texts[] = {text.text, NULL};
    return text.text && handed_in_is_start(choice->exercise, texts);
}

// Where one copy of the course was worked on and another was not, only the former was meant.
static void leave_untouched(struct choice *choice)
{
    size_t kept = 0;
    struct hit *hits = talloc_array(choice->pile, struct hit, (unsigned)choice->count + 1);
    for (size_t i = 0; i < choice->count && list_count(choice->exercise->edit) == 1; i++)
        if (!is_untouched(choice, choice->hits[i].thing))
            hits[kept++] = choice->hits[i];
    if (kept > 0) {
        choice->hits = hits;
        choice->count = kept;
    }
}

// Who leaves the file as it was and hands in another one under a name like it means that one. NULL:
// there is none, or there are several.
static const struct thing *only_edited(const struct choice *choice, const struct thing *chosen)
{
    const struct thing *only = NULL;
    const char *edit = choice->exercise->edit[0];
    if (list_count(choice->exercise->edit) != 1 || !is_untouched(choice, chosen))
        return NULL;
    for (size_t i = 0; i < choice->pile->count; i++) {
        const struct thing *thing = &choice->pile->things[i];
        const char *slash = strrchr(thing->path, '/');
        bool meant = thing->meant && strcmp(thing->meant, edit) == 0 &&
                     misnamed_is_source(slash ? slash + 1 : thing->path);
        if (!meant || thing->kind != THING_FILE || is_untouched(choice, thing))
            continue;
        if (only && !same_content(only, thing))
            return NULL;
        only = thing;
    }
    return only;
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

// Tells of each header of the student's own beside the answer: whoever includes one would else learn
// from the compiler that the file that he handed in is not there.
static void remark_headers(struct choice *choice, const struct thing *chosen)
{
    for (const char **other = choice->pile->others; *other; other++) {
        size_t length = strlen(*other), folder = folder_length(chosen->shown);
        bool beside = folder_length(*other) == folder && memcmp(*other, chosen->shown, folder) == 0;
        bool header = length > 2 && strcmp(*other + length - 2, ".h") == 0;
        if (beside && header && !given_has(choice->pile->given, *other + folder))
            remark(choice, *other,
                   talloc_asprintf(choice->context,
                                   "was not taken: put what you need from it into %s.",
                                   edit_list(choice)));
    }
}

// Takes what was chosen, a file for each one to edit; nothing if `chosen` is NULL, or one cannot be
// taken.
static void take(struct choice *choice, const struct hit *const *chosen)
{
    size_t count = list_count(choice->exercise->edit);
    bool fine = chosen != NULL;
    choice->part->texts = talloc_zero_array(choice->context, const char *, (unsigned)count);
    for (size_t edit = 0; fine && edit < count; edit++)
        fine = take_text(choice, chosen[edit]);
    if (fine) {
        choice->part->found = FOUND_FILES;
        remark_copies(choice, chosen[0]->thing);
        remark_headers(choice, chosen[0]->thing);
    } else {
        choice->part->texts = NULL;
    }
}

static void take_misnamed(struct choice *choice)
{
    const struct hit hit = {choose_misnamed(choice), 0};
    const struct hit *const all[] = {&hit}; // there is one file to edit
    take(choice, hit.thing ? all : NULL);
}

static void take_named(struct choice *choice)
{
    leave_untouched(choice);
    const struct hit **chosen = choose(choice);
    const struct hit edited = {chosen ? only_edited(choice, chosen[0]->thing) : NULL, 0};
    if (edited.thing)
        chosen[0] = &edited;
    take(choice, chosen);
}

// Whether one of the files found could be another exercise's as well.
static bool has_rival(struct choice *choice)
{
    for (size_t i = 0; choice->place == PLACE_NAME && i < choice->count; i++)
        if (choice_rival(choice, choice->exercise->edit[choice->hits[i].edit]))
            return true;
    return false;
}

void choose_part(struct choice *choice)
{
    choice_find(choice);
    choice_find_misnamed(choice);
    if (choice->misnamed) {
        choice_drop_worse(choice);
        take_misnamed(choice);
    } else if (choice->place == PLACE_NONE) {
        say_nothing(choice);
    } else if (has_rival(choice)) {
        say_rival(choice);
    } else {
        choice_drop_worse(choice);
        if (choice->place == PLACE_EXACT)
            choice_keep_shallowest(choice);
        take_named(choice);
    }
}
