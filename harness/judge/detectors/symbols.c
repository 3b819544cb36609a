// See symbols.h. Every address is asked for once, however often a report has it: a schedule of
// thousands of steps goes through some dozen places.

#include "symbols.h"

#include "base/text.h"
#include "judge/story.h"
#include "run/workspace.h"
#include "toolchain.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <talloc.h>

enum { QUESTIONS_MOST = 1000 }; // a command line has an end

// A gap to be filled in: a place, or a name.
struct gap {
    bool data; // asked as DATA, not as CODE: the name of a variable
    unsigned long address;
    struct place *place;
    const char **name;
    bool *named; // to be set with the name, which may be that of a variable around the address;
                 // NULL: the variable must begin at the address
};

struct gaps {
    struct gap *all;
    size_t count;
};

static void add_gap(struct gaps *gaps, struct gap gap)
{
    if (gap.address == 0)
        return;
    gaps->all = array_grow(NULL, gaps->all, sizeof *gaps->all, gaps->count);
    gaps->all[gaps->count++] = gap;
}

static void ask_place(struct gaps *gaps, struct place *place)
{
    if (!place->function || place->file)
        add_gap(gaps, (struct gap){.address = place->address, .place = place});
}

static void ask_trace(struct gaps *gaps, struct trace *trace)
{
    for (size_t i = 0; i < trace->count; i++)
        ask_place(gaps, &trace->places[i]);
}

static void ask_name(struct gaps *gaps, unsigned long address, const char **name, bool *named)
{
    add_gap(gaps, (struct gap){.data = true, .address = address, .name = name, .named = named});
}

static void ask_path(struct gaps *gaps, struct path *path)
{
    for (size_t i = 0; i < path->count; i++) {
        ask_place(gaps, &path->steps[i].place);
        ask_name(gaps, path->steps[i].object, &path->steps[i].name, NULL);
    }
}

static void ask_story(struct gaps *gaps, struct story *story)
{
    ask_path(gaps, &story->bad);
    ask_path(gaps, &story->good);
    for (size_t i = 0; i < story->thread_count; i++) {
        struct standing_thread *thread = &story->threads[i];
        ask_trace(gaps, &thread->where);
        ask_trace(gaps, &thread->created);
        ask_trace(gaps, &thread->posts);
        ask_name(gaps, thread->object, &thread->name, NULL);
        for (size_t k = 0; k < thread->hold_count; k++) {
            ask_trace(gaps, &thread->holds[k].taken);
            ask_name(gaps, thread->holds[k].object, &thread->holds[k].name, NULL);
        }
    }
}

static void ask_finding(struct gaps *gaps, struct finding *finding)
{
    for (size_t i = 0; i < finding->access_count; i++)
        ask_trace(gaps, &finding->accesses[i].trace);
    for (size_t i = 0; i < finding->lock_count; i++) {
        struct lock *lock = &finding->locks[i];
        if (!lock->named)
            ask_name(gaps, lock->address, &lock->name, &lock->named);
        ask_trace(gaps, &lock->taken);
        if (lock->wanted.places != finding->where.places) // asked below
            ask_trace(gaps, &lock->wanted);
    }
    ask_trace(gaps, &finding->where);
    ask_trace(gaps, &finding->allocated);
    if (finding->story)
        ask_story(gaps, finding->story);
}

static int compare_gaps(const void *a, const void *b)
{
    const struct gap *one = a, *other = b;
    if (one->data != other->data)
        return one->data - other->data;
    return (one->address > other->address) - (one->address < other->address);
}

static bool same_question(const struct gap *one, const struct gap *other)
{
    return one->data == other->data && one->address == other->address;
}

// All gaps, equal questions beside each other.
static struct gaps collect(struct reading *reading)
{
    struct gaps gaps = {0};
    for (size_t i = 0; i < reading->count; i++)
        ask_finding(&gaps, &reading->findings[i]);
    ask_trace(&gaps, &reading->crash);
    if (gaps.count > 0)
        qsort(gaps.all, gaps.count, sizeof *gaps.all, compare_gaps);
    return gaps;
}

static const char **questions(const void *context, const struct gaps *gaps)
{
    const char **list = list_new(context);
    size_t count = 0;
    for (size_t i = 0; i < gaps->count; i++) {
        const struct gap *gap = &gaps->all[i];
        if (i > 0 && same_question(gap, gap - 1))
            continue;
        if (count++ == QUESTIONS_MOST)
            break;
        list_add(&list,
                 talloc_asprintf(list, "%s %#lx", gap->data ? "DATA" : "CODE", gap->address));
    }
    return list;
}

// ---- Answers ----

// {"Symbol": [{"Column": 12, "FileName": "./counter.c", "FunctionName": "f", "Line": 3}]}
static void fill_place(void *context, const char *root, struct place *place, const json_t *answer)
{
    const json_t *symbol = json_array_get(json_object_get(answer, "Symbol"), 0);
    const char *function = json_string_value(json_object_get(symbol, "FunctionName"));
    const char *file = json_string_value(json_object_get(symbol, "FileName"));
    place->column = (int)json_integer_value(json_object_get(symbol, "Column"));
    if (place->function)
        return;
    place->function = function && function[0] ? talloc_strdup(context, function) : "?";
    place->line = (int)json_integer_value(json_object_get(symbol, "Line"));
    if (file && file[0])
        place->file = place_file(context, root, file);
}

// {"Data": {"Name": "lock", "Start": "0x...", "Size": "0x28"}}. For an address on the heap the nearest
// symbol below is given: it does not reach that far.
static void fill_name(void *context, const struct gap *gap, const json_t *answer)
{
    const json_t *data = json_object_get(answer, "Data");
    const char *name = json_string_value(json_object_get(data, "Name"));
    const char *start = json_string_value(json_object_get(data, "Start"));
    const char *size = json_string_value(json_object_get(data, "Size"));
    if (!name || !name[0] || !start || !size)
        return;
    unsigned long offset = gap->address - strtoul(start, NULL, 16);
    if (offset >= strtoul(size, NULL, 16) || (offset > 0 && !gap->named))
        return;
    *gap->name = talloc_strdup(context, name);
    if (gap->named)
        *gap->named = true;
}

static void take_answers(void *context, const char *root, struct gaps *gaps, const char *text)
{
    json_t *answers = json_loads(text, 0, NULL);
    size_t at = 0;
    for (size_t i = 0; i < gaps->count; i++) {
        struct gap *gap = &gaps->all[i];
        if (i > 0 && !same_question(gap, gap - 1))
            at++;
        const json_t *answer = json_array_get(answers, at);
        if (answer && gap->place)
            fill_place(context, root, gap->place, answer);
        else if (answer)
            fill_name(context, gap, answer);
    }
    json_decref(answers);
}

void symbols_fill(void *context, const struct program *program, struct reading *reading)
{
    void *scratch = talloc_new(NULL);
    struct gaps gaps = collect(reading);
    const char **argv = list_new(scratch);
    list_add(&argv, TOOLCHAIN_SYMBOLIZER);
    list_add(&argv, "--output-style=JSON");
    list_add(&argv, talloc_asprintf(scratch, "--obj=%s", program->path));
    list_add_all(&argv, questions(scratch, &gaps));
    if (gaps.count > 0) {
        const struct command command = {
            .argv = argv,
            .env = workspace_environment(scratch, program->folder),
            .seconds = 20,
            .output_limit = 8 << 20,
        };
        struct outcome outcome;
        if (process_run(scratch, &command, &outcome, NULL) && outcome.ending == ENDED_EXITED)
            take_answers(context, program->root, &gaps, outcome.output);
    }
    talloc_free(gaps.all);
    talloc_free(scratch);
}
