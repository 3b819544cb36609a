// See story_uses.h.

#include "story_uses.h"

#include "base/text.h"
#include "values.h"

enum { GRANULE = 8 }; // accesses are told apart by the 8 bytes they lie in

static struct use *use_of(const struct uses *uses, unsigned long object)
{
    for (size_t i = 0; i < uses->count; i++)
        if (uses->all[i].object == object)
            return &uses->all[i];
    return NULL;
}

static void note_use(const void *context, struct uses *uses, unsigned long object, int thread,
                     bool changes, bool wanted)
{
    if (object < LOWEST_ADDRESS)
        return;
    struct use *use = use_of(uses, object);
    if (!use) {
        uses->all = array_grow(context, uses->all, sizeof *uses->all, uses->count);
        use = &uses->all[uses->count++];
        *use = (struct use){.object = object, .first = thread};
    }
    use->shared |= use->first != thread;
    use->changed |= changes;
    use->wanted |= wanted;
}

// Whether findings of that kind are about one object alone.
static bool is_about_memory(enum kind kind)
{
    return kind == KIND_DATA_RACE || kind == KIND_LOCK_MISUSE || kind == KIND_THREAD_MISUSE ||
           kind == KIND_THREAD_LEAK || kind == KIND_USE_AFTER_FREE || kind == KIND_DOUBLE_FREE ||
           kind == KIND_BAD_FREE || kind == KIND_OVERFLOW;
}

static void note_path(const void *context, struct uses *uses, const struct path *path,
                      unsigned long memory)
{
    for (size_t i = 0; i < path->count; i++) {
        const struct step *step = &path->steps[i];
        bool changes = step->deed != DEED_READ;
        note_use(context, uses, step->object, step->thread, changes,
                 step->wanted || step->object / GRANULE == memory / GRANULE);
    }
}

struct uses uses_find(const void *context, const struct finding *finding)
{
    const struct story *story = finding->story;
    struct uses uses = {.narrow = is_about_memory(finding->kind)};
    note_path(context, &uses, &story->bad, story->memory);
    note_path(context, &uses, &story->good, story->memory);
    for (size_t i = 0; i < story->thread_count; i++) {
        const struct standing_thread *thread = &story->threads[i];
        if (thread->stand == STAND_WAITS || thread->stand == STAND_SPINS)
            note_use(context, &uses, thread->object, thread->thread, false, true);
    }
    return uses;
}

bool step_is_sleep(const struct step *step)
{
    return step->deed == DEED_WAIT || step->deed == DEED_WAKE;
}

static bool is_plain(const struct step *step)
{
    bool access = step->deed == DEED_READ || step->deed == DEED_WRITE || step->size > 0;
    return access && !step->order;
}

bool uses_matter(const struct uses *uses, const struct step *step)
{
    if (step->deed == DEED_OTHER || step->deed == DEED_FENCE || step->deed == DEED_START ||
        step->deed == DEED_EXIT || step->deed == DEED_MEET || step->deed == DEED_CREATE ||
        step->deed == DEED_JOIN)
        return false;
    if (step_is_sleep(step) || step->deed == DEED_CANCEL) // a sleep also where nobody rings
        return true;
    const struct use *use = use_of(uses, step->object);
    bool other_memory = uses->narrow && is_plain(step);
    return use && (use->wanted || (use->shared && use->changed && !other_memory));
}

// The first step from `from` on that matters; the path's length if there is none.
static size_t next_that_matters(const struct uses *uses, const struct path *path, size_t from)
{
    while (from < path->count && !uses_matter(uses, &path->steps[from]))
        from++;
    return from;
}

void uses_parting(const struct uses *uses, const struct story *story, size_t *bad, size_t *good)
{
    *bad = *good = 0;
    for (;;) {
        *bad = next_that_matters(uses, &story->bad, *bad);
        *good = next_that_matters(uses, &story->good, *good);
        if (*bad == story->bad.count || *good == story->good.count ||
            story->bad.steps[*bad].thread != story->good.steps[*good].thread)
            return;
        ++*bad, ++*good;
    }
}
