// Names what the tools left without a name, by what the source calls it; see source.h.
#include "source.h"

#include "story.h"

#include <string.h>
#include <talloc.h>

// What `read` (of source.h) sees at the innermost place of the program in `trace`.
static char *name_at(const void *context, const char *root, const struct trace *trace,
                     char *(*read)(const void *, const char *, int))
{
    const struct place *place = trace_own(trace);
    char *line =
        place && place->column > 0 ? source_line(context, root, place->file, place->line) : NULL;
    char *name = line ? read(context, line, place->column) : NULL;
    talloc_free(line);
    return name;
}

// Gives a lock the name that the source has for it, also where accesses list it as held; the tool's
// own name goes along where two locks would otherwise be called the same.
static void name_lock(const void *context, const char *root, struct finding *finding, size_t index)
{
    struct lock *lock = &finding->locks[index];
    const char *old = lock->name;
    char *name = name_at(context, root, &lock->taken, source_lock);
    if (!name)
        return;
    for (size_t i = 0; i < finding->lock_count; i++)
        if (i != index && strcmp(finding->locks[i].name, name) == 0)
            name = talloc_asprintf(context, "%s (%s)", name, old);
    lock->name = name;
    lock->named = true;
    for (size_t i = 0; i < finding->access_count; i++)
        for (const char **held = finding->accesses[i].locks; held && *held; held++)
            if (strcmp(*held, old) == 0)
                *held = lock->name;
}

// What the source calls a lock of a cycle, if it is called the same wherever it appears: where it
// was taken, and where the holder of the lock before it wanted it. NULL otherwise; `differ` is set
// if it is known to have two names.
static const char *name_in_cycle(const void *context, const char *root,
                                 const struct finding *finding, size_t index, bool *differ)
{
    size_t before = (index + finding->lock_count - 1) % finding->lock_count;
    const struct trace *traces[] = {&finding->locks[index].taken, &finding->locks[before].wanted};
    const char *name = NULL;
    bool agreed = true;
    for (size_t i = 0; i < 2; i++) {
        if (!trace_own(traces[i]))
            continue; // not told
        const char *here = name_at(context, root, traces[i], source_lock);
        bool other = here && name && strcmp(here, name) != 0;
        *differ = *differ || other;
        agreed = agreed && here && !other;
        name = here;
    }
    return agreed ? name : NULL;
}

// Whether another of the names is the same as this one; NULL is no name.
static bool has_twice(const char *const *names, size_t count, size_t index)
{
    for (size_t i = 0; i < count; i++)
        if (i != index && names[i] && names[index] && strcmp(names[i], names[index]) == 0)
            return true;
    return false;
}

// Makes up names, M0, M1, ..., for the locks of a cycle that have none.
static void number_locks(const void *context, struct finding *finding, const char **names)
{
    size_t count = finding->lock_count, number = 0;
    for (size_t i = 0; i < count; i++)
        if (!finding->locks[i].named)
            names[i] = NULL;
    for (size_t i = 0; i < count; i++)
        while (!finding->locks[i].named && (!names[i] || has_twice(names, count, i)))
            names[i] = talloc_asprintf(context, "M%zu", number++);
}

// Names the locks of a cycle. What the tool knows (a global's name) stays, unless two locks share
// it (elements of an array). The others are all called as in the source, or else all M0, M1, ...:
// a name that means one lock in one thread and another lock in the other tells the story wrong.
static void name_cycle(const void *context, const char *root, struct finding *finding)
{
    size_t count = finding->lock_count;
    struct lock *locks = finding->locks;
    const char **names = talloc_zero_array(context, const char *, (unsigned)count);
    bool good = true, differ = false;
    for (size_t i = 0; i < count; i++)
        names[i] = locks[i].named ? locks[i].name : NULL;
    for (size_t i = 0; i < count; i++)
        locks[i].named = locks[i].named && !has_twice(names, count, i);
    for (size_t i = 0; i < count; i++)
        if (!locks[i].named)
            names[i] = name_in_cycle(context, root, finding, i, &differ);
    for (size_t i = 0; i < count; i++)
        good = good && names[i] && !has_twice(names, count, i);
    if (!good)
        number_locks(context, finding, names);
    for (size_t i = 0; i < count; i++) {
        locks[i].name = names[i];
        locks[i].named = locks[i].named || good;
    }
    finding->names_differ = differ && !good;
}

static const char *name_access(const void *context, const char *root, const struct access *access)
{
    return name_at(context, root, &access->trace, access->write ? source_target : source_operand);
}

// Two bit-fields that a race's accesses name, "tram->lamp, door", in the order in which the source
// has the accesses, so that all judges say the same. NULL: they are not.
static const char *name_bits(const void *context, const char *root, const struct finding *finding)
{
    if (finding->kind != KIND_DATA_RACE || finding->access_count != 2)
        return NULL;
    const struct access *accesses = finding->accesses;
    const struct place *one = trace_own(&accesses[0].trace), *other = trace_own(&accesses[1].trace);
    const char *name = name_access(context, root, &accesses[0]);
    const char *other_name = name_access(context, root, &accesses[1]);
    if (!name || !other_name)
        return NULL;
    const char *both = one->line > other->line ? source_members(context, other_name, name)
                                               : source_members(context, name, other_name);
    return both && source_declares_bits(root, one->file, source_member(name)) &&
                   source_declares_bits(root, other->file, source_member(other_name))
               ? both
               : NULL;
}

// What the accesses of a race call their variable. Where they differ, a member ("sheet->forecast")
// says more than a name alone, and a store points at its own operand while a load may share its
// place with others.
static const char *name_race(const void *context, const char *root, const struct finding *finding)
{
    const char *best = NULL;
    int best_rank = -1;
    for (size_t i = 0; i < finding->access_count; i++) {
        const struct access *access = &finding->accesses[i];
        const char *name = name_access(context, root, access);
        if (!name)
            name = name_at(context, root, &access->trace, source_made);
        int rank = name ? 2 * (strpbrk(name, ".>") != NULL) + access->write : -1;
        if (rank > best_rank) {
            best = name;
            best_rank = rank;
        }
    }
    return best;
}

// The first step with the object that the finding's story is about and that the symbol table has a
// name for; NULL: none.
static const struct step *named_in_story(const struct finding *finding)
{
    const struct story *story = finding->story;
    for (size_t i = 0; story && story->memory && i < story->bad.count; i++)
        if (story->bad.steps[i].object == story->memory && story->bad.steps[i].name)
            return &story->bad.steps[i];
    return NULL;
}

// Whether it is about a lock that a thread has taken and not given back, so that the place is where
// it took it.
static bool keeps_lock(const struct finding *finding)
{
    return finding->what && strstr(finding->what, "ends while it holds");
}

void source_name(const void *context, const char *root, struct finding *finding)
{
    const struct step *step = finding->kind == KIND_DATA_RACE ? named_in_story(finding) : NULL;
    if (step && step->kept)
        finding->variable = step->name; // the program's lines have no name for it
    if (finding->kind == KIND_LOCK_ORDER)
        name_cycle(context, root, finding);
    for (size_t i = 0; i < finding->lock_count && finding->kind != KIND_LOCK_ORDER; i++)
        if (!finding->locks[i].named)
            name_lock(context, root, finding, i);
    if (!finding->variable) {
        finding->variable = name_bits(context, root, finding);
        finding->packed = finding->variable != NULL;
    }
    if (!finding->variable)
        finding->variable = name_race(context, root, finding);
    if (!finding->variable && step)
        finding->variable = step->name;
    if (finding->variable || finding->kind == KIND_LOCK_ORDER)
        return; // a cycle has several locks
    if (finding->lock_count && finding->locks[0].named)
        finding->variable = finding->locks[0].name;
    else if (finding->kind == KIND_LOCK_MISUSE || finding->kind == KIND_THREAD_MISUSE)
        finding->variable = name_at(context, root, &finding->where,
                                    keeps_lock(finding) ? source_lock : source_argument);
}
