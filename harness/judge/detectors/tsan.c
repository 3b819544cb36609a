// ThreadSanitizer: how it is run, and how the records of runtime/tsan/report_hook.c are read.

#define _GNU_SOURCE
#include "detector.h"

#include "base/files.h"
#include "base/text.h"
#include "judge/death.h"
#include "run/workspace.h"
#include "toolchain.h"
#include "tools.h"
#include "tsan_text.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <talloc.h>
#include <unistd.h>

// Reports are bounded by ThreadSanitizer itself (it says each pair of stacks once).
enum { REPORT_LIMIT = 64 << 20 };

// What ThreadSanitizer calls its reports: ReportTypeDescription in lib/tsan/rtl/tsan_debugging.cpp.
static const struct report_type {
    const char *type;
    enum kind kind;
    const char *what;
} report_types[] = {
    {"data-race", KIND_DATA_RACE, "data race"},
    {"data-race-vptr", KIND_DATA_RACE, "data race on a virtual table pointer"},
    {"external-race", KIND_DATA_RACE, "data race inside a library"},
    {"heap-use-after-free", KIND_USE_AFTER_FREE, "memory used after it was freed"},
    {"heap-use-after-free-vptr", KIND_USE_AFTER_FREE, "memory used after it was freed"},
    {"thread-leak", KIND_THREAD_LEAK, "a thread was neither joined nor detached"},
    {"locked-mutex-destroy", KIND_LOCK_MISUSE, "a lock was destroyed while it was held"},
    {"mutex-double-lock", KIND_LOCK_MISUSE, "a lock was taken twice by the same thread"},
    {"mutex-invalid-access", KIND_LOCK_MISUSE,
     "a lock was used before it was made or after it was "
     "destroyed"},
    {"mutex-bad-unlock", KIND_LOCK_MISUSE, "a lock was released by a thread that did not hold it"},
    {"mutex-bad-read-lock", KIND_LOCK_MISUSE, "a read lock was taken on a lock held for writing"},
    {"mutex-bad-read-unlock", KIND_LOCK_MISUSE, "a read lock was released that was not held"},
    {"mutex-held-in-wrong-context", KIND_LOCK_MISUSE, "a lock was held where none may be"},
    {"signal-unsafe-call", KIND_SIGNAL,
     "a function that is not safe in a signal handler was called "
     "in one"},
    {"errno-in-signal-handler", KIND_SIGNAL, "a signal handler changed errno"},
    {"lock-order-inversion", KIND_LOCK_ORDER, "locks are taken in opposite orders"},
};

static const char *report_path(const void *context, const struct program *program, const char *end)
{
    return talloc_asprintf(context, "%s/report%s", program->folder, end);
}

// exitcode=0 leaves the exit status to the program. A child of a program with threads may start some
// (die_after_fork).
static const char options[] = "exitcode=0:abort_on_error=0:handle_abort=1:die_after_fork=0:"
                              "handle_sigill=1:handle_sigfpe=1:second_deadlock_stack=1:"
                              "history_size=4:external_symbolizer_path=" TOOLCHAIN_SYMBOLIZER;

static void tsan_prepare(void *context, const struct program *program, int run,
                         struct command *command)
{
    (void)run;
    const char **argv = list_new(context), **env = workspace_environment(context, program->folder);
    list_add(&argv, program->path);
    list_add_all(&argv, program->arguments);
    list_add(&env, talloc_asprintf(env, "RACELINGS_REPORT=%s", report_path(env, program, "")));
    // log_path keeps ThreadSanitizer's text off the program's own output; the hook still sees it. Not
    // /dev/null: the process id is added to the name.
    list_add(&env, talloc_asprintf(env, "TSAN_OPTIONS=%s:%s:log_path=\"%s/text\"", options,
                                   program->settings ? program->settings : "", program->folder));
    command->argv = argv;
    command->env = env;
    command->fixed_addresses = true;
    command->overseer.threads = 1; // its background thread
}

// Where the reader stands in the records. A line that does not fit is an error, and the report
// unusable: a verdict is never taken from half of a report.
struct reader {
    void *context; // owns all that is made
    const struct program *program;
    const char *text;    // ThreadSanitizer's own text, for the locks held
    char *rest;          // records not read yet
    const char *line;    // the record being read; NULL at the end
    int main_process;    // from "begin"; 0: none seen
    const char *unknown; // a call whose effects ThreadSanitizer does not know; NULL: none was made
    struct trace unknown_at; // where it was made first
    bool ended;              // "end" of the main process was seen
    const char *error;       // what does not fit; NULL: nothing
};

static const char *next_line(struct reader *reader)
{
    reader->line = strsep(&reader->rest, "\n");
    if (reader->line && !reader->line[0] && !reader->rest)
        reader->line = NULL; // behind the last newline
    return reader->line;
}

static void bad_record(struct reader *reader)
{
    if (!reader->error)
        reader->error = talloc_asprintf(reader->context, "cannot read the record \"%.80s\"",
                                        reader->line ? reader->line : "(end)");
}

// "<line> <column> <function> TAB <file> TAB <module>", which follows "frame ".
static bool read_frame(struct reader *reader, const char *text, struct place *place)
{
    int used = 0;
    if (sscanf(text, "%d %d %n", &place->line, &place->column, &used) < 2 || !used)
        return false;
    const char *function = text + used, *file = strchr(function, '\t');
    const char *module = file ? strchr(file + 1, '\t') : NULL;
    if (!module)
        return false;
    static const char interceptor[] = "__interceptor_";
    if (strncmp(function, interceptor, sizeof interceptor - 1) == 0)
        function += sizeof interceptor - 1;
    place->function = talloc_strndup(reader->context, function, file - function);
    if (strcmp(module + 1, reader->program->path) == 0 && strncmp(file + 1, "<null>", 6) != 0 &&
        !place_is_ours(place->function, file + 1))
        place->file = place_file(reader->context, reader->program->root,
                                 talloc_strndup(reader->context, file + 1, module - file - 1));
    return true;
}

// Reads the frames under a record; leaves reader->line at the record that follows.
static struct trace read_trace(struct reader *reader)
{
    struct trace trace = {0};
    while (next_line(reader) && strncmp(reader->line, "frame ", 6) == 0) {
        struct place place = {0};
        if (!read_frame(reader, reader->line + strlen("frame "), &place)) {
            bad_record(reader);
            break;
        }
        trace.places = array_grow(reader->context, trace.places, sizeof *trace.places, trace.count);
        trace.places[trace.count++] = place;
    }
    return trace;
}

static void read_access(struct reader *reader, struct finding *finding)
{
    struct access access = {0};
    char direction[8], order[8];
    if (sscanf(reader->line, "mop %d %7s %7s %d", &access.thread, direction, order, &access.size) <
        4) {
        bad_record(reader);
        return;
    }
    access.write = strcmp(direction, "write") == 0;
    access.atomic = strcmp(order, "atomic") == 0;
    access.trace = read_trace(reader);
    finding->accesses = array_grow(reader->context, finding->accesses, sizeof *finding->accesses,
                                   finding->access_count);
    finding->accesses[finding->access_count++] = access;
}

// mutex <id> <destroyed> <address> <name or ->; `id` goes to `ids` for read_locks_held.
static void read_mutex(struct reader *reader, struct finding *finding, unsigned long long **ids)
{
    struct lock lock = {0};
    unsigned long long id = 0;
    int destroyed = 0, used = 0;
    if (sscanf(reader->line, "mutex %llu %d %*s %n", &id, &destroyed, &used) < 2 || !used) {
        bad_record(reader);
        return;
    }
    const char *name = reader->line + used;
    lock.named = strcmp(name, "-") != 0;
    lock.name = lock.named ? talloc_strdup(reader->context, name)
                           : talloc_asprintf(reader->context, "M%llu", id);
    lock.taken = read_trace(reader);
    size_t count = finding->lock_count++;
    finding->locks = array_grow(reader->context, finding->locks, sizeof *finding->locks, count);
    *ids = array_grow(reader->context, *ids, sizeof **ids, count);
    finding->locks[count] = lock;
    (*ids)[count] = id;
}

// location <type> <address> <start> <bytes> <thread> <name or ->
static void read_location(struct reader *reader, struct finding *finding)
{
    int used = 0;
    sscanf(reader->line, "location %*s %*s %*s %*s %*s %n", &used);
    if (!used) {
        bad_record(reader);
        return;
    }
    const char *name = reader->line + used;
    if (strcmp(name, "-") != 0)
        finding->variable = talloc_strdup(reader->context, name);
    finding->allocated = read_trace(reader);
}

// Which locks were held at each access stands only in ThreadSanitizer's text, in the line
//   Write of size 8 at 0x... by thread T2 (mutexes: write M0, read M3):
// Accesses are printed in the order in which the hook lists them. `text` is moved on behind this
// report, to its SUMMARY.
static void read_locks_held(struct reader *reader, struct finding *finding,
                            const unsigned long long *ids)
{
    const char *end = strstr(reader->text, "\nSUMMARY: ");
    for (size_t i = 0; end && i < finding->access_count; i++) {
        const char *at = strstr(reader->text, " of size ");
        if (!at || at > end)
            break;
        size_t length = strcspn(at, "\n");
        const char *held = memmem(at, length, "(mutexes: ", 10);
        const char **locks = list_new(reader->context);
        for (size_t k = 0; held && k < finding->lock_count; k++) {
            char *mark = talloc_asprintf(locks, " M%llu", ids[k]);
            const char *found = memmem(held, at + length - held, mark, strlen(mark));
            if (found && strchr(",)", found[strlen(mark)]))
                list_add(&locks, finding->locks[k].name);
        }
        finding->accesses[i].locks = locks;
        reader->text = at + length;
    }
    if (end)
        reader->text = end + 1;
}

static const struct report_type *find_report_type(const char *type)
{
    for (size_t i = 0; i < sizeof report_types / sizeof report_types[0]; i++)
        if (strcmp(report_types[i].type, type) == 0)
            return &report_types[i];
    return NULL;
}

// The stacks of a lock-order inversion, two for each lock of the cycle (second_deadlock_stack):
// where the next lock was acquired while this one was held, and where this one had been acquired.
// The mutex's own record has no other place to add: its stack is one of the first kind.
static void read_cycle(struct finding *finding, const struct trace *stacks, size_t count)
{
    bool told = count == 2 * finding->lock_count;
    for (size_t i = 0; i < finding->lock_count; i++) {
        finding->locks[i].wanted = told ? stacks[2 * i] : (struct trace){0};
        finding->locks[i].taken = told ? stacks[2 * i + 1] : (struct trace){0};
    }
}

// Reads one report, from its first record to "done".
static void read_report(struct reader *reader, struct reading *reading)
{
    struct finding finding = {0};
    unsigned long long *ids = NULL;
    struct trace *stacks = NULL;
    size_t stack_count = 0, threads = 0;
    char name[64] = "";
    sscanf(reader->line, "report %63s", name);
    const struct report_type *type = find_report_type(name);
    if (!type) {
        bad_record(reader);
        return;
    }
    finding.kind = type->kind;
    finding.what = type->what;
    next_line(reader);
    while (reader->line && !reader->error && strcmp(reader->line, "done") != 0) {
        if (strncmp(reader->line, "mop ", 4) == 0)
            read_access(reader, &finding);
        else if (strncmp(reader->line, "mutex ", 6) == 0)
            read_mutex(reader, &finding, &ids);
        else if (strncmp(reader->line, "location ", 9) == 0)
            read_location(reader, &finding);
        else if (strcmp(reader->line, "stack") == 0 || strncmp(reader->line, "thread ", 7) == 0) {
            bool is_stack = reader->line[0] == 's';
            struct trace trace = read_trace(reader);
            if (!finding.where.count && !finding.access_count)
                finding.where = trace;
            threads += !is_stack;
            if (is_stack) {
                stacks = array_grow(reader->context, stacks, sizeof *stacks, stack_count);
                stacks[stack_count++] = trace;
            }
        } else
            bad_record(reader);
    }
    if (!reader->line)
        bad_record(reader);
    if (reader->error)
        return;
    if (finding.kind == KIND_LOCK_ORDER) {
        read_cycle(&finding, stacks, stack_count);
        finding.threads = threads; // those of the cycle, each once
    }
    read_locks_held(reader, &finding, ids);
    reading->findings =
        array_grow(reader->context, reading->findings, sizeof *reading->findings, reading->count);
    reading->findings[reading->count++] = finding;
}

// unknown <call> <as behind frame>
static void read_unknown(struct reader *reader)
{
    int used = 0;
    struct place place = {0};
    char call[64] = "";
    sscanf(reader->line, "unknown %63s %n", call, &used);
    if (!used || !read_frame(reader, reader->line + used, &place)) {
        bad_record(reader);
        return;
    }
    reader->unknown = talloc_strdup(reader->context, call);
    reader->unknown_at.places = talloc_memdup(reader->context, &place, sizeof place);
    reader->unknown_at.count = 1;
}

// ThreadSanitizer does not know that a fence orders anything, nor what the clean-up handlers of a
// cancelled thread do: what it says of order, in a program with such a call, may be false. The rest
// stands. Returns whether anything was dropped.
static bool drop_unordered(struct reading *reading)
{
    size_t all = reading->count, kept = 0;
    for (size_t i = 0; i < all; i++) {
        enum kind kind = reading->findings[i].kind;
        if (kind != KIND_DATA_RACE && kind != KIND_USE_AFTER_FREE)
            reading->findings[kept++] = reading->findings[i];
    }
    reading->count = kept;
    return kept < all;
}

static void read_records(struct reader *reader, struct reading *reading)
{
    int process = 0, version = 0;
    while (!reader->error && next_line(reader)) {
        if (sscanf(reader->line, "begin %d %d", &version, &process) == 2 && version == 1) {
            if (!reader->main_process)
                reader->main_process = process;
        } else if (sscanf(reader->line, "end %d", &process) == 1)
            reader->ended = reader->ended || process == reader->main_process;
        else if (strncmp(reader->line, "unknown ", strlen("unknown ")) == 0)
            read_unknown(reader);
        else if (strncmp(reader->line, "report ", 7) == 0)
            read_report(reader, reading);
        else
            bad_record(reader);
    }
}

// A join of what is no thread ends ThreadSanitizer, which has no report for it.
static void add_join(struct reader *reader, const struct trace *trace, struct reading *reading)
{
    struct finding finding = {
        .kind = KIND_THREAD_MISUSE,
        .what = "a thread was joined or detached that is none, or is no longer",
        .where = *trace,
    };
    reading->findings =
        array_grow(reader->context, reading->findings, sizeof *reading->findings, reading->count);
    reading->findings[reading->count++] = finding;
}

static void set_unusable(struct reading *reading, const char *why, const char *retry)
{
    reading->state = READING_UNUSABLE;
    reading->note = why;
    reading->retry = retry;
}

// The run came to its end before ThreadSanitizer did: what its text says of that. A failure takes
// nothing from what was found before it.
static void read_end(struct reader *reader, const char *text, const struct outcome *outcome,
                     struct reading *reading)
{
    struct tsan_text told;
    tsan_text_read(reader->context, reader->program, text, &told);
    reading->state = READING_CUT;
    if (told.end == TSAN_JOIN)
        add_join(reader, &told.trace, reading);
    else if (told.end == TSAN_FAILED && (reading->count == 0 || told.retry))
        set_unusable(reading, told.words, told.retry);
    else if (told.end == TSAN_SAYS_NOTHING && outcome->ending == ENDED_SIGNALLED &&
             outcome->number == SIGSEGV) { // it speaks on the stack that has run out
        reading->state = READING_CRASHED;
        reading->note = "ended by SIGSEGV, most likely for a stack that has run out";
    } else if (told.end == TSAN_CRASH) {
        reading->state = READING_CRASHED;
        reading->crash = told.trace;
        reading->note =
            death_tell(reader->context, told.words, trace_own(&told.trace), outcome->output);
    }
}

static void read_state(struct reader *reader, const char *text, const struct outcome *outcome,
                       struct reading *reading)
{
    bool misled = reader->unknown && drop_unordered(reading);
    const char *error = reader->error          ? reader->error
                        : reader->main_process ? NULL
                                               : "it left no report";
    if (error)
        set_unusable(reading, talloc_asprintf(reader->context, "ThreadSanitizer failed: %s", error),
                     NULL);
    else if (!reader->ended)
        read_end(reader, text, outcome, reading);
    bool lost =
        reader->unknown && strcmp(reader->unknown, "timer_create") == 0 &&
        reading->state == READING_CRASHED; // it crashes itself in a thread it has not seen begin
    if (lost || (misled && (reading->state == READING_COMPLETE || reading->state == READING_CUT))) {
        reading->state = READING_UNFOLLOWED;
        reading->note = reader->unknown;
        reading->crash = reader->unknown_at;
    }
}

static void tsan_read(void *context, const struct program *program, const struct outcome *outcome,
                      struct reading *reading)
{
    *reading = (struct reading){.state = READING_COMPLETE};
    if (program->settings)
        reading->note = "nothing to report, and the result is right; the order of locks was not "
                        "looked at, for the program holds more than 64 at a time";
    char *records =
        file_read(context, NULL, report_path(context, program, ""), REPORT_LIMIT, NULL, NULL);
    char *text =
        file_read(context, NULL, report_path(context, program, ".text"), REPORT_LIMIT, NULL, NULL);
    struct reader reader = {
        .context = context,
        .program = program,
        .rest = records ? records : talloc_strdup(context, ""),
        .text = text ? text : "",
    };
    read_records(&reader, reading);
    read_state(&reader, text ? text : "", outcome, reading);
}

static const char *tsan_version(void *context, struct problem *problem)
{
    return tool_version(context, TOOLCHAIN_CLANG, "--version", problem);
}

static const struct recipe tsan_recipe = {
    .compiler = TOOLCHAIN_CLANG,
    .flags = toolchain_tsan_flags,
    .link = toolchain_tsan_link,
    .linker = toolchain_tsan_linker,
    .objects = toolchain_tsan_objects,
};

static const char *const tsan_tools[] = {TOOLCHAIN_CLANG, TOOLCHAIN_SYMBOLIZER, NULL};

static const char *const tsan_needs[] = {NULL};
static const char *const tsan_reports[] = {"report", "report.text", NULL};

const struct detector tsan_detector = {
    .name = "tsan",
    .title = "ThreadSanitizer",
    .recipe = &tsan_recipe,
    .tools = tsan_tools,
    .needs = tsan_needs,
    .reports = tsan_reports,
    .seconds = 20,
    .slower = "5 to 20 times",
    .runs = 1,
    .finds_races = true,
    .prepare = tsan_prepare,
    .read = tsan_read,
    .version = tsan_version,
};
