// ThreadSanitizer: how it is run, and how the records of runtime/tsan/report_hook.c are read.

#define _GNU_SOURCE
#include "detector.h"

#include "base/files.h"
#include "base/text.h"
#include "run/workspace.h"
#include "toolchain.h"
#include "tools.h"

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

// exitcode=0 leaves the exit status to the program.
static const char options[] = "exitcode=0:abort_on_error=0:handle_abort=1:"
                              "handle_sigill=1:handle_sigfpe=1:second_deadlock_stack=1:"
                              "history_size=4:external_symbolizer_path=" TOOLCHAIN_SYMBOLIZER;

static void tsan_prepare(void *context, const struct program *program, int run,
                         struct command *command)
{
    (void)run;
    const char **argv = list_new(context), **env = program_environment(context, program);
    list_add(&argv, program->path);
    list_add_all(&argv, program->arguments);
    list_add(&env, talloc_asprintf(env, "RACELINGS_REPORT=%s", report_path(env, program, "")));
    // log_path keeps ThreadSanitizer's text off the program's own output; the hook still sees it. Not
    // /dev/null: the process id is added to the name.
    list_add(&env, talloc_asprintf(env, "TSAN_OPTIONS=%s:log_path=\"%s/text\"", options,
                                   program->folder));
    command->argv = argv;
    command->env = env;
    command->fixed_addresses = true;
}

// Where the reader stands in the records. A line that does not fit is an error, and the report
// unusable: a verdict is never taken from half of a report.
struct reader {
    void *context; // owns all that is made
    const struct program *program;
    const char *text;  // ThreadSanitizer's own text, for the locks held
    char *rest;        // records not read yet
    const char *line;  // the record being read; NULL at the end
    int main_process;  // from "begin"; 0: none seen
    bool fences;       // the program uses atomic_thread_fence
    bool ended;        // "end" of the main process was seen
    const char *error; // what does not fit; NULL: nothing
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

// frame <line> <column> <function> TAB <file> TAB <module>
static bool read_frame(struct reader *reader, struct place *place)
{
    int used = 0;
    if (sscanf(reader->line, "frame %d %d %n", &place->line, &place->column, &used) < 2 || !used)
        return false;
    const char *function = reader->line + used, *file = strchr(function, '\t');
    const char *module = file ? strchr(file + 1, '\t') : NULL;
    if (!module)
        return false;
    static const char interceptor[] = "__interceptor_";
    if (strncmp(function, interceptor, sizeof interceptor - 1) == 0)
        function += sizeof interceptor - 1;
    place->function = talloc_strndup(reader->context, function, file - function);
    if (strcmp(module + 1, reader->program->path) == 0 && strncmp(file + 1, "<null>", 6) != 0)
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
        if (!read_frame(reader, &place)) {
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

static void read_records(struct reader *reader, struct reading *reading)
{
    int process = 0, version = 0;
    while (!reader->error && next_line(reader)) {
        if (sscanf(reader->line, "begin %d %d", &version, &process) == 2 && version == 1) {
            if (!reader->main_process)
                reader->main_process = process;
        } else if (sscanf(reader->line, "end %d", &process) == 1)
            reader->ended = reader->ended || process == reader->main_process;
        else if (strcmp(reader->line, "fence") == 0)
            reader->fences = true;
        else if (strncmp(reader->line, "report ", 7) == 0)
            read_report(reader, reading);
        else
            bad_record(reader);
    }
}

// The rest of the line behind the first `mark` in `text`, up to the register dump; NULL: not there.
static const char *find_sentence(void *context, const char *text, const char *mark)
{
    const char *found = strstr(text, mark);
    if (!found)
        return NULL;
    found += strlen(mark);
    size_t length = strcspn(found, "\n");
    const char *registers = memmem(found, length, " (pc ", 5);
    return talloc_strndup(context, found, registers ? (size_t)(registers - found) : length);
}

// "    #2 counter_new FILE:12:5 (/.../program+0x...)" -> the place, if it lies in the program.
static bool read_text_frame(struct reader *reader, const char *line, struct place *place)
{
    char function[128], where[1024], module[1024];
    if (sscanf(line, " #%*d %127s %1023[^( ] (%1023[^+ ]", function, where, module) < 3)
        return false;
    char *column = strrchr(where, ':');
    if (!column || strcmp(module, reader->program->path) != 0)
        return false;
    *column++ = '\0';
    char *line_number = strrchr(where, ':');
    if (!line_number)
        return false;
    *line_number++ = '\0';
    place->function = talloc_strdup(reader->context, function);
    place->file = place_file(reader->context, reader->program->root, where);
    place->line = atoi(line_number);
    place->column = atoi(column);
    return true;
}

// A crash that ThreadSanitizer caught: "ERROR: ThreadSanitizer: SEGV on unknown address ...", then
// the stack. A stack without one place of the program is a crash of the tool itself.
static void read_crash(struct reader *reader, const char *text, const char *sentence,
                       struct reading *reading)
{
    struct place place = {0};
    for (const char *line = strstr(text, sentence); line; line = strchr(line + 1, '\n'))
        if (read_text_frame(reader, line, &place)) {
            reading->state = READING_CRASHED;
            reading->crash.places = talloc_memdup(reader->context, &place, sizeof place);
            reading->crash.count = 1;
            reading->note = talloc_asprintf(reader->context, "%s, in %s at %s:%d", sentence,
                                            place.function, place.file, place.line);
            return;
        }
    reading->state = READING_UNUSABLE;
    reading->note =
        talloc_asprintf(reader->context, "ThreadSanitizer itself crashed: %s", sentence);
}

// What ThreadSanitizer prints before it gives up, in clang 14 to 19.
static const struct failure {
    const char *mark;
    const char *meaning; // said before the rest of the line
} failures[] = {
    {"FATAL: ThreadSanitizer: ", ""},
    {"FATAL: ThreadSanitizer ", ""},
    {"FATAL: ", ""},
    {"ERROR: ThreadSanitizer failed to ", "failed to "},
    {"ThreadSanitizer: CHECK failed: ", "a check of its own failed: "},
    {"ThreadSanitizer: Thread limit ", "thread limit "},
    {"ThreadSanitizer: starting new threads ", "starting new threads "},
    {"ERROR: ThreadSanitizer: out of memory: ", "out of memory: "},
};

static const char *find_failure(struct reader *reader, const char *text)
{
    if (reader->error)
        return reader->error;
    if (!reader->main_process)
        return "it left no report";
    for (size_t i = 0; i < sizeof failures / sizeof failures[0]; i++) {
        const char *rest = find_sentence(reader->context, text, failures[i].mark);
        if (rest)
            return talloc_asprintf(reader->context, "%s%s", failures[i].meaning, rest);
    }
    return NULL;
}

static void read_state(struct reader *reader, const char *text, struct reading *reading)
{
    const char *failure = find_failure(reader, text);
    const char *crash = find_sentence(reader->context, text, "ERROR: ThreadSanitizer: ");
    reading->state = reader->ended ? READING_COMPLETE : READING_CUT;
    if (failure) {
        reading->state = READING_UNUSABLE;
        reading->note = talloc_asprintf(reader->context, "ThreadSanitizer failed: %s", failure);
    } else if (reader->fences && reading->count > 0) {
        reading->state = READING_UNUSABLE;
        reading->note =
            "ThreadSanitizer does not understand atomic_thread_fence, which this program "
            "uses, so its report may be false; give the atomic operations themselves the "
            "order they need";
    } else if (crash && !reader->ended)
        read_crash(reader, text, crash, reading);
}

static void tsan_read(void *context, const struct program *program, const struct outcome *outcome,
                      struct reading *reading)
{
    (void)outcome;
    *reading = (struct reading){0};
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
    read_state(&reader, text ? text : "", reading);
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
    .runs = 1,
    .prepare = tsan_prepare,
    .read = tsan_read,
    .version = tsan_version,
};
