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
#include "tsan_types.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <talloc.h>
#include <unistd.h>

// Reports are bounded by ThreadSanitizer itself (it says each pair of stacks once).
enum { REPORT_LIMIT = 64 << 20 };

static const char *report_path(const void *context, const struct program *program, const char *end)
{
    return talloc_asprintf(context, "%s/report%s", program->folder, end);
}

// exitcode=0 leaves the exit status to the program. A child of a program with threads may start
// some (die_after_fork).
static const char options[] = "exitcode=0:abort_on_error=0:handle_abort=1:die_after_fork=0:"
                              "handle_sigill=1:handle_sigfpe=1:second_deadlock_stack=1:"
                              "history_size=7:external_symbolizer_path=" TOOLCHAIN_SYMBOLIZER;

static void tsan_prepare(void *context, const struct program *program, int run,
                         struct command *command)
{
    (void)run;
    const char **argv = list_new(context), **env = workspace_environment(context, program->folder);
    list_add(&argv, program->path);
    list_add_all(&argv, program->arguments);
    list_add(&env, talloc_asprintf(env, "RACELINGS_REPORT=%s", report_path(env, program, "")));
    // log_path keeps ThreadSanitizer's text off the program's own output; the hook still sees it.
    // Not /dev/null: the process id is added to the name.
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
    if (strcmp(module + 1, reader->program->path) == 0 && place->line > 0 &&
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

// Whether it is no lock of the program's: the runtime's own are named so (runtime/common/time_zone.c).
static bool is_of_runtime(const struct lock *lock)
{
    return strncmp(lock->name, "racelings_", strlen("racelings_")) == 0;
}

// The elements of an array of locks all have the array's name: told apart by numbers, or two threads
// would seem to hold the same one.
static void number_locks(const void *context, struct finding *finding)
{
    for (size_t i = 0; i < finding->lock_count; i++) {
        const char *name = finding->locks[i].name;
        size_t same = 1;
        for (size_t k = i + 1; k < finding->lock_count; k++)
            if (strcmp(finding->locks[k].name, name) == 0)
                finding->locks[k].name = talloc_asprintf(context, "%s #%zu", name, ++same);
        if (same > 1)
            finding->locks[i].name = talloc_asprintf(context, "%s #1", name);
    }
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
            if (found && strchr(",)", found[strlen(mark)]) && !is_of_runtime(&finding->locks[k]))
                list_add(&locks, finding->locks[k].name);
        }
        finding->accesses[i].locks = locks;
        reader->text = at + length;
    }
    if (end)
        reader->text = end + 1;
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

// A report as it is being read.
struct report {
    struct finding finding;
    unsigned long long *ids; // of finding.locks
    struct trace *stacks;    // of the "stack" records
    size_t stack_count, threads;
};

// A "stack" record, or a "thread": where that was created.
static void read_stack(struct reader *reader, struct report *report)
{
    bool is_thread = strcmp(reader->line, "stack") != 0;
    struct trace trace = read_trace(reader);
    if (!report->finding.where.count && !report->finding.access_count)
        report->finding.where = trace;
    if (is_thread) {
        report->threads++;
        return;
    }
    report->stacks =
        array_grow(reader->context, report->stacks, sizeof *report->stacks, report->stack_count);
    report->stacks[report->stack_count++] = trace;
}

// One record of a report.
static void read_part(struct reader *reader, struct report *report)
{
    const char *line = reader->line;
    if (strncmp(line, "mop ", 4) == 0)
        read_access(reader, &report->finding);
    else if (strncmp(line, "mutex ", 6) == 0)
        read_mutex(reader, &report->finding, &report->ids);
    else if (strncmp(line, "location ", 9) == 0)
        read_location(reader, &report->finding);
    else if (strcmp(line, "stack") == 0 || strncmp(line, "thread ", 7) == 0)
        read_stack(reader, report);
    else
        bad_record(reader);
}

// Whether it is by telling of a race in a signal's handler that ThreadSanitizer itself has changed
// errno there.
static bool is_made_by_report(const struct reading *reading, const char *type,
                              const struct trace *handler)
{
    const struct place *changed = trace_own(handler);
    if (!changed || strcmp(type, "errno-in-signal-handler") != 0)
        return false;
    for (size_t i = 0; i < reading->count; i++)
        for (size_t k = 0; k < reading->findings[i].access_count; k++) {
            const struct place *place = trace_own(&reading->findings[i].accesses[k].trace);
            if (place && strcmp(place->function, changed->function) == 0)
                return true;
        }
    return false;
}

// Reads one report, from its first record to "done".
static void read_report(struct reader *reader, struct reading *reading)
{
    char name[64] = "";
    sscanf(reader->line, "report %63s", name);
    const struct tsan_type *type = tsan_type_find(name);
    if (!type) {
        bad_record(reader);
        return;
    }
    struct report report = {.finding = {.kind = type->kind, .what = type->what}};
    next_line(reader);
    while (reader->line && !reader->error && strcmp(reader->line, "done") != 0)
        read_part(reader, &report);
    if (!reader->line)
        bad_record(reader);
    if (reader->error)
        return;
    if (report.finding.kind == KIND_LOCK_ORDER) {
        read_cycle(&report.finding, report.stacks, report.stack_count);
        report.finding.threads = report.threads; // those of the cycle, each once
    }
    if (report.finding.kind == KIND_DATA_RACE)
        number_locks(reader->context, &report.finding);
    read_locks_held(reader, &report.finding, report.ids);
    if (!is_made_by_report(reading, type->type, &report.finding.where))
        reading_add(reader->context, reading, &report.finding);
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

// Whether a thread is cancelled, as far as the first of such calls tells.
static bool cancels(const struct reader *reader)
{
    return reader->unknown && strcmp(reader->unknown, "pthread_cancel") == 0;
}

// ThreadSanitizer does not know that a fence orders anything, nor what the clean-up handlers of a
// cancelled thread do: what it says of order, in a program with such a call, may be false, and after
// the other what it says of who holds a lock. The rest stands. Returns whether anything was dropped.
static bool drop_unordered(struct reading *reading, bool with_locks)
{
    size_t all = reading->count, kept = 0;
    for (size_t i = 0; i < all; i++) {
        enum kind kind = reading->findings[i].kind;
        bool about_locks = kind == KIND_LOCK_MISUSE || kind == KIND_LOCK_ORDER;
        if (kind != KIND_DATA_RACE && kind != KIND_USE_AFTER_FREE && !(with_locks && about_locks))
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
    const struct finding finding = {
        .kind = KIND_THREAD_MISUSE,
        .what = "a thread was joined or detached that is none, or is no longer",
        .where = *trace,
    };
    reading_add(reader->context, reading, &finding);
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

// Whether ThreadSanitizer came to grief itself by a call that it does not follow: it crashes in
// threads that it has not seen begin, and one that is cancelled within a call may take it along.
static bool is_own_failure(const struct reader *reader, const struct outcome *outcome,
                           const struct reading *reading)
{
    bool timers = reader->unknown && strcmp(reader->unknown, "timer_create") == 0;
    bool ended_itself = outcome->ending == ENDED_EXITED || outcome->ending == ENDED_SIGNALLED;
    return (timers && reading->state == READING_CRASHED) ||
           (cancels(reader) && reading->state == READING_CUT && reading->count == 0 &&
            ended_itself);
}

static void read_state(struct reader *reader, const char *text, const struct outcome *outcome,
                       struct reading *reading)
{
    bool misled = reader->unknown && drop_unordered(reading, cancels(reader));
    const char *error = reader->error          ? reader->error
                        : reader->main_process ? NULL
                                               : "it left no report";
    if (error)
        set_unusable(reading, talloc_asprintf(reader->context, "ThreadSanitizer failed: %s", error),
                     NULL);
    else if (!reader->ended)
        read_end(reader, text, outcome, reading);
    bool lost = is_own_failure(reader, outcome, reading);
    if (lost || (misled && (reading->state == READING_COMPLETE || reading->state == READING_CUT))) {
        reading->state = READING_UNFOLLOWED;
        reading->note = reader->unknown;
        reading->crash = reader->unknown_at;
    }
}

// What the program itself has printed; NULL: all of it. The symbolizer writes there, too, when it is
// asked about code that no file holds.
static const char *own_output(const void *context, const char *output)
{
    static const char complaint[] = "LLVMSymbolizer: ";
    return strstr(output, complaint) ? text_without_lines(context, output, complaint) : NULL;
}

static void tsan_read(void *context, const struct program *program, const struct outcome *outcome,
                      struct reading *reading)
{
    *reading = (struct reading){.state = READING_COMPLETE,
                                .output = own_output(context, outcome->output)};
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
    .instrumented = true,
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
