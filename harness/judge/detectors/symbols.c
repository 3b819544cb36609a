#include "symbols.h"

#include "base/text.h"
#include "run/workspace.h"
#include "toolchain.h"

#include <jansson.h>
#include <stdlib.h>
#include <talloc.h>

// What is to be looked up, in the order of the symbolizer's arguments and so of its answers.
struct queries {
    const char **argv;
    struct place **places; // NULL where the query is for a lock
    struct lock **locks;   // NULL where the query is for a place
    size_t count;
};

enum { QUERIES_MOST = 500 }; // a command line has an end

static void add_query(struct queries *queries, const char *kind, unsigned long address,
                      struct place *place, struct lock *lock)
{
    if (address == 0 || queries->count == QUERIES_MOST)
        return;
    size_t count = queries->count++;
    list_add(&queries->argv, talloc_asprintf(queries->argv, "%s %#lx", kind, address));
    queries->places = array_grow(queries->argv, queries->places, sizeof *queries->places, count);
    queries->locks = array_grow(queries->argv, queries->locks, sizeof *queries->locks, count);
    queries->places[count] = place;
    queries->locks[count] = lock;
}

static void ask_trace(struct queries *queries, struct trace *trace)
{
    for (size_t i = 0; i < trace->count; i++)
        if (trace->places[i].file)
            add_query(queries, "CODE", trace->places[i].address, &trace->places[i], NULL);
}

static void ask_finding(struct queries *queries, struct finding *finding)
{
    for (size_t i = 0; i < finding->access_count; i++)
        ask_trace(queries, &finding->accesses[i].trace);
    for (size_t i = 0; i < finding->lock_count; i++) {
        add_query(queries, "DATA", finding->locks[i].address, NULL, &finding->locks[i]);
        ask_trace(queries, &finding->locks[i].taken);
        if (finding->locks[i].wanted.places != finding->where.places) // asked below
            ask_trace(queries, &finding->locks[i].wanted);
    }
    ask_trace(queries, &finding->where);
    ask_trace(queries, &finding->allocated);
}

// One answer: {"Symbol": [{"Column": 12, ...}]} or {"Data": {"Name": "lock", "Start": "0x...",
// "Size": "0x28"}}. For an address on the heap the nearest symbol below is given: it does not reach
// that far.
static void take_answer(struct queries *queries, size_t i, const json_t *answer)
{
    const json_t *symbol = json_array_get(json_object_get(answer, "Symbol"), 0);
    const json_t *data = json_object_get(answer, "Data");
    const char *name = json_string_value(json_object_get(data, "Name"));
    const char *start = json_string_value(json_object_get(data, "Start"));
    const char *size = json_string_value(json_object_get(data, "Size"));
    if (queries->places[i]) {
        queries->places[i]->column = (int)json_integer_value(json_object_get(symbol, "Column"));
        return;
    }
    struct lock *lock = queries->locks[i];
    if (name && name[0] && start && size &&
        lock->address - strtoul(start, NULL, 16) < strtoul(size, NULL, 16)) {
        lock->name = talloc_strdup(talloc_parent(queries->argv), name);
        lock->named = true;
    }
}

void symbols_fill(void *context, const struct program *program, struct reading *reading)
{
    struct queries queries = {.argv = list_new(context)};
    list_add(&queries.argv, TOOLCHAIN_SYMBOLIZER);
    list_add(&queries.argv, "--output-style=JSON");
    list_add(&queries.argv, talloc_asprintf(queries.argv, "--obj=%s", program->path));
    for (size_t i = 0; i < reading->count; i++)
        ask_finding(&queries, &reading->findings[i]);
    if (queries.count > 0) {
        const struct command command = {
            .argv = queries.argv,
            .env = workspace_environment(queries.argv, program->folder),
            .seconds = 20,
            .output_limit = 8 << 20,
        };
        struct outcome outcome;
        if (process_run(queries.argv, &command, &outcome, NULL) && outcome.ending == ENDED_EXITED) {
            json_t *answers = json_loads(outcome.output, 0, NULL);
            for (size_t i = 0; i < queries.count; i++)
                take_answer(&queries, i, json_array_get(answers, i));
            json_decref(answers);
        }
    }
    talloc_free(queries.argv);
}
