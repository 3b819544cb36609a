#include "finding.h"

#include "base/text.h"

#include <string.h>
#include <talloc.h>

static const char *const names[KIND_COUNT] = {
    [KIND_DATA_RACE] = "data race",
    [KIND_LOCK_ORDER] = "lock-order inversion",
    [KIND_LOCK_MISUSE] = "lock misuse",
    [KIND_THREAD_MISUSE] = "thread misuse",
    [KIND_LOCK_HELD] = "lock held at thread exit",
    [KIND_USE_AFTER_FREE] = "use after free",
    [KIND_THREAD_LEAK] = "thread leak",
    [KIND_SIGNAL] = "signal-unsafe call",
    [KIND_DEADLOCK] = "deadlock",
    [KIND_LOST_WAKEUP] = "lost wake-up",
    [KIND_DOUBLE_FREE] = "double free",
    [KIND_BAD_FREE] = "bad free",
    [KIND_OVERFLOW] = "overflow",
    [KIND_LEAK] = "leak",
    [KIND_WRONG_RESULT] = "wrong result",
    [KIND_WAITS] = "waits",
    [KIND_CRASH] = "crash",
    [KIND_ASSERTION] = "assertion",
    [KIND_ABORT] = "abort",
    [KIND_NO_END] = "no end",
    [KIND_NO_PROGRESS] = "no progress",
    [KIND_TOUCHES_DRIVER] = "touches driver",
    [KIND_READS_CODE] = "reads code",
    [KIND_NOTHING] = "nothing",
    [KIND_ADVICE] = "advice",
};

const char *kind_name(enum kind kind)
{
    return names[kind];
}

bool kind_counts(enum kind kind)
{
    return kind != KIND_ADVICE && kind != KIND_NOTHING;
}

enum kind kind_find(const char *name)
{
    enum kind kind = 0;
    while (kind < KIND_COUNT && strcmp(names[kind], name) != 0)
        kind++;
    return kind;
}

const char *place_file(const void *context, const char *root, const char *file)
{
    static const char runtime[] = "/racelings/"; // what it is built below
    size_t length = strlen(root);
    if (strncmp(file, runtime, sizeof runtime - 1) == 0)
        return NULL;
    if (strncmp(file, root, length) == 0 && file[length] == '/')
        file += length + 1;
    while (strncmp(file, "./", 2) == 0)
        file += 2;
    return talloc_strdup(context, file);
}

bool place_is_ours(const char *function, const char *file)
{
    static const char wrapper[] = "__wrap_", runtime[] = "/racelings/runtime/";
    return strncmp(function, wrapper, strlen(wrapper)) == 0 ||
           strncmp(file, runtime, strlen(runtime)) == 0;
}

const struct place *trace_own(const struct trace *trace)
{
    for (size_t i = 0; i < trace->count; i++)
        if (trace->places[i].file && trace->places[i].line > 0)
            return &trace->places[i];
    return NULL;
}

char *thread_name(const void *context, int thread)
{
    if (thread == 0)
        return talloc_strdup(context, "main");
    return thread < 0 ? talloc_strdup(context, "a thread")
                      : talloc_asprintf(context, "T%d", thread);
}

void reading_add(const void *context, struct reading *reading, const struct finding *finding)
{
    reading->findings =
        array_grow(context, reading->findings, sizeof *reading->findings, reading->count);
    reading->findings[reading->count++] = *finding;
}

bool reading_has_race(const struct reading *reading)
{
    for (size_t i = 0; i < reading->count; i++)
        if (reading->findings[i].kind == KIND_DATA_RACE)
            return true;
    return false;
}
