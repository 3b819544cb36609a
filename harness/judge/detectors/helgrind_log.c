#include "helgrind_log.h"

#include "base/text.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <talloc.h>

struct reader {
    struct call_stack *stacks; // a talloc array
    size_t count;
    bool within;      // a thread's stack is being read
    bool interrupted; // what comes next is the frame by which the system called a handler
};

static void begin_thread(const void *context, struct reader *reader, int number)
{
    reader->stacks = array_grow(context, reader->stacks, sizeof *reader->stacks, reader->count);
    reader->stacks[reader->count++] = (struct call_stack){.thread = number - 1};
    reader->within = true;
    reader->interrupted = false;
}

// Whether it stands between the program and the library, put there by valgrind. (Its file is not
// known where valgrind's own debug information is not installed.)
static bool is_wrapper(const char *function, const char *place)
{
    return strstr(place, "vgpreload_") || strstr(place, "hg_intercepts.c") ||
           strcmp(function, "racelings_tells_threads") == 0;
}

// "main (./hang.c:8)" or "??? (in /usr/lib/libc.so.6)", after the address.
static void add_frame(const void *context, struct reader *reader, const char *told)
{
    struct call_stack *stack = &reader->stacks[reader->count - 1];
    char *function = talloc_strndup(context, told, strcspn(told, " "));
    const char *open = strstr(told, " ("), *colon = strrchr(told, ':');
    const char *place = open ? open + 2 : "";
    bool skipped = reader->interrupted || is_wrapper(function, place);
    reader->interrupted = strcmp(function, "racelings_tells_threads") == 0;
    if (reader->interrupted)
        stack->count = 0;
    if (skipped)
        return;
    bool in_file = open && colon > place && strncmp(place, "in ", 3) != 0;
    stack->frames = array_grow(context, stack->frames, sizeof *stack->frames, stack->count);
    stack->frames[stack->count++] = (struct frame){
        .function = strcmp(function, "???") == 0 ? NULL : function,
        .file = in_file ? talloc_strndup(context, place, (size_t)(colon - place)) : NULL,
        .line = in_file ? atoi(colon + 1) : 0,
    };
}

static void read_line(const void *context, struct reader *reader, const char *line)
{
    int number = 0, end = 0;
    if (sscanf(line, "Thread %d: status =%n", &number, &end) == 1 && end > 0)
        begin_thread(context, reader, number);
    else if (strncmp(line, "client stack range", strlen("client stack range")) == 0)
        reader->within = false;
    end = 0;
    bool frame = sscanf(line, "==%*d== at 0x%*x: %n", &end) == 0 && end > 0;
    if (!frame)
        frame = sscanf(line, "==%*d== by 0x%*x: %n", &end) == 0 && end > 0;
    if (frame && reader->within)
        add_frame(context, reader, line + end);
}

struct call_stack *helgrind_log_stacks(const void *context, const char *log, size_t *count)
{
    struct reader reader = {.stacks = talloc_array(context, struct call_stack, 0)};
    for (const char *line = log; *line; line += strcspn(line, "\n"), line += *line == '\n') {
        char *copy = talloc_strndup(context, line, strcspn(line, "\n"));
        read_line(context, &reader, copy);
        talloc_free(copy);
    }
    *count = reader.count;
    return reader.stacks;
}
