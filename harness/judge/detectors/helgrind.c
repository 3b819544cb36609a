// Helgrind: how it is run, and what the whole of its report comes to. Its XML is read in
// helgrind_xml.c, what its errors mean is told in helgrind_errors.c.

#define _GNU_SOURCE
#include "detector.h"
#include "helgrind_errors.h"
#include "helgrind_log.h"
#include "helgrind_xml.h"

#include "base/files.h"
#include "base/text.h"
#include "judge/death.h"
#include "run/workspace.h"
#include "symbols.h"
#include "toolchain.h"
#include "tools.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <talloc.h>

enum { REPORT_LIMIT = 64 << 20, PROGRAM_LIMIT = 64 << 20 };

// Below a run's folder: the XML, and what valgrind says of itself, which would otherwise stand
// among what the program prints, where the program could say it too.
static const char report_name[] = "report.xml", log_name[] = "valgrind.log";

// Whether the program may have a handler of a signal, or a timer. valgrind catches all signals
// itself, so that the kernel does not tell; but what the program calls stands in it by name.
static bool may_handle_signals(const void *context, const struct program *program)
{
    static const char calls[][16] = {"\0sigaction",   "\0signal", "\0bsd_signal",
                                     "\0sysv_signal", "\0alarm",  "\0timer_create",
                                     "\0setitimer",   "\0sigset"};
    size_t size = 0;
    bool found = false;
    char *bytes = file_read(context, NULL, program->path, PROGRAM_LIMIT, &size, NULL);
    for (size_t i = 0; bytes && i < sizeof calls / sizeof calls[0]; i++)
        found = found || memmem(bytes, size, calls[i], strlen(calls[i] + 1) + 2);
    talloc_free(bytes);
    return found || !bytes;
}

// The folder of the C library without debug information (runtime/helgrind/libc.cmake), NULL if
// there is none or the system's has been replaced since: a dynamic linker of another version may
// not get on with it.
static const char *libc_folder(const void *context)
{
    const char *copy = toolchain_helgrind_needs[1];
    struct stat copied, now;
    if (!copy || stat(copy, &copied) != 0 || stat(TOOLCHAIN_LIBC, &now) != 0 ||
        copied.st_mtime != now.st_mtime)
        return NULL;
    return talloc_strndup(context, copy, (size_t)(strrchr(copy, '/') - copy));
}

// Also a library's path, which is wiped before main begins (runtime/common/environment.c).
static const char **helgrind_environment(const void *context, const struct program *program)
{
    const char **env = workspace_environment(context, program->folder);
    const char *folder = libc_folder(env);
    if (folder)
        list_add(&env, talloc_asprintf(env, "LD_LIBRARY_PATH=%s", folder));
    return env;
}

static void helgrind_prepare(void *context, const struct program *program, int run,
                             struct command *command)
{
    (void)run;
    const char **argv = list_new(context);
    list_add(&argv, TOOLCHAIN_VALGRIND);
    list_add(&argv, "--tool=helgrind");
    list_add(&argv, "--command-line-only=yes"); // no .valgrindrc, no VALGRIND_OPTS
    list_add(&argv, "--xml=yes");
    list_add(&argv, talloc_asprintf(argv, "--xml-file=%s/%s", program->folder, report_name));
    list_add(&argv, talloc_asprintf(argv, "--log-file=%s/%s", program->folder, log_name));
    list_add(&argv, "--max-threads=1200"); // by itself it has room for 500
    list_add(&argv,
             "--child-silent-after-fork=yes"); // a forked child would write into the same XML
    list_add(&argv, "--fair-sched=yes");       // programs that spin get on
    list_add(&argv, "--error-limit=no");
    list_add(&argv, "--fullpath-after="); // the log's stacks name files in full, as the XML's do
    list_add(&argv, "--vgdb=no");
    list_add(&argv, "--read-inline-info=no"); // of libraries: judged programs are not inlined, and
                                              // to read it takes a quarter of the whole run
    list_add(&argv, talloc_asprintf(argv, "--suppressions=%s", toolchain_helgrind_needs[0]));
    list_add(&argv, program->path);
    list_add_all(&argv, program->arguments);
    command->argv = argv;
    command->env = helgrind_environment(context, program);
    command->overseer.catches_signals = !may_handle_signals(context, program);
    command->polite_signal = SIGSTKFLT; // see runtime/helgrind/threads_told.c
}

// What valgrind writes to its log when it is at its own limits. Its next move is often to send the
// program a signal, which would look like a crash. (Of ud2, with which compilers end a program on
// purpose, it says "Unrecognised instruction" alone, and gives no bytes.)
static const char *const failures[] = {
    "Max number of threads is too low",
    "unhandled instruction bytes",
    "the 'impossible' happened",
    "valgrind: fatal error",
    "valgrind: failed to start tool",
    "Valgrind's memory management: out of",
    "valgrind: mmap",
    "--max-threads=",
    "Fatal error at startup",
    "valgrind:  Fatal error",
    "Assertion 'Unreachable' failed",
    "valgrind: m_",
};

// The line of the log that tells of valgrind's failure, or NULL.
static const char *find_failure(void *context, const char *output)
{
    for (size_t i = 0; i < sizeof failures / sizeof failures[0]; i++) {
        const char *line = strstr(output, failures[i]);
        if (line) {
            while (line > output && line[-1] != '\n')
                line--;
            return talloc_strndup(context, line, strcspn(line, "\n"));
        }
    }
    return NULL;
}

static void set_unusable(void *context, struct reading *reading, const char *why)
{
    reading->state = READING_UNUSABLE;
    reading->note = talloc_asprintf(context, "Helgrind failed: %s", why);
}

static void set_crashed(void *context, const struct helgrind_xml *xml, const char *output,
                        struct reading *reading)
{
    reading->state = READING_CRASHED;
    reading->crash = xml->crash;
    reading->note = death_tell(context, xml->signal, trace_own(&xml->crash), output);
}

// What valgrind says of itself. Where it could not even begin it has no log yet, nor has the
// program had a word.
static const char *read_log(void *context, const struct program *program, const char *output)
{
    char *log = file_read(context, program->folder, log_name, REPORT_LIMIT, NULL, NULL);
    return log && log[0] ? log : output;
}

// Where valgrind fails at what the program does wrong, and says what it was about, that is a report
// of its own: valgrind 3.27 does not know who was joined before.
static void read_failed_join(void *context, const struct helgrind_xml *xml, const char *log,
                             struct reading *reading)
{
    if (reading->count > 0 || xml->failed_join.count == 0 ||
        !strstr(log, "(vgPlain_indexXA): Assertion '"))
        return;
    const struct finding finding = {
        .kind = KIND_THREAD_MISUSE,
        .what = "a thread was joined that is none, or is no longer",
        .where = xml->failed_join,
    };
    reading_add(context, reading, &finding);
}

// valgrind keeps its notes of blocks between them. Where a program has written over these, valgrind
// finds them senseless when the next block is allocated or freed, or dies of what it finds there.
static bool is_heap_overwritten(const struct helgrind_xml *xml, const char *log)
{
    return xml->failed_allocation.count > 0 &&
           (strstr(log, "m_mallocfree.c") || strstr(log, "Killed by fatal signal"));
}

static void set_unfollowed(struct reading *reading, const char *what, struct trace where)
{
    reading->state = READING_UNFOLLOWED;
    reading->note = what;
    reading->crash = where;
}

static void helgrind_read(void *context, const struct program *program,
                          const struct outcome *outcome, struct reading *reading)
{
    *reading = (struct reading){.state = READING_COMPLETE};
    struct problem problem;
    struct helgrind_xml xml = {0};
    size_t size = 0;
    char *bytes = file_read(context, program->folder, report_name, REPORT_LIMIT, &size, &problem);
    bool started =
        bytes && size > 0 && helgrind_xml_read(context, program, bytes, size, &xml) && xml.started;
    bool left_behind = helgrind_errors_read(context, &xml, reading);
    const char *log = read_log(context, program, started ? "" : outcome->output);
    const char *failure = find_failure(context, log);
    read_failed_join(context, &xml, log, reading);
    if (outcome->ending == ENDED_TIMEOUT)
        reading->stacks = helgrind_log_stacks(context, log, &reading->stack_count);
    if (failure && reading->count == 0 && is_heap_overwritten(&xml, log))
        set_unfollowed(reading, "what was written outside of blocks", xml.failed_allocation);
    else if (failure && reading->count == 0)
        set_unusable(context, reading, failure);
    else if (!bytes || size == 0)
        set_unusable(context, reading, bytes ? "its report is empty" : problem.text);
    else if (!started)
        set_unusable(context, reading, "its report is not the XML it promises");
    else if (xml.signal && !process_ended_by_us(outcome))
        set_crashed(context, &xml, outcome->output, reading);
    else if (!xml.whole || !xml.finished)
        reading->state = READING_CUT;
    if (left_behind)
        helgrind_errors_doubt(reading);
    symbols_fill(context, program, reading);
}

static const char *helgrind_version(void *context, struct problem *problem)
{
    return tool_version(context, TOOLCHAIN_VALGRIND, "--version", problem);
}

static const struct recipe helgrind_recipe = {
    .compiler = TOOLCHAIN_CLANG,
    .flags = toolchain_helgrind_flags,
    .link = toolchain_helgrind_link,
    .linker = toolchain_helgrind_linker,
    .objects = toolchain_helgrind_objects,
};

static const char *const helgrind_tools[] = {TOOLCHAIN_CLANG, TOOLCHAIN_VALGRIND, NULL};

static const char *const helgrind_reports[] = {report_name, log_name, NULL};

const struct detector helgrind_detector = {
    .name = "helgrind",
    .title = "Helgrind",
    .recipe = &helgrind_recipe,
    .tools = helgrind_tools,
    .needs = toolchain_helgrind_needs,
    .reports = helgrind_reports,
    .seconds = 60,
    .slower = "20 to 100 times",
    .runs = 1,
    .finds_races = true,
    .prepare = helgrind_prepare,
    .read = helgrind_read,
    .version = helgrind_version,
};
