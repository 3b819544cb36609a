// See symbols.h. Every address is asked for once, however often a report has it: a schedule of
// thousands of steps goes through some dozen places.

#include "symbols.h"

#include "base/text.h"
#include "judge/story.h"
#include "run/debug_info.h"

#include <stdlib.h>
#include <string.h>
#include <talloc.h>

enum { QUESTIONS_MOST = 1000 }; // a symbol table may be long, and is gone through for each

// A gap to be filled in: a place, or a name.
struct gap {
    bool data;    // the name of a variable is wanted, not the place of an instruction
    bool element; // of an array's element, if it is one
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

// Of a lock or the like: of many that lie in an array each has a name.
static void ask_element(struct gaps *gaps, unsigned long address, const char **name)
{
    add_gap(gaps, (struct gap){.data = true, .element = true, .address = address, .name = name});
}

static void ask_path(struct gaps *gaps, struct path *path)
{
    for (size_t i = 0; i < path->count; i++) {
        struct step *step = &path->steps[i];
        ask_place(gaps, &step->place);
        if (step->size > 0)
            ask_name(gaps, step->object, &step->name, NULL);
        else
            ask_element(gaps, step->object, &step->name);
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
        ask_element(gaps, thread->object, &thread->name);
        for (size_t k = 0; k < thread->hold_count; k++) {
            ask_trace(gaps, &thread->holds[k].taken);
            ask_element(gaps, thread->holds[k].object, &thread->holds[k].name);
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
    if (one->element != other->element)
        return one->element - other->element;
    return (one->address > other->address) - (one->address < other->address);
}

static bool same_question(const struct gap *one, const struct gap *other)
{
    return one->data == other->data && one->element == other->element &&
           one->address == other->address;
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

// ---- Answers ----

static void fill_place(void *context, const char *root, struct place *place,
                       const struct frame *frame)
{
    place->column = frame->column;
    if (place->function)
        return;
    place->function = frame->function ? frame->function : "?";
    place->line = frame->line;
    if (frame->file)
        place->file = place_file(context, root, frame->file);
}

static void fill_name(const struct gap *gap, const char *name, unsigned long offset)
{
    if (!name || (offset > 0 && !gap->named))
        return;
    *gap->name = name;
    if (gap->named)
        *gap->named = true;
}

// What is known of an address.
struct answer {
    struct frame frame;   // of an instruction
    const char *name;     // of a variable; NULL: none
    unsigned long offset; // how many bytes behind its beginning
};

static struct answer ask(void *context, const struct debug_info *info, const struct gap *gap)
{
    struct answer answer = {.name = NULL};
    if (gap->element)
        answer.name = debug_info_element(context, info, gap->address);
    if (gap->data && !answer.name)
        answer.name = debug_info_variable(context, info, gap->address, &answer.offset);
    if (!gap->data)
        answer.frame = debug_info_place(context, info, gap->address);
    return answer;
}

static void fill(void *context, const char *root, const struct gaps *gaps,
                 const struct debug_info *info)
{
    size_t asked = 0;
    struct answer answer = {.name = NULL};
    for (size_t i = 0; i < gaps->count; i++) {
        const struct gap *gap = &gaps->all[i];
        if (i == 0 || !same_question(gap, gap - 1)) {
            if (asked++ == QUESTIONS_MOST)
                return;
            answer = ask(context, info, gap);
        }
        if (gap->data)
            fill_name(gap, answer.name, answer.offset);
        else
            fill_place(context, root, gap->place, &answer.frame);
    }
}

// A variable of the explorer's that stands for what the C library keeps (runtime/explore/libc_places.h)
// is called after the function that keeps it. It holds nothing.
static void name_kept(void *context, struct path *path)
{
    static const char prefix[] = "place_of_";
    for (size_t i = 0; i < path->count; i++) {
        struct step *step = &path->steps[i];
        if (!step->name || strncmp(step->name, prefix, strlen(prefix)) != 0)
            continue;
        step->name = talloc_asprintf(context, "what %s keeps", step->name + strlen(prefix));
        step->kept = true;
        step->size = 0;
    }
}

static void name_all_kept(void *context, struct reading *reading)
{
    for (size_t i = 0; i < reading->count; i++) {
        struct story *story = reading->findings[i].story;
        if (story) {
            name_kept(context, &story->bad);
            name_kept(context, &story->good);
        }
    }
}

void symbols_fill(void *context, const struct program *program, struct reading *reading)
{
    struct gaps gaps = collect(reading);
    struct debug_info *info = gaps.count > 0 ? debug_info_open(NULL, program->path) : NULL;
    if (info)
        fill(context, program->root, &gaps, info);
    name_all_kept(context, reading);
    talloc_free(info);
    talloc_free(gaps.all);
}
