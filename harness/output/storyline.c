// See storyline.h. Of the steps that matter (story_uses.h) long stretches of one thread are folded
// in the middle, and what lies far before the decisive step is folded as a whole.

#include "storyline.h"

#include "base/text.h"
#include "judge/source.h"
#include "story_uses.h"
#include "values.h"

#include <stdlib.h>
#include <string.h>
#include <talloc.h>

enum {
    ROWS_MOST = 24,      // of the failure
    ROWS_OF_SUCCESS = 8, // of the good schedule
    ENDS_KEPT = 3,       // rows at either end of a stretch
    WHOLE_TOLD = 4,      // rows of a thread that runs without a break; if more, all are folded
};

// ---- Effects ----

// Whether a byte is what the explorer fills memory with, and nobody has written to it before step
// `index`.
static bool is_unwritten_byte(const struct path *path, size_t index)
{
    const struct step *step = &path->steps[index];
    if (step->size != 1 || (uint8_t)step->before != VALUE_FILLING)
        return false;
    for (size_t i = 0; i < index; i++)
        if (path->steps[i].object == step->object && path->steps[i].deed != DEED_READ)
            return false;
    return true;
}

// A value of several members' bits says the most in digits that each stand for four of them.
static const char *told_value(struct pointers *pointers, const struct step *step, uint64_t value,
                              uint64_t beside)
{
    if (step->packed)
        return talloc_asprintf(pointers->context, "0x%0*llx", 2 * step->size,
                               (unsigned long long)value);
    return value_told(pointers, value, beside, step->size);
}

static const char *memory_effect(struct pointers *pointers, const struct path *path, size_t index)
{
    const struct step *step = &path->steps[index];
    const char *name = step->name ? step->name : "(no name)";
    if (step->size == 0)
        return talloc_asprintf(pointers->context, "%s %s", deed_name(step->deed), name);
    const char *before = is_unwritten_byte(path, index)
                             ? "unset"
                             : told_value(pointers, step, step->before, step->after);
    const char *after = told_value(pointers, step, step->after, step->before);
    if (step->deed == DEED_READ)
        return talloc_asprintf(pointers->context, "%s is %s%s", name, step->older ? "still " : "",
                               after);
    if (step->before == step->after)
        return talloc_asprintf(pointers->context, "%s stays %s", name, after);
    return talloc_asprintf(pointers->context, "%s %s -> %s", name, before, after);
}

// Whether a thread wakes at step `woken` though nobody has signalled since it fell asleep: by its
// time-out, or for nothing, as POSIX allows.
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
    case DEED_UPDATE: return memory_effect(pointers, path, index);
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

// Whether a step reads what the next one writes, on the same line: `count++`, with nobody in
// between, is told as one. So is a call that looks whether a descriptor is ready, and then uses it.
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

// Whether the row of the step tells of an access of the data race: perhaps of the half before it.
static bool is_racing(const struct path *path, size_t index)
{
    const struct step *step = &path->steps[index];
    return step->racing || (index > 0 && step[-1].racing && is_half(path, index - 1));
}

static void add_step(struct teller *teller, size_t index)
{
    const struct step *step = &teller->path->steps[index];
    struct row *row = add_row(teller, step->thread);
    row->decisive = !teller->decided && index >= teller->decisive;
    teller->decided |= row->decisive;
    row->racing = is_racing(teller->path, index);
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
    return uses_matter(&teller->uses, &teller->path->steps[index]) && !is_half(teller->path, index);
}

// Tells of a stretch of one thread's steps those that matter; in the middle of a long one they are
// folded, but for falling asleep and waking, and what races.
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
                    step_is_sleep(&path->steps[i]) || is_racing(path, i);
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

// The first step after which there is more than one thread: nothing before it could go otherwise. 0
// if there never is.
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

// Whether findings of that kind are that threads cannot go on.
static bool is_about_waiting(enum kind kind)
{
    return kind == KIND_DEADLOCK || kind == KIND_LOST_WAKEUP || kind == KIND_NO_PROGRESS ||
           kind == KIND_NO_END || kind == KIND_WAITS;
}

// "waits for from->lock"
static const char *standing_effect(const void *context, const struct standing_thread *thread)
{
    const char *verb = thread->stand == STAND_SPINS ? "looks again and again at" : "waits for";
    const char *what = thread->deed == DEED_JOIN ? thread_name(context, (int)thread->object - 1)
                       : thread->name            ? thread->name
                                                 : "something";
    return thread->stand == STAND_RUNS ? "still runs"
                                       : talloc_asprintf(context, "%s %s", verb, what);
}

// How a thread stands at the end, as the last row in its column.
static void tell_standing(struct teller *teller, const struct standing_thread *thread)
{
    const struct place *place = trace_own(&thread->where);
    struct row *row = add_row(teller, thread->thread);
    row->effect = standing_effect(teller->told, thread);
    row->stuck = true;
    row->place = place;
    row->source = place ? trimmed_line(teller, place) : NULL;
}

// Who waits when the run ends: all of them where that is what went wrong. Where a promise is broken
// while somebody is kept out, those at locks: what they would do there may be what it needs.
static void tell_standings(struct teller *teller, const struct finding *finding)
{
    const struct story *story = finding->story;
    for (size_t i = 0; i < story->thread_count; i++) {
        enum deed deed = story->threads[i].deed;
        bool kept_out =
            finding->kind == KIND_WRONG_RESULT && (deed == DEED_LOCK || deed == DEED_READ_LOCK);
        if ((is_about_waiting(finding->kind) || kept_out) &&
            story_hangs(finding, &story->threads[i]))
            tell_standing(teller, &story->threads[i]);
    }
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

// Whether a row says again what `first` says, or is folded away between rows that do.
static bool says_again(const struct row *row, const struct row *first)
{
    if (row->thread != first->thread || row->decisive || row->unsignalled || row->stuck ||
        row->racing)
        return false;
    if (row->folded)
        return !row->whole;
    return row->place && row->place->line == first->place->line &&
           strcmp(row->place->file, first->place->file) == 0 &&
           strcmp(row->effect, first->effect) == 0;
}

// Folds what a thread does over and over, as one that looks whether it may go on.
static void fold_repeats(struct storyline *told)
{
    enum { REPEATS_TOLD = 3 };
    for (size_t first = 0; first < told->count; first++) {
        size_t end = first + 1, again = 0;
        if (!told->rows[first].place)
            continue;
        for (; end < told->count && says_again(&told->rows[end], &told->rows[first]); end++)
            again += !told->rows[end].folded;
        if (again < REPEATS_TOLD)
            continue;
        fold_rows(told, first + 1, end);
        told->rows[first + 1].thread = told->rows[first].thread;
    }
}

// The same, but for the accesses of a data race, which are what a reader looks for.
static void fold_between(struct storyline *told, size_t from, size_t to)
{
    for (size_t i = to; i-- > from;)
        if (told->rows[i].racing) {
            fold_rows(told, i + 1, to);
            to = i;
        }
    fold_rows(told, from, to);
}

// Leaves the last rows, and before them the decisive one with what lies around it.
static void cut(struct storyline *told, size_t most)
{
    enum { BEFORE_DECISIVE = 4 };
    if (told->count <= most)
        return;
    size_t decisive = decisive_row(told), last = told->count - most / 2;
    if (decisive >= last) {
        fold_between(told, 0, told->count - most);
        return;
    }
    fold_between(told, decisive + most / 2 - BEFORE_DECISIVE, last);
    fold_between(told, 0, decisive > BEFORE_DECISIVE ? decisive - BEFORE_DECISIVE : 0);
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
        .uses = uses_find(told, finding),
        .story = story,
        .path = path,
        .decisive = path->count,
    };
    size_t bad, good;
    uses_parting(&teller.uses, story, &bad, &good);
    if (story->good.count > 0)
        teller.decisive = path == &story->bad ? bad : good;
    return teller;
}

static struct storyline *finish(struct teller *teller, size_t most)
{
    if (!teller->whole)
        fold_repeats(teller->told);
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
    tell_standings(&teller, finding);
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
    tell_standings(&teller, finding);
    return finish(&teller, teller.told->count);
}
