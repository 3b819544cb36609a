// See storyline.h. What matters of a schedule: steps on the objects that the finding is about, and on those
// that several threads use and somebody changes. Long stretches of one thread are folded in the
// middle, and what lies far before the decisive step is folded as a whole.

#include "storyline.h"

#include "base/text.h"
#include "judge/source.h"
#include "values.h"

#include <stdlib.h>
#include <string.h>
#include <talloc.h>

enum {
    ROWS_MOST = 24,      // of the failure
    ROWS_OF_SUCCESS = 8, // of the good schedule
    ENDS_KEPT = 3,       // rows at either end of a stretch
    WHOLE_TOLD = 4,      // rows of a thread that runs without a break; if more, all are folded
    GRANULE = 8,         // accesses are told apart by the 8 bytes they lie in
};

// ---- Which objects matter ----

// An object of a path, and who uses it how.
struct use {
    unsigned long object;
    int first; // the first thread that used it
    bool shared, changed, wanted;
};

struct uses {
    struct use *all;
    size_t count;
    bool narrow; // of memory, only what the finding is about matters
};

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

// Whether findings of that kind are that threads cannot go on.
static bool is_about_waiting(enum kind kind)
{
    return kind == KIND_DEADLOCK || kind == KIND_LOST_WAKEUP || kind == KIND_NO_PROGRESS ||
           kind == KIND_WAITS;
}

static void note_path(const void *context, struct uses *uses, const struct path *path,
                      unsigned long memory)
{
    for (size_t i = 0; i < path->count; i++) {
        const struct step *step = &path->steps[i];
        bool changes = step->deed != DEED_READ || step->before != step->after;
        note_use(context, uses, step->object, step->thread, changes,
                 step->wanted || step->object / GRANULE == memory / GRANULE);
    }
}

// The same for both schedules, so that what is told of them can be compared.
static struct uses find_uses(const void *context, const struct finding *finding)
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

// Whether a step reads what the next one writes, on the same line: `count++`, with nobody in between, is told
// as one. So is a call that looks whether a descriptor is ready, and then uses it.
static bool is_half(const struct path *path, size_t index)
{
    const struct step *step = &path->steps[index], *next = step + 1;
    if (index + 1 == path->count || next->thread != step->thread || next->object != step->object ||
        next->place.line != step->place.line)
        return false;
    bool looks = step->deed == DEED_FILE && next->deed == DEED_FILE;
    return looks ||
           (step->deed == DEED_READ && next->deed == DEED_WRITE && next->before == step->after);
}

static bool is_sleep(const struct step *step)
{
    return step->deed == DEED_WAIT || step->deed == DEED_WAKE;
}

static bool is_plain(const struct step *step)
{
    bool access = step->deed == DEED_READ || step->deed == DEED_WRITE || step->size > 0;
    return access && !step->order;
}

static bool matters(const struct uses *uses, const struct step *step)
{
    if (step->deed == DEED_OTHER || step->deed == DEED_FENCE || step->deed == DEED_START ||
        step->deed == DEED_EXIT || step->deed == DEED_MEET || step->deed == DEED_CREATE ||
        step->deed == DEED_JOIN)
        return false;
    if (is_sleep(step) || step->deed == DEED_CANCEL) // a sleep also where nobody rings
        return true;
    const struct use *use = use_of(uses, step->object);
    bool other_memory = uses->narrow && is_plain(step);
    return use && (use->wanted || (use->shared && use->changed && !other_memory));
}

// The first step from `from` on that matters; the path's length if there is none.
static size_t next_that_matters(const struct uses *uses, const struct path *path, size_t from)
{
    while (from < path->count && !matters(uses, &path->steps[from]))
        from++;
    return from;
}

// Where the two schedules part, as far as can be seen: among the steps that matter, the first that is
// another thread's in the good one. Before it they may differ in what nobody notices.
static void find_parting(const struct uses *uses, const struct story *story, size_t *bad,
                         size_t *good)
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

// ---- Effects ----

static const char *memory_effect(struct pointers *pointers, const struct step *step)
{
    const char *name = step->name ? step->name : "(no name)";
    if (step->size == 0)
        return talloc_asprintf(pointers->context, "%s %s", deed_name(step->deed), name);
    const char *before = value_told(pointers, step->before, step->after, step->size);
    const char *after = value_told(pointers, step->after, step->before, step->size);
    if (step->deed == DEED_READ)
        return talloc_asprintf(pointers->context, "%s is %s", name, after);
    if (step->before == step->after)
        return talloc_asprintf(pointers->context, "%s stays %s", name, after);
    return talloc_asprintf(pointers->context, "%s %s -> %s", name, before, after);
}

// Whether a thread wakes at step `woken` though nobody has signalled since it fell asleep: by its time-out, or
// for nothing, as POSIX allows.
static bool is_unsignalled(const struct path *path, size_t woken)
{
    const struct step *wake = &path->steps[woken];
    for (size_t i = woken; i-- > 0;) {
        const struct step *step = &path->steps[i];
        if (step->object != wake->object)
            continue;
        if (step->deed == DEED_WAIT && step->thread == wake->thread)
            return true;
        if (step->deed == DEED_SIGNAL || step->deed == DEED_BROADCAST)
            return false;
    }
    return false;
}

static const char *effect_of(struct pointers *pointers, const struct path *path, size_t index)
{
    const struct step *step = &path->steps[index];
    if (step->deed == DEED_WAKE && step->name && is_unsignalled(path, index))
        return talloc_asprintf(pointers->context, "wakes, without a signal of %s", step->name);
    switch (step->deed) {
    case DEED_READ:
    case DEED_WRITE:
    case DEED_UPDATE: return memory_effect(pointers, step);
    case DEED_OTHER:
    case DEED_START:
    case DEED_EXIT:
    case DEED_CREATE:
    case DEED_JOIN: return "";
    case DEED_CANCEL: return deed_name(step->deed); // a thread has no name of its own
    case DEED_FILE: return deed_name(step->deed);   // nor has a descriptor
    default:
        return step->name
                   ? talloc_asprintf(pointers->context, "%s %s", deed_name(step->deed), step->name)
                   : deed_name(step->deed);
    }
}

// ---- Rows ----

struct teller {
    const char *root;
    struct storyline *told; // owns all that is made
    struct pointers pointers;
    struct uses uses;
    const struct story *story;
    const struct path *path;
    size_t decisive; // the first row told of this step or a later one is marked
    bool decided;    // it has been
    bool whole;      // nothing is folded
};

static struct row *add_row(struct teller *teller, int thread)
{
    struct storyline *told = teller->told;
    told->rows = array_grow(told, told->rows, sizeof *told->rows, told->count);
    struct row *row = &told->rows[told->count++];
    *row = (struct row){.thread = thread, .effect = ""};
    return row;
}

static const char *trimmed_line(const struct teller *teller, const struct place *place)
{
    char *line = source_line(teller->told, teller->root, place->file, place->line);
    if (!line)
        return NULL;
    line += strspn(line, " ");
    for (size_t length = strlen(line); length > 0 && line[length - 1] == ' '; length--)
        line[length - 1] = '\0';
    return line;
}

static void add_step(struct teller *teller, size_t index)
{
    const struct step *step = &teller->path->steps[index];
    struct row *row = add_row(teller, step->thread);
    row->decisive = !teller->decided && index >= teller->decisive;
    teller->decided |= row->decisive;
    row->effect = effect_of(&teller->pointers, teller->path, index);
    row->unsignalled = step->deed == DEED_WAKE && is_unsignalled(teller->path, index);
    if (!step->place.file)
        return;
    row->place = &step->place;
    row->source = trimmed_line(teller, &step->place);
}

static void add_fold(struct teller *teller, int thread, size_t count, bool whole)
{
    if (count == 0)
        return;
    struct row *row = add_row(teller, thread);
    row->folded = count;
    row->whole = whole;
}

static size_t stretch_end(const struct path *path, size_t start)
{
    size_t end = start;
    while (end < path->count && path->steps[end].thread == path->steps[start].thread)
        end++;
    return end;
}

// Whether a stretch is all that its thread ever does.
static bool is_whole(const struct path *path, size_t start, size_t end)
{
    return path->steps[start].deed == DEED_START && path->steps[end - 1].deed == DEED_EXIT;
}

// Tells what has been left out since the last row: of one step as a row, of more as a fold.
static void tell_left_out(struct teller *teller, int thread, size_t count, size_t last)
{
    if (count == 1)
        add_step(teller, last);
    else
        add_fold(teller, thread, count, false);
}

static bool is_told(const struct teller *teller, size_t index)
{
    return matters(&teller->uses, &teller->path->steps[index]) && !is_half(teller->path, index);
}

// Tells of a stretch of one thread's steps those that matter; in the middle of a long one they are
// folded, but for falling asleep and waking.
static void tell_stretch(struct teller *teller, size_t start, size_t end)
{
    const struct path *path = teller->path;
    int thread = path->steps[start].thread;
    size_t count = 0, seen = 0, left_out = 0, last = start;
    bool decides = teller->uses.narrow || // then few steps are told, and each is needed
                   (teller->decisive >= start && teller->decisive < end);
    for (size_t i = start; i < end; i++)
        count += is_told(teller, i);
    if (count > WHOLE_TOLD && is_whole(path, start, end) && !decides && !teller->whole) {
        add_fold(teller, thread, count, true);
        return;
    }
    for (size_t i = start; i < end; i++) {
        if (!is_told(teller, i))
            continue;
        bool told = ++seen <= ENDS_KEPT || count - seen < ENDS_KEPT || teller->whole ||
                    is_sleep(&path->steps[i]);
        if (!told) {
            left_out++;
            last = i;
            continue;
        }
        tell_left_out(teller, thread, left_out, last);
        left_out = 0;
        add_step(teller, i);
    }
}

// The first step after which there is more than one thread: nothing before it could go otherwise. 0 if there
// never is.
static size_t second_thread(const struct path *path)
{
    for (size_t i = 0; i < path->count; i++)
        if (path->steps[i].deed == DEED_CREATE)
            return i + 1;
    return 0;
}

static void tell_path(struct teller *teller, size_t start)
{
    while (start < teller->path->count) {
        size_t end = stretch_end(teller->path, start);
        tell_stretch(teller, start, end);
        start = end;
    }
}

// How a thread stands at the end, as the last row in its column.
static void tell_standing(struct teller *teller, const struct standing_thread *thread)
{
    if (!story_waits(teller->story, thread))
        return;
    const struct place *place = trace_own(&thread->where);
    struct row *row = add_row(teller, thread->thread);
    const char *verb = thread->stand == STAND_SPINS ? "looks again and again at" : "waits for";
    row->effect = talloc_asprintf(teller->told, "%s %s", verb,
                                  thread->deed == DEED_JOIN
                                      ? thread_name(teller->told, (int)thread->object - 1)
                                  : thread->name ? thread->name
                                                 : "something");
    row->stuck = true;
    row->place = place;
    row->source = place ? trimmed_line(teller, place) : NULL;
}

static void tell_standings(struct teller *teller, enum kind kind)
{
    for (size_t i = 0; is_about_waiting(kind) && i < teller->story->thread_count; i++)
        tell_standing(teller, &teller->story->threads[i]);
}

// ---- Cutting down to size ----

static size_t decisive_row(const struct storyline *told)
{
    for (size_t i = 0; i < told->count; i++)
        if (told->rows[i].decisive)
            return i;
    return told->count;
}

// Folds the rows from `from` up to, but not including, `to` into one.
static void fold_rows(struct storyline *told, size_t from, size_t to)
{
    size_t folded = 0;
    if (to < from + 2)
        return;
    for (size_t i = from; i < to; i++)
        folded += told->rows[i].folded ? told->rows[i].folded : 1;
    told->rows[from] = (struct row){.thread = -1, .folded = folded, .effect = ""};
    memmove(told->rows + from + 1, told->rows + to, (told->count - to) * sizeof *told->rows);
    told->count -= to - from - 1;
}

// Leaves the last rows, and before them the decisive one with what lies around it.
static void cut(struct storyline *told, size_t most)
{
    enum { BEFORE_DECISIVE = 4 };
    if (told->count <= most)
        return;
    size_t decisive = decisive_row(told), last = told->count - most / 2;
    if (decisive >= last) {
        fold_rows(told, 0, told->count - most);
        return;
    }
    fold_rows(told, decisive + most / 2 - BEFORE_DECISIVE, last);
    fold_rows(told, 0, decisive > BEFORE_DECISIVE ? decisive - BEFORE_DECISIVE : 0);
}

static int compare_threads(const void *a, const void *b)
{
    return *(const int *)a - *(const int *)b;
}

static void list_threads(struct storyline *told)
{
    int *threads = talloc_array(told, int, (unsigned)told->count + 1);
    size_t count = 0;
    for (size_t i = 0; i < told->count; i++) {
        bool known = told->rows[i].thread < 0;
        for (size_t k = 0; k < count && !known; k++)
            known = threads[k] == told->rows[i].thread;
        if (!known)
            threads[count++] = told->rows[i].thread;
    }
    qsort(threads, count, sizeof *threads, compare_threads);
    told->threads = threads;
    told->thread_count = count;
}

static size_t rows_in(const struct storyline *told, const char *file)
{
    size_t count = 0;
    for (size_t i = 0; i < told->count; i++)
        count += told->rows[i].place && strcmp(told->rows[i].place->file, file) == 0;
    return count;
}

static void find_file(struct storyline *told)
{
    size_t most = 0;
    for (size_t i = 0; i < told->count; i++) {
        const struct place *place = told->rows[i].place;
        size_t count = place ? rows_in(told, place->file) : 0;
        if (count <= most)
            continue;
        most = count;
        told->file = place->file;
    }
}

static struct teller begin(const void *context, const char *root, const struct finding *finding,
                           const struct path *path)
{
    struct storyline *told = talloc_zero(context, struct storyline);
    const struct story *story = finding->story;
    struct teller teller = {
        .root = root,
        .told = told,
        .pointers = pointers_begin(told, story),
        .uses = find_uses(told, finding),
        .story = story,
        .path = path,
        .decisive = path->count,
    };
    size_t bad, good;
    find_parting(&teller.uses, story, &bad, &good);
    if (story->good.count > 0)
        teller.decisive = path == &story->bad ? bad : good;
    return teller;
}

static struct storyline *finish(struct teller *teller, size_t most)
{
    cut(teller->told, most);
    list_threads(teller->told);
    find_file(teller->told);
    return teller->told;
}

struct storyline *storyline_of_failure(const void *context, const char *root,
                                       const struct finding *finding)
{
    struct teller teller = begin(context, root, finding, &finding->story->bad);
    tell_path(&teller, second_thread(teller.path));
    tell_standings(&teller, finding->kind);
    return finish(&teller, ROWS_MOST);
}

struct storyline *storyline_of_success(const void *context, const char *root,
                                       const struct finding *finding)
{
    const struct path *good = &finding->story->good;
    if (good->count == 0)
        return NULL;
    struct teller teller = begin(context, root, finding, good);
    tell_path(&teller, teller.decisive);
    if (teller.told->count == 0) {
        talloc_free(teller.told);
        return NULL;
    }
    if (teller.told->count > ROWS_OF_SUCCESS)
        fold_rows(teller.told, ROWS_OF_SUCCESS - 1, teller.told->count);
    return finish(&teller, ROWS_OF_SUCCESS);
}

struct storyline *storyline_so_far(const void *context, const char *root,
                                   const struct finding *finding)
{
    struct finding any = *finding;
    any.kind = KIND_NOTHING; // all that is shared matters, whatever was found
    struct teller teller = begin(context, root, &any, &finding->story->bad);
    teller.whole = true;
    tell_path(&teller, 0);
    tell_standings(&teller, finding->kind);
    return finish(&teller, teller.told->count);
}
