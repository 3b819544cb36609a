#include "halt.h"

#include <string.h>
#include <talloc.h>

// The name that the program calls it by: libraries have others for the same function, and what
// comes between the two is a wrapper of the judge's.
static const char *name_called(const void *context, const char *function)
{
    static const char *const prefixes[] = {"__interceptor_", "__wrap_", "__GI_"};
    while (*function == '_') {
        const char *rest = function + 1;
        for (size_t i = 0; i < sizeof prefixes / sizeof prefixes[0]; i++)
            if (strncmp(function, prefixes[i], strlen(prefixes[i])) == 0)
                rest = function + strlen(prefixes[i]);
        function = rest;
    }
    if (strcmp(function, "pthread_clockjoin_ex") == 0) // what all ways to join end in
        function = "pthread_join";
    return talloc_strndup(context, function, strcspn(function, "@"));
}

// "T2", or "T2 of process 3" where there are several.
static const char *thread_told(const void *context, const struct call_stack *stack, bool several)
{
    const char *thread = thread_name(context, stack->thread);
    return several ? talloc_asprintf(context, "%s of process %d", thread, stack->process + 1)
                   : thread;
}

// The innermost frame in the program's own code, whose place is given; NULL: there is none.
static const struct frame *own_frame(const void *context, const char *root,
                                     const struct call_stack *stack, struct place *place)
{
    for (size_t i = 0; i < stack->count; i++) {
        const struct frame *frame = &stack->frames[i];
        if (!frame->file || !frame->function || frame->line == 0 ||
            place_is_ours(frame->function, frame->file))
            continue;
        const char *file = place_file(context, root, frame->file);
        *place = (struct place){.function = frame->function, .file = file, .line = frame->line};
        if (file)
            return frame;
    }
    return NULL;
}

// What a thread does whose innermost own frame is `own`.
static const char *doing_told(const void *context, const struct call_stack *stack,
                              const struct frame *own, bool waited)
{
    if (own == stack->frames)
        return "computing";
    const char *call = own[-1].function;
    return talloc_asprintf(context, "%s%s%s", waited ? "waiting" : "", waited && call ? " " : "",
                           call     ? talloc_asprintf(context, "in %s", name_called(context, call))
                           : waited ? ""
                                    : "in a library");
}

static struct halt *halt_at(struct halt *halts, size_t count, const struct place *place)
{
    for (size_t i = 0; i < count; i++)
        if (halts[i].place.line == place->line && strcmp(halts[i].place.file, place->file) == 0)
            return &halts[i];
    return NULL;
}

// Whether stacks of more than one process have a frame of the program's own: a tool may have
// processes beside it.
static bool are_several(const void *context, const char *root, const struct outcome *outcome)
{
    int first = -1;
    for (size_t i = 0; i < outcome->stack_count; i++) {
        const struct call_stack *stack = &outcome->stacks[i];
        struct place place;
        if (!own_frame(context, root, stack, &place))
            continue;
        if (first >= 0 && stack->process != first)
            return true;
        first = stack->process;
    }
    return false;
}

struct halt *halts_read(const void *context, const char *root, const struct outcome *outcome,
                        size_t *count)
{
    size_t threads = outcome->stack_count;
    struct halt *halts = talloc_zero_array(context, struct halt, (unsigned)threads);
    bool several = are_several(halts, root, outcome);
    *count = 0;
    for (size_t i = 0; halts && i < threads; i++) {
        const struct call_stack *stack = &outcome->stacks[i];
        struct place place;
        const struct frame *own = own_frame(halts, root, stack, &place);
        struct halt *same = own ? halt_at(halts, *count, &place) : NULL;
        if (same)
            same->threads =
                talloc_asprintf(halts, "%s, %s", same->threads, thread_told(halts, stack, several));
        else if (own)
            halts[(*count)++] =
                (struct halt){.threads = thread_told(halts, stack, several),
                              .doing = doing_told(halts, stack, own, outcome->waited),
                              .place = place};
    }
    return halts;
}
