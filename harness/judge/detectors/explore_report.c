// See explore_report.h.

#include "explore_report.h"

#include "base/text.h"
#include "judge/endless.h"
#include "judge/story.h"

#include <jansson.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <talloc.h>

// What the readers of parts share. What does not fit is an error, and the report unusable: a
// verdict is never taken from half of a report.
struct reader {
    void *context; // owns all that is made
    const char *error;
    bool refused; // the error is the explorer's own: it was asked for what it cannot do
};

static void bad(struct reader *reader, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void bad(struct reader *reader, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    if (!reader->error)
        reader->error = talloc_vasprintf(reader->context, format, arguments);
    va_end(arguments);
}

// ---- Members of an object ----

// The explorer writes a byte beyond ASCII as the code point of its number (json_writer.c).
static char *bytes_of(const void *context, const char *text)
{
    char *bytes = talloc_strdup(context, text);
    size_t size = 0;
    for (; *text; text++) {
        unsigned char byte = (unsigned char)*text;
        if ((byte == 0xC2 || byte == 0xC3) && text[1])
            bytes[size++] = (char)(byte << 6 | (*++text & 0x3F));
        else
            bytes[size++] = *text;
    }
    bytes[size] = '\0';
    return bytes;
}

// NULL where there is none, or null; what is no text is an error.
static const char *text_of(struct reader *reader, const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    if (value && !json_is_null(value) && !json_is_string(value))
        bad(reader, "\"%s\" is no text", key);
    return json_is_string(value) ? bytes_of(reader->context, json_string_value(value)) : NULL;
}

static long number_of(struct reader *reader, const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    if (!json_is_integer(value))
        bad(reader, "\"%s\" is no number", key);
    return (long)json_integer_value(value);
}

static bool truth_of(const json_t *object, const char *key)
{
    return json_is_true(json_object_get(object, key));
}

// "0x4011d6"; 0 where there is none.
static unsigned long address_value(const json_t *value)
{
    const char *text = json_string_value(value);
    return text ? strtoul(text, NULL, 16) : 0;
}

static unsigned long address_of(const json_t *object, const char *key)
{
    return address_value(json_object_get(object, key));
}

// ---- Places ----

// Frames point behind the call or the instruction that is meant.
static struct place place_before(unsigned long address)
{
    return (struct place){.address = address > 0 ? address - 1 : 0};
}

static struct trace trace_of(struct reader *reader, const json_t *object, const char *key)
{
    struct trace trace = {0};
    const json_t *frames = json_object_get(object, key);
    size_t count = json_array_size(frames);
    if (count == 0)
        return trace;
    trace.places = talloc_zero_array(reader->context, struct place, (unsigned)count);
    for (size_t i = 0; i < count; i++)
        trace.places[trace.count++] = place_before(address_value(json_array_get(frames, i)));
    return trace;
}

// ---- Parts of a finding ----

// The report has the earlier access first; a finding has it last.
static void read_accesses(struct reader *reader, const json_t *object, struct finding *finding)
{
    const json_t *accesses = json_object_get(object, "accesses");
    for (size_t left = json_array_size(accesses); left > 0; left--) {
        const json_t *item = json_array_get(accesses, left - 1);
        struct access access = {
            .thread = (int)number_of(reader, item, "thread"),
            .write = truth_of(item, "write"),
            .atomic = truth_of(item, "atomic"),
            .frees = truth_of(item, "frees"),
            .size = (int)number_of(reader, item, "size"),
            .trace = trace_of(reader, item, "stack"),
        };
        finding->accesses = array_grow(reader->context, finding->accesses,
                                       sizeof *finding->accesses, finding->access_count);
        finding->accesses[finding->access_count++] = access;
    }
}

static void read_step(struct reader *reader, const json_t *object, struct step *step)
{
    const char *op = json_string_value(json_object_get(object, "op"));
    *step = (struct step){
        .thread = (int)number_of(reader, object, "thread"),
        .event = number_of(reader, object, "event"),
        .deed = deed_find(op ? op : ""),
        .object = address_of(object, "object"),
        .other = address_of(object, "other"),
        .order = text_of(reader, object, "order"),
        .older = truth_of(object, "older"),
        .place = place_before(address_of(object, "pc")),
    };
    if (!json_object_get(object, "size"))
        return;
    step->size = (int)number_of(reader, object, "size");
    step->before = (uint64_t)number_of(reader, object, "before");
    step->after = (uint64_t)number_of(reader, object, "after");
}

static struct path read_path(struct reader *reader, const json_t *object, const char *key)
{
    const json_t *steps = json_object_get(object, key);
    struct path path = {0};
    if (json_array_size(steps) == 0)
        return path;
    path.count = json_array_size(steps);
    path.steps = talloc_zero_array(reader->context, struct step, (unsigned)path.count);
    for (size_t i = 0; i < path.count; i++)
        read_step(reader, json_array_get(steps, i), &path.steps[i]);
    return path;
}

static enum stand stand_of(struct reader *reader, const json_t *object)
{
    static const char *const names[] = {[STAND_RUNS] = "runs",
                                        [STAND_WAITS] = "waits for",
                                        [STAND_SPINS] = "spins",
                                        [STAND_ENDED] = "ended"};
    const char *name = json_string_value(json_object_get(object, "state"));
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (name && strcmp(names[i], name) == 0)
            return (enum stand)i;
    bad(reader, "a thread's state \"%s\" is not known", name ? name : "");
    return STAND_RUNS;
}

static void read_thread(struct reader *reader, const json_t *object, struct standing_thread *thread)
{
    const char *op = json_string_value(json_object_get(object, "op"));
    const json_t *holds = json_object_get(object, "holds");
    const json_t *poster = json_object_get(object, "poster");
    *thread = (struct standing_thread){
        .thread = (int)number_of(reader, object, "id"),
        .event = number_of(reader, object, "event"),
        .stand = stand_of(reader, object),
        .deed = deed_find(op ? op : ""),
        .object = address_of(object, "object"),
        .where = trace_of(reader, object, "stack"),
        .created = trace_of(reader, object, "created"),
        .hold_count = json_array_size(holds),
    };
    thread->holds =
        talloc_zero_array(reader->context, struct holding, (unsigned)thread->hold_count);
    for (size_t i = 0; i < thread->hold_count; i++) {
        const json_t *hold = json_array_get(holds, i);
        thread->holds[i].object = address_of(hold, "object");
        thread->holds[i].taken = trace_of(reader, hold, "stack");
    }
    if (!poster)
        return;
    thread->poster = (int)number_of(reader, poster, "thread");
    thread->posts = trace_of(reader, poster, "stack");
}

static void read_threads(struct reader *reader, const json_t *object, struct story *story)
{
    const json_t *threads = json_object_get(object, "threads");
    story->thread_count = json_array_size(threads);
    story->threads =
        talloc_zero_array(reader->context, struct standing_thread, (unsigned)story->thread_count);
    for (size_t i = 0; i < story->thread_count; i++)
        read_thread(reader, json_array_get(threads, i), &story->threads[i]);
}

// The string that replays it, as people type it: behind the scene's name, if there is one.
static const char *schedule_of(struct reader *reader, const json_t *object, const char *scene)
{
    const char *string = text_of(reader, object, "schedule");
    if (!string)
        bad(reader, "a finding has no schedule");
    if (!string || !scene)
        return string;
    char *whole = talloc_asprintf(reader->context, "%s/%s", scene, string);
    for (char *blank = whole; (blank = strchr(blank, ' ')) != NULL;)
        *blank = '_';
    return whole;
}

static struct story *read_story(struct reader *reader, const json_t *object)
{
    struct story *story = talloc_zero(reader->context, struct story);
    const json_t *about = json_object_get(object, "object");
    story->scene = text_of(reader, object, "scene");
    story->schedule = schedule_of(reader, object, story->scene);
    story->found_at = number_of(reader, object, "found_at");
    story->memory = json_is_object(about) ? address_of(about, "address") : 0;
    story->bad = read_path(reader, object, "steps");
    story->good = read_path(reader, object, "good");
    story->output = text_of(reader, object, "output");
    read_threads(reader, object, story);
    return story;
}

// The promise of the scene called `name`.
static const char *promise_of(struct reader *reader, const json_t *report, const char *name)
{
    size_t i;
    json_t *scene;
    json_array_foreach(json_object_get(report, "scenes"), i, scene)
    {
        const char *known = json_string_value(json_object_get(scene, "name"));
        if (known && strcmp(known, name) == 0)
            return text_of(reader, scene, "promise");
    }
    return NULL;
}

static void read_finding(struct reader *reader, const json_t *report, const json_t *object,
                         struct reading *reading)
{
    const char *kind = json_string_value(json_object_get(object, "kind"));
    const json_t *about = json_object_get(object, "object");
    struct finding finding = {.kind = kind_find(kind ? kind : "")};
    if (finding.kind == KIND_COUNT)
        bad(reader, "a finding of the kind \"%s\" is not known", kind ? kind : "");
    finding.what = text_of(reader, object, "what");
    finding.where = trace_of(reader, object, "stack");
    finding.allocated =
        json_is_object(about) ? trace_of(reader, about, "allocated") : (struct trace){0};
    read_accesses(reader, object, &finding);
    finding.story = read_story(reader, object);
    if (finding.story->scene)
        finding.story->promise = promise_of(reader, report, finding.story->scene);
    reading_add(reader->context, reading, &finding);
}

// ---- The report ----

static void read_search(struct reader *reader, const json_t *object, struct reading *reading)
{
    struct search search = {
        .scene = text_of(reader, object, "name"),
        .promise = text_of(reader, object, "promise"),
        .schedules = number_of(reader, object, "schedules"),
        .threads = (long)json_integer_value(json_object_get(object, "threads")),
        .exhausted = truth_of(object, "exhausted"),
        .reason = text_of(reader, object, "reason"),
        .woken = number_of(reader, object, "woken"),
        .late = (long)json_integer_value(json_object_get(object, "late")),
        .unended = number_of(reader, object, "unended"),
        .left = number_of(reader, object, "left"),
    };
    reading->searches = array_grow(reader->context, reading->searches, sizeof *reading->searches,
                                   reading->search_count);
    reading->searches[reading->search_count++] = search;
}

static void read_searches(struct reader *reader, const json_t *report, struct reading *reading)
{
    size_t i;
    json_t *scene;
    const json_t *driver = json_object_get(report, "driver");
    json_array_foreach(json_object_get(report, "scenes"), i, scene)
        read_search(reader, scene, reading);
    if (json_is_object(driver))
        read_search(reader, driver, reading);
    if (reading->search_count == 0)
        bad(reader, "it tells of no search");
}

// What the explorer cannot follow. Kept as the crash's place, for the sentence that names it.
static void read_unsupported(struct reader *reader, const json_t *report, struct reading *reading)
{
    const json_t *unsupported = json_object_get(report, "unsupported");
    if (!json_is_object(unsupported))
        return;
    reading->state = READING_UNFOLLOWED;
    reading->note = text_of(reader, unsupported, "what");
    reading->crash = trace_of(reader, unsupported, "stack");
    if (!reading->note)
        bad(reader, "what cannot be followed has no name");
}

// How a scene that hangs stood when its first schedule was cut off. Where anything else was found,
// that is what is to be mended.
static void read_endless(struct reader *reader, const json_t *report, struct reading *reading)
{
    size_t i;
    json_t *object;
    const struct search *scene = reading->count == 0 ? endless_scene(reading) : NULL;
    json_array_foreach(json_object_get(report, "endless"), i, object)
    {
        const char *name = json_string_value(json_object_get(object, "scene"));
        if (!scene || !name || strcmp(name, scene->scene) != 0)
            continue;
        read_finding(reader, report, object, reading);
        reading->findings[reading->count - 1].what = endless_told(reader->context, scene);
        return;
    }
}

static void read_report(struct reader *reader, const json_t *report, struct reading *reading)
{
    const char *schema = json_string_value(json_object_get(report, "schema"));
    size_t i;
    json_t *finding;
    if (!schema || strcmp(schema, "racelings/explore/v1") != 0)
        bad(reader, "its schema is not \"racelings/explore/v1\"");
    else if ((reader->refused = json_is_string(json_object_get(report, "error"))))
        bad(reader, "%s", json_string_value(json_object_get(report, "error")));
    else if (!truth_of(report, "complete"))
        bad(reader, "it is not complete");
    if (reader->error)
        return;
    read_searches(reader, report, reading);
    reading->paused = truth_of(report, "paused");
    read_unsupported(reader, report, reading);
    json_array_foreach(json_object_get(report, "findings"), i, finding)
        read_finding(reader, report, finding, reading);
    read_endless(reader, report, reading);
}

void explore_report_read(void *context, const char *text, struct reading *reading)
{
    struct reader reader = {.context = context};
    json_error_t error;
    *reading = (struct reading){.state = READING_COMPLETE};
    json_t *report = json_loads(text, JSON_REJECT_DUPLICATES, &error);
    if (report)
        read_report(&reader, report, reading);
    else
        bad(&reader, "line %d: %s", error.line, error.text);
    json_decref(report);
    if (reader.error)
        *reading = (struct reading){
            .state = READING_UNUSABLE,
            .note = talloc_asprintf(context, "the explorer %s: %s",
                                    reader.refused ? "ran nothing" : "left no sound report",
                                    reader.error),
        };
}
