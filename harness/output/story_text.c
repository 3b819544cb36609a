// See story_text.h. A column for each thread with the line of the source it is at, and one for the
// shared state. A row has text in one thread's column only, so columns may be narrower than their
// texts, which run on to the right. With many threads there is no room for columns, and each line
// says whose it is.

#include "story_text.h"

#include "base/terminal.h"
#include "base/text.h"
#include "excerpt.h"
#include "missing.h"
#include "storyline.h"

#include <stdlib.h>
#include <string.h>
#include <talloc.h>

enum {
    MARGIN = 2,
    GAP = 1,
    EFFECT_MOST = 32,   // so much room is made for the last column, in a line of TEXT_WIDTH
    COLUMNS_MOST = 5,   // likewise
    COLUMN_LEAST = 8,   // from one thread's column to the next
    LAST_LEAST = 12,    // of the last thread's column
    THREAD_SPARED = 10, // for each so many columns that a line is shorter, a thread less has one
    CELL_MOST = 400,
};

// Where the columns are.
struct layout {
    const struct storyline *told;
    bool columns;  // one for each thread
    size_t column; // from one thread's column to the next
    size_t effect; // where the last column begins
};

// Prints `text` in `width` columns, cut off with "..." if it is too long.
static void put_cell(FILE *out, const char *text, size_t width)
{
    size_t length = strlen(text);
    if (length > width)
        fprintf(out, "%.*s...", (int)width - 3, text);
    else
        fprintf(out, "%-*s", (int)width, text);
}

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

// The line without blanks at its end, as far as it has any.
static void put_trimmed(FILE *out, const char *line)
{
    size_t length = strlen(line);
    while (length > 0 && line[length - 1] == ' ')
        length--;
    fprintf(out, "%.*s\n", (int)length, line);
}

// "24 counter->value++;", with the file's name where it is not that of most rows.
static const char *cell_text(const void *context, const struct layout *layout,
                             const struct row *row)
{
    const char *thread = layout->columns || row->thread < 0
                             ? ""
                             : talloc_asprintf(context, "%-4s ", thread_name(context, row->thread));
    if (row->folded && row->whole)
        return talloc_asprintf(context, "%s(runs from start to end)", thread);
    if (row->folded)
        return talloc_asprintf(context, "%s(%zu more step%s)", thread, row->folded,
                               row->folded == 1 ? "" : "s");
    if (!row->place)
        return talloc_asprintf(context, "%s-", thread);
    bool elsewhere = strcmp(row->place->file, layout->told->file) != 0;
    return talloc_asprintf(context, "%s%s%s%d %s", thread,
                           elsewhere ? base_name(row->place->file) : "", elsewhere ? ":" : "",
                           row->place->line, row->source ? row->source : "");
}

static size_t column_of(const struct layout *layout, int thread)
{
    size_t column = 0;
    while (layout->columns && column < layout->told->thread_count &&
           layout->told->threads[column] != thread)
        column++;
    return column < layout->told->thread_count ? column : 0;
}

// How far apart the columns may be for the row's text to fit in before the last one.
static size_t column_for(const struct layout *layout, const struct row *row)
{
    char *text = talloc_strdup(NULL, "");
    size_t column = column_of(layout, row->thread), length;
    length = strlen(cell_text(text, layout, row));
    talloc_free(text);
    size_t room = layout->effect - MARGIN - GAP;
    return column == 0 ? terminal_width() : length < room ? (room - length) / column : 0;
}

// Where the last column begins, with `usual` columns before it: further left if what it holds is
// long, and further right, as far as it leaves room, if that spares cutting off the longest text of
// a thread.
static size_t effect_column(const struct layout *layout, size_t usual)
{
    const struct storyline *told = layout->told;
    void *scratch = talloc_new(NULL);
    size_t effect = told->file ? strlen(base_name(told->file)) : 0, wanted = usual;
    for (size_t i = 0; i < told->count; i++) {
        const struct row *row = &told->rows[i];
        size_t length = strlen(cell_text(scratch, layout, row));
        size_t end = MARGIN + column_of(layout, row->thread) * layout->column + length + GAP;
        effect = strlen(row->effect) > effect ? strlen(row->effect) : effect;
        wanted = end > wanted ? end : wanted;
    }
    talloc_free(scratch);
    size_t effect_most = EFFECT_MOST * terminal_width() / TEXT_WIDTH;
    size_t most = terminal_width() - (effect > effect_most ? effect_most : effect);
    return wanted < most ? wanted : most;
}

// How many threads may have a column each.
static size_t most_columns(void)
{
    return COLUMNS_MOST - (TEXT_WIDTH - terminal_width() + THREAD_SPARED - 1) / THREAD_SPARED;
}

// Columns as far apart as looks well, or nearer where that spares cutting texts off, or making
// nothing of the last.
static struct layout layout_for(const struct storyline *told)
{
    static const size_t columns[] = {35, 35, 25, 18, 14, 11}; // by the number of threads
    struct layout layout = {.told = told, .columns = told->thread_count <= most_columns()};
    size_t count = layout.columns ? told->thread_count : 1;
    layout.column = layout.columns ? columns[count] : 43;
    layout.effect = effect_column(&layout, MARGIN + count * layout.column);
    for (size_t i = 0; i < told->count; i++) {
        size_t column = column_for(&layout, &told->rows[i]);
        if (column < layout.column && column >= COLUMN_LEAST) // if less, it is cut off all the same
            layout.column = column;
    }
    size_t room = layout.effect - MARGIN - GAP;
    if (count > 1 && (count - 1) * layout.column + LAST_LEAST > room)
        layout.column = (room - LAST_LEAST) / (count - 1);
    return layout;
}

// The row's lines: more than one only if the effect does not fit.
static void put_row(FILE *out, const struct layout *layout, const struct row *row)
{
    void *scratch = talloc_new(NULL);
    size_t before = column_of(layout, row->thread) * layout->column;
    size_t room = layout->effect - MARGIN - GAP;
    const char *text = cell_text(scratch, layout, row);
    char *effect = text_wrap(scratch, row->effect, terminal_width() - layout->effect, 0);
    for (bool first = true; first || *effect; first = false) {
        char *line = NULL;
        size_t size, length = strcspn(effect, "\n");
        FILE *draft = open_memstream(&line, &size);
        fprintf(draft, "%s%*s", first && row->decisive ? "> " : "  ", (int)before, "");
        put_cell(draft, first ? text : "", room - before);
        fprintf(draft, "%*s%.*s", GAP, "", (int)length, effect);
        fclose(draft);
        put_trimmed(out, line);
        free(line);
        effect += length + (effect[length] == '\n');
    }
    talloc_free(scratch);
}

static void put_heads(FILE *out, const struct layout *layout)
{
    const struct storyline *told = layout->told;
    size_t at = MARGIN;
    fprintf(out, "\n  ");
    for (size_t i = 0; layout->columns && i < told->thread_count; i++) {
        char *thread = thread_name(NULL, told->threads[i]);
        size_t left = layout->effect - at;
        size_t width = left < layout->column ? left : layout->column;
        put_cell(out, thread, width);
        at += width;
        talloc_free(thread);
    }
    if (!layout->columns)
        at += (size_t)fprintf(out, "thread");
    const char *file = told->file ? base_name(told->file) : "";
    size_t left = terminal_width() - layout->effect;
    fprintf(out, "%*s%.*s%s\n", (int)(layout->effect - at), "",
            (int)(strlen(file) > left ? left - strlen("...") : left), file,
            strlen(file) > left ? "..." : "");
}

static void put_storyline(FILE *out, const struct storyline *told)
{
    struct layout layout = layout_for(told);
    put_heads(out, &layout);
    for (size_t i = 0; i < told->count; i++)
        put_row(out, &layout, &told->rows[i]);
}

// Prints wrapped text, each line begun with two spaces.
static void paragraph(FILE *out, const char *text)
{
    char *wrapped = text_wrap(NULL, text, terminal_width(), MARGIN);
    fprintf(out, "\n  %s\n", wrapped);
    talloc_free(wrapped);
}

// ---- How the threads stand ----

static void show_trace(FILE *out, const char *root, const struct trace *trace)
{
    const struct place *place = trace_own(trace);
    if (place)
        excerpt_show(out, root, place);
}

// The thread that holds `object` at the end, and in `holding` where it took it; NULL if nobody
// does.
static const struct standing_thread *holder_of(const struct story *story, unsigned long object,
                                               const struct holding **holding)
{
    for (size_t i = 0; i < story->thread_count; i++)
        for (size_t k = 0; k < story->threads[i].hold_count; k++)
            if (story->threads[i].holds[k].object == object) {
                *holding = &story->threads[i].holds[k];
                return &story->threads[i];
            }
    return NULL;
}

static const char *named(const struct standing_thread *thread)
{
    return thread->name ? thread->name : "something without a name";
}

static bool anybody_spins(const struct story *story)
{
    for (size_t i = 0; i < story->thread_count; i++)
        if (story->threads[i].stand == STAND_SPINS)
            return true;
    return false;
}

// "waits for a->lock", and so on.
static const char *what_it_waits_for(const void *context, const struct story *story,
                                     const struct standing_thread *thread)
{
    if (thread->stand == STAND_RUNS)
        return "was still running when the schedule was cut off";
    if (thread->stand == STAND_SPINS)
        return talloc_asprintf(context, "looks again and again at %s", named(thread));
    switch (thread->deed) {
    case DEED_JOIN:
        return talloc_asprintf(context, "waits for %s to end",
                               thread_name(context, (int)thread->object - 1));
    case DEED_WAKE:
        return talloc_asprintf(context, "waits to be woken from %s%s", named(thread),
                               anybody_spins(story) ? "" : ", and nobody is left to do it");
    case DEED_TAKE:
        return thread->posts.count > 0
                   ? talloc_asprintf(context, "waits for %s, which %s posts", named(thread),
                                     thread_name(context, thread->poster))
                   : talloc_asprintf(context, "waits for %s to be posted", named(thread));
    case DEED_FILE: return "waits for a descriptor";
    case DEED_FUTEX: return talloc_asprintf(context, "sleeps at the futex %s", named(thread));
    default: return talloc_asprintf(context, "waits for %s", named(thread));
    }
}

static void show_standing(FILE *out, const char *root, const struct story *story,
                          const struct standing_thread *thread)
{
    void *scratch = talloc_new(NULL);
    const struct holding *holding = NULL;
    const struct standing_thread *holder =
        thread->stand != STAND_RUNS && (thread->deed == DEED_LOCK || thread->deed == DEED_READ_LOCK)
            ? holder_of(story, thread->object, &holding)
            : NULL;
    const char *name = thread_name(scratch, thread->thread);
    const char *other = holder ? thread_name(scratch, holder->thread) : "";
    const char *text = talloc_asprintf(
        scratch, "%s %s%s%s%s", name, what_it_waits_for(scratch, story, thread),
        holder ? ", which " : "", holder == thread ? "it" : other, holder ? " holds" : "");
    fprintf(out, "  %s\n", text_wrap(scratch, text, terminal_width(), MARGIN + 2));
    show_trace(out, root, &thread->where);
    if (holder) {
        fprintf(out, "  %s took it\n", other);
        show_trace(out, root, &holding->taken);
    }
    if (thread->posts.count > 0) {
        fprintf(out, "  %s does not come to posting it\n", thread_name(scratch, thread->poster));
        show_trace(out, root, &thread->posts);
    }
    talloc_free(scratch);
}

bool story_is_of_waiting(const struct finding *finding)
{
    return finding->kind == KIND_DEADLOCK || finding->kind == KIND_LOST_WAKEUP ||
           finding->kind == KIND_NO_PROGRESS || finding->kind == KIND_NO_END;
}

// The threads that cannot go on, or come to no end.
static void show_circle(FILE *out, const char *root, const struct finding *finding)
{
    const struct story *story = finding->story;
    if (!story_is_of_waiting(finding))
        return;
    fputc('\n', out);
    for (size_t i = 0; i < story->thread_count; i++)
        if (story_hangs(finding, &story->threads[i]))
            show_standing(out, root, story, &story->threads[i]);
}

// ---- The whole ----

static void tell_success(FILE *out, const char *root, const struct finding *finding)
{
    struct storyline *told = storyline_of_success(NULL, root, finding);
    if (!told)
        return;
    paragraph(out, talloc_asprintf(told,
                                   "> marks where it turns: the nearest schedule that goes well "
                                   "lets %s go on there.",
                                   thread_name(told, told->rows[0].thread)));
    put_storyline(out, told);
    talloc_free(told);
}

// The row that is marked; NULL if none is.
static const struct row *decisive_row(const struct storyline *told)
{
    for (size_t i = 0; i < told->count; i++)
        if (told->rows[i].decisive)
            return &told->rows[i];
    return NULL;
}

// The last row in which a thread wakes though nobody has signalled; NULL if there is none.
static const struct row *unsignalled_row(const struct storyline *told)
{
    for (size_t i = told->count; i-- > 0;)
        if (told->rows[i].unsignalled)
            return &told->rows[i];
    return NULL;
}

static bool has_row_before(const struct storyline *told, const struct row *end, int thread)
{
    for (const struct row *row = told->rows; row < end; row++)
        if (row->thread == thread)
            return true;
    return false;
}

// Whether all that is done in a schedule, but for starting threads and waiting for their end, is
// done by one of them.
static bool is_one_threads(const struct path *path)
{
    int thread = -1;
    for (size_t i = 0; i < path->count; i++) {
        const struct step *step = &path->steps[i];
        if (step->deed == DEED_START || step->deed == DEED_EXIT || step->deed == DEED_CREATE ||
            step->deed == DEED_JOIN)
            continue;
        if (thread >= 0 && step->thread != thread)
            return false;
        thread = step->thread;
    }
    return true;
}

// What decides in a schedule that goes wrong without a data race: ": T2 comes in between ..."; ""
// where the order of the steps does, and no more can be said. `good` is the nearest schedule that
// goes well, or NULL.
static const char *what_decides(const void *context, const struct storyline *bad,
                                const struct storyline *good)
{
    const struct row *row = decisive_row(bad), *awake = unsignalled_row(bad);
    int halted = good ? good->rows[0].thread : -1;
    if (awake)
        return talloc_asprintf(
            context,
            ": %s wakes though nobody has signalled (a wait may end for nothing, "
            "or by its time-out), and must look again whether it may go on",
            thread_name(context, awake->thread));
    if (row && has_row_before(bad, row, halted))
        return talloc_asprintf(context,
                               ": %s comes in between two steps of %s that belong together",
                               thread_name(context, row->thread), thread_name(context, halted));
    return "";
}

// Of several threads.
static void tell_order(FILE *out, const char *root, const struct finding *finding)
{
    void *scratch = talloc_new(NULL);
    const struct storyline *bad = storyline_of_failure(scratch, root, finding);
    const struct storyline *good = storyline_of_success(scratch, root, finding);
    const char *decides = what_decides(scratch, bad, good);
    bool told = good || decides[0]; // a program that ends so by itself shows neither
    paragraph(out, talloc_asprintf(
                       scratch,
                       "No data race is part of this schedule: each access in it is ordered, or "
                       "atomic, and a detector of data races has nothing to say of it.%s%s%s",
                       told ? " The order of the steps decides" : "", decides, told ? "." : ""));
    talloc_free(scratch);
}

void story_tell_steps(FILE *out, const char *root, const struct finding *finding)
{
    if (!is_one_threads(&finding->story->bad)) {
        tell_order(out, root, finding);
        return;
    }
    paragraph(out,
              "No data race is part of this schedule, and no second thread has a part in it: what "
              "one thread does comes to that by itself. Follow its calls, in the order in which "
              "they are made.");
}

static const char *ordinal_end(long number)
{
    static const char *const ends[] = {"th", "st", "nd", "rd"};
    bool teen = number % 100 > 10 && number % 100 < 20;
    return ends[!teen && number % 10 < 4 ? number % 10 : 0];
}

static void tell_promise(FILE *out, const struct story *story, const struct story *before)
{
    if (!story->promise || (before && before->promise && strcmp(before->scene, story->scene) == 0))
        return;
    char *text =
        talloc_asprintf(NULL, "The scene \"%s\" checks: \"%s\"", story->scene, story->promise);
    paragraph(out, text);
    talloc_free(text);
}

void story_tell(FILE *out, const char *root, const char *name, const struct finding *finding,
                const struct story *before)
{
    const struct story *story = finding->story;
    struct storyline *told = storyline_of_failure(NULL, root, finding);
    show_circle(out, root, finding);
    tell_promise(out, story, before);
    if (finding->kind == KIND_NOTHING)
        paragraph(out, "What happens in that schedule:");
    else if (story->found_at > 0)
        paragraph(out, talloc_asprintf(told, "The %ld%s schedule tried shows it%s", story->found_at,
                                       ordinal_end(story->found_at), told->count > 0 ? ":" : "."));
    else if (told->count > 0)
        paragraph(out, "Step by step:");
    if (told->count > 0)
        put_storyline(out, told);
    const char *late = missing_arrival(told, finding);
    if (late)
        paragraph(out, late);
    tell_success(out, root, finding);
    const char *command = talloc_asprintf(told, "racelings replay %s %s", name, story->schedule);
    bool fits = strlen("  See it again: ") + strlen(command) <= terminal_width();
    fprintf(out, "\n  See it again:%s%s\n", fits ? " " : "\n      ", command);
    talloc_free(told);
}
