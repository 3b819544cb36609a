// Helgrind: how it is run, and how its XML (valgrind's protocol 4, docs/internals/xml-output*.txt
// in valgrind's sources) is read.

#define _GNU_SOURCE
#include "detector.h"
#include "helgrind_words.h"

#include "base/files.h"
#include "base/text.h"
#include "judge/death.h"
#include "run/workspace.h"
#include "symbols.h"
#include "toolchain.h"
#include "tools.h"

#include <expat.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <talloc.h>

enum { REPORT_LIMIT = 64 << 20, PROGRAM_LIMIT = 64 << 20 };

// Below a run's folder: the XML, and what valgrind says of itself, which would otherwise stand among
// what the program prints, where the program could say it too.
static const char report_name[] = "report.xml", log_name[] = "valgrind.log";

// Whether the program may have a handler of a signal, or a timer. valgrind catches all signals itself, so
// that the kernel does not tell; but what the program calls stands in it by name.
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
    list_add(&argv, "--vgdb=no");
    list_add(&argv, "--read-inline-info=no"); // of libraries: judged programs are not inlined, and
                                              // to read it takes a quarter of the whole run
    list_add(&argv, talloc_asprintf(argv, "--suppressions=%s", toolchain_helgrind_needs[0]));
    list_add(&argv, program->path);
    list_add_all(&argv, program->arguments);
    command->argv = argv;
    command->env = workspace_environment(context, program->folder);
    command->overseer.catches_signals = !may_handle_signals(context, program);
    command->polite_signal = SIGTERM; // on SIGKILL the XML is cut off
}

// One sentence of an error and the stack that follows it. Helgrind's errors are a sequence of
// these.
struct item {
    const char *text;
    int thread; // 0 is the main thread; -1: not said
    struct trace trace;
};

struct error {
    const char *kind;
    struct item *items;
    size_t count;
};

// The state of the XML reader.
struct xml {
    void *context; // owns all that is made
    const struct program *program;
    char *text;              // characters of the element being read
    struct error error;      // the <error> being read
    bool in_error, in_crash; // inside <error>, <fatal_signal>
    struct place place;      // the <frame> being read
    const char *folder;      // its <dir>
    bool own;                // its <obj> is the program
    bool started, finished;  // <status> says RUNNING, FINISHED
    const char *signal;      // <fatal_signal>'s name; what follows it the death has made
    struct trace crash;
    bool left_behind; // somebody took over a lock of a thread that has ended
    struct reading *reading;
};

static struct item *last_item(struct xml *xml)
{
    return xml->error.count ? &xml->error.items[xml->error.count - 1] : NULL;
}

static void add_item(struct xml *xml)
{
    struct item item = {.text = "", .thread = -1};
    xml->error.items =
        array_grow(xml->context, xml->error.items, sizeof *xml->error.items, xml->error.count);
    xml->error.items[xml->error.count++] = item;
}

static void on_start(void *data, const XML_Char *name, const XML_Char **attributes)
{
    (void)attributes;
    struct xml *xml = data;
    talloc_free(xml->text);
    xml->text = talloc_strdup(xml->context, "");
    if (strcmp(name, "error") == 0) {
        xml->in_error = true;
        xml->error = (struct error){.kind = ""};
    } else if (strcmp(name, "fatal_signal") == 0)
        xml->in_crash = true;
    else if (strcmp(name, "frame") == 0) {
        xml->place = (struct place){0};
        xml->folder = NULL;
        xml->own = false;
    } else if (xml->in_error && (strcmp(name, "what") == 0 || strcmp(name, "xwhat") == 0 ||
                                 strcmp(name, "auxwhat") == 0 || strcmp(name, "xauxwhat") == 0))
        add_item(xml);
}

// A frame is complete and joins the stack being read. Only frames of the program keep their file.
static void end_frame(struct xml *xml)
{
    struct item *item = last_item(xml);
    struct trace *trace = xml->in_crash ? &xml->crash : xml->in_error && item ? &item->trace : NULL;
    if (!trace)
        return;
    struct place *place = &xml->place;
    if (!place->function)
        place->function = "?";
    if (place->file && xml->own) {
        const char *path = xml->folder && place->file[0] != '/'
                               ? talloc_asprintf(xml->context, "%s/%s", xml->folder, place->file)
                               : place->file;
        place->file = place_is_ours(place->function, path)
                          ? NULL
                          : place_file(xml->context, xml->program->root, path);
    } else
        place->file = NULL;
    trace->places = array_grow(xml->context, trace->places, sizeof *trace->places, trace->count);
    trace->places[trace->count++] = *place;
}

static void read_finding(struct xml *xml);

static void end_in_frame(struct xml *xml, const char *name, const char *text)
{
    if (strcmp(name, "ip") == 0)
        xml->place.address = strtoul(text, NULL, 16);
    else if (strcmp(name, "obj") == 0)
        xml->own = strcmp(text, xml->program->path) == 0;
    else if (strcmp(name, "fn") == 0)
        xml->place.function = talloc_strdup(xml->context, text);
    else if (strcmp(name, "dir") == 0)
        xml->folder = talloc_strdup(xml->context, text);
    else if (strcmp(name, "file") == 0)
        xml->place.file = talloc_strdup(xml->context, text);
    else if (strcmp(name, "line") == 0)
        xml->place.line = atoi(text);
}

static void end_in_error(struct xml *xml, const char *name, const char *text)
{
    struct item *item = last_item(xml);
    if (strcmp(name, "error") == 0) {
        read_finding(xml);
        xml->in_error = false;
    } else if (strcmp(name, "kind") == 0)
        xml->error.kind = talloc_strdup(xml->context, text);
    else if (item && (strcmp(name, "text") == 0 || strcmp(name, "what") == 0 ||
                      strcmp(name, "auxwhat") == 0))
        item->text = talloc_strdup(xml->context, text);
    else if (item && strcmp(name, "hthreadid") == 0)
        item->thread = atoi(text) - 1; // Helgrind's main thread is #1
}

static void on_end(void *data, const XML_Char *name)
{
    struct xml *xml = data;
    const char *text = xml->text ? xml->text : "";
    if (strcmp(name, "state") == 0) {
        xml->started = true;
        xml->finished = strcmp(text, "FINISHED") == 0;
    } else if (strcmp(name, "signame") == 0)
        xml->signal = talloc_strdup(xml->context, text);
    else if (strcmp(name, "fatal_signal") == 0)
        xml->in_crash = false;
    else if (strcmp(name, "frame") == 0)
        end_frame(xml);
    else {
        end_in_frame(xml, name, text);
        if (xml->in_error)
            end_in_error(xml, name, text);
    }
    talloc_free(xml->text);
    xml->text = NULL;
}

static void on_text(void *data, const XML_Char *text, int size)
{
    struct xml *xml = data;
    if (xml->text)
        xml->text = talloc_strndup_append(xml->text, text, size);
}

static struct access *add_access(struct xml *xml, struct finding *finding)
{
    finding->accesses = array_grow(xml->context, finding->accesses, sizeof *finding->accesses,
                                   finding->access_count);
    struct access *access = &finding->accesses[finding->access_count++];
    *access = (struct access){0};
    return access;
}

// Helgrind takes an atomic operation for a read: see runtime/helgrind/helgrind_atomics.c. It becomes
// what it is, at the program's own line.
static void read_atomic(struct access *access)
{
    struct trace *trace = &access->trace;
    for (size_t i = 0; i < trace->count && i < 2; i++) {
        const char *function = trace->places[i].function;
        if (strncmp(function, "__tsan_atomic", strlen("__tsan_atomic")) != 0)
            continue;
        access->atomic = true;
        access->write = strstr(function, "_load") == NULL;
        trace->places += i + 1;
        trace->count -= i + 1;
        return;
    }
}

// "... during write of size 8 ..." or "... with a previous read of size 4 ..."
static void read_access(struct xml *xml, const struct item *item, struct finding *finding)
{
    struct access *access = add_access(xml, finding);
    const char *size = strstr(item->text, " of size ");
    access->write = strstr(item->text, " write of size ") != NULL;
    access->size = size ? atoi(size + strlen(" of size ")) : 0;
    access->thread = item->thread;
    access->trace = item->trace;
    read_atomic(access);
}

// The words between double quotes in `text`, or NULL.
static const char *quoted(void *context, const char *text)
{
    const char *from = strchr(text, '"'), *to = from ? strchr(from + 1, '"') : NULL;
    return to ? talloc_strndup(context, from + 1, to - from - 1) : NULL;
}

static void read_race(struct xml *xml, struct finding *finding)
{
    for (size_t i = 0; i < xml->error.count; i++) {
        const struct item *item = &xml->error.items[i];
        if (i == 0 || strncmp(item->text, "This conflicts with ", 20) == 0)
            read_access(xml, item, finding);
        else if (strstr(item->text, " inside data symbol "))
            finding->variable = quoted(xml->context, item->text);
        else if (strstr(item->text, " alloc'd"))
            finding->allocated = item->trace;
    }
}

// The address behind "at " in `text`, or 0.
static unsigned long address_in(const char *text)
{
    const char *at = strstr(text, " at 0x");
    return at ? strtoul(at + strlen(" at "), NULL, 16) : 0;
}

// Until its name is looked up, a lock goes by its address.
static struct lock *add_lock(struct xml *xml, struct finding *finding, unsigned long address)
{
    size_t count = finding->lock_count++;
    finding->locks = array_grow(xml->context, finding->locks, sizeof *finding->locks, count);
    finding->locks[count] = (struct lock){
        .name = talloc_asprintf(xml->context, "the lock at %#lx", address),
        .address = address,
    };
    return &finding->locks[count];
}

// Whether a lock was taken here by pthread_mutex_trylock (see runtime/helgrind/helgrind_sync.c).
static bool was_tried(const struct trace *trace)
{
    for (size_t i = 0; i < trace->count; i++)
        if (strcmp(trace->places[i].function, "__wrap_pthread_mutex_trylock") == 0)
            return true;
    return false;
}

// Whether the main thread was here: the outermost place of the program is its main function.
static bool in_main_thread(const struct trace *trace)
{
    size_t i = trace->count;
    while (i > 0 && !trace->places[i - 1].file)
        i--;
    return i > 0 && strcmp(trace->places[i - 1].function, "main") == 0;
}

// The two locks of the cycle: "... established by acquisition of lock at A", "followed by a later
// acquisition of lock at B". The error itself is that A was wanted by somebody who held B; where
// that one had taken B is not told. Nor is anything of the order established if it came about by
// way of further locks: then there is only the error itself. Names come when the symbols are looked
// up. Where the later of two locks was only tried nobody waits for it, and the inversion is
// harmless.
static void read_lock_order(struct xml *xml, struct finding *finding)
{
    bool tried = false;
    for (size_t i = 0; i < xml->error.count; i++) {
        const struct item *item = &xml->error.items[i];
        if (i == 0)
            finding->where = item->trace;
        else if (strstr(item->text, " acquisition of lock at ") && finding->lock_count < 2) {
            add_lock(xml, finding, address_in(item->text))->wanted = finding->where;
            if (finding->lock_count == 1)
                finding->locks[0].taken = item->trace;
            else
                finding->locks[0].wanted = item->trace;
        }
        if (i == 0 || strstr(item->text, " later acquisition of lock at "))
            tried = tried || was_tried(&item->trace);
    }
    if (finding->lock_count == 2 && in_main_thread(&finding->where) &&
        in_main_thread(&finding->locks[0].wanted))
        finding->threads = 1;
    if (tried)
        finding->kind = KIND_ADVICE;
}

// A lock used wrongly: the first sentence says how, and its stack where.
static void read_misuse(struct xml *xml, struct finding *finding)
{
    if (!xml->error.count)
        return;
    unsigned long address = address_in(xml->error.items[0].text);
    for (size_t i = 0; i < xml->error.count && !finding->where.count; i++)
        finding->where = xml->error.items[i].trace; // behind the error code, where there is one
    if (!address)
        return;
    struct lock *lock = add_lock(xml, finding, address);
    for (size_t i = 1; i < xml->error.count; i++)
        if (strstr(xml->error.items[i].text, " was first observed"))
            lock->taken = xml->error.items[i].trace;
}

// Helgrind's error kinds (hg_errors.c). Misc is told apart by its text: most of it is real misuse,
// but a signal sent after unlocking is correct, and only advice.
static const struct {
    const char *kind, *text;
    enum kind meaning;
    void (*read)(struct xml *xml, struct finding *finding);
} error_kinds[] = {
    {"Race", "", KIND_DATA_RACE, read_race},
    {"LockOrder", "", KIND_LOCK_ORDER, read_lock_order},
    {"UnlockUnlocked", "", KIND_LOCK_MISUSE, read_misuse},
    {"UnlockForeign", "", KIND_LOCK_MISUSE, read_misuse},
    {"UnlockBogus", "", KIND_LOCK_MISUSE, read_misuse},
    {"PthAPIerror", "", KIND_LOCK_MISUSE, read_misuse},
    {"Dubious", "", KIND_ADVICE,
     read_misuse}, // valgrind 3.21 and newer, for the two kinds of advice below
    {"Misc", "Exiting thread still holds ", KIND_LOCK_HELD, read_misuse},
    {"Misc", "pthread_cond_{signal,broadcast}: dubious: ", KIND_ADVICE, read_misuse},
    {"Misc", "pthread_cond_{signal,broadcast}: associated lock is not held by ", KIND_ADVICE,
     read_misuse},
    {"Misc", "", KIND_LOCK_MISUSE, read_misuse},
};

// Whether the error is a call that did not get what it asked for in time, which is a result and no
// misuse: "Thread #1's call to sem_trywait failed", "with error code 11 (EAGAIN: ...)". Helgrind
// leaves most such results out (EBUSY of a trylock), but not all, and which differs by version.
static const char owner_died[] = "with error code 130 "; // EOWNERDEAD

static bool is_result(const struct error *error)
{
    static const struct {
        const char *call, *code;
    } results[] = {
        {"", "(ETIMEDOUT"},
        {" sem_trywait ", "(EAGAIN"},
        {" sem_", "(EINTR"},
        {" pthread_mutex_", owner_died},
    };
    if (strcmp(error->kind, "PthAPIerror") != 0 || error->count < 2)
        return false;
    for (size_t i = 0; i < sizeof results / sizeof results[0]; i++)
        if (strstr(error->items[0].text, results[i].call) &&
            strstr(error->items[1].text, results[i].code))
            return true;
    return false;
}

// An error of a kind that is not known here says nothing against the program: it may be one. It is
// kept as advice, and told.
static void read_unknown(struct xml *xml, struct finding *finding)
{
    finding->kind = KIND_ADVICE;
    read_misuse(xml, finding);
    xml->reading->note = talloc_asprintf(xml->context,
                                         "Helgrind reports an error of a kind that is not known "
                                         "here, \"%s\", which does not count: %s",
                                         xml->error.kind, finding->what);
}

// Whether a lock is held at the end of a thread only because the program has died, or main has
// returned: a thread that ends by itself is back in the C library, and no longer in the program.
static bool made_by_the_end(const struct xml *xml, const struct finding *finding)
{
    return finding->kind == KIND_LOCK_HELD && (xml->signal || trace_own(&finding->where));
}

// Whether one of the accesses is the last that a call makes of what it gives away: of a semaphore it
// posts, of a mutex it unlocks. Helgrind thinks that order begins with the call, but whoever gets the
// thing may end its life before the call is over, and rightly so.
static bool is_last_touch(const struct finding *finding)
{
    static const char *const calls[] = {"sem_post",
                                        "__new_sem_post",
                                        "pthread_mutex_unlock",
                                        "__pthread_mutex_unlock",
                                        "__lll_unlock",
                                        "lll_unlock",
                                        "pthread_cond_signal",
                                        "pthread_cond_broadcast",
                                        "__pthread_cond_signal",
                                        "__pthread_cond_broadcast",
                                        "pthread_barrier_wait",
                                        "__pthread_barrier_wait",
                                        "__pthread_rwlock_unlock",
                                        "pthread_rwlock_unlock",
                                        "___pthread_mutex_unlock",
                                        "___pthread_rwlock_unlock",
                                        "___pthread_cond_signal",
                                        "___pthread_cond_broadcast",
                                        "___pthread_barrier_wait"};
    for (size_t i = 0; i < finding->access_count; i++) {
        const struct trace *trace = &finding->accesses[i].trace;
        const struct place *inner = trace->count ? &trace->places[0] : NULL;
        for (size_t k = 0; inner && !inner->file && k < sizeof calls / sizeof calls[0]; k++)
            if (strncmp(inner->function, calls[k], strlen(calls[k])) == 0)
                return true;
    }
    return false;
}

static void read_finding(struct xml *xml)
{
    const char *text = xml->error.count ? xml->error.items[0].text : "";
    struct finding finding = {.kind = KIND_COUNT, .what = text};
    if (is_result(&xml->error)) {
        xml->left_behind = xml->left_behind || strstr(xml->error.items[1].text, owner_died);
        return;
    }
    for (size_t i = 0; i < sizeof error_kinds / sizeof error_kinds[0]; i++)
        if (strcmp(error_kinds[i].kind, xml->error.kind) == 0 &&
            strstr(text, error_kinds[i].text)) {
            finding.kind = error_kinds[i].meaning;
            error_kinds[i].read(xml, &finding);
            break;
        }
    if (finding.kind == KIND_COUNT)
        read_unknown(xml, &finding);
    if (made_by_the_end(xml, &finding) || is_last_touch(&finding))
        return;
    finding.what = helgrind_words(xml->context, finding.what);
    struct reading *reading = xml->reading;
    reading->findings =
        array_grow(xml->context, reading->findings, sizeof *reading->findings, reading->count);
    reading->findings[reading->count++] = finding;
}

// Blanks the names of threads, which valgrind writes as the program gave them, whatever that does to
// the XML. Nothing asks for them. A name as given has 15 bytes at the most, and may itself hold the
// words that end it.
static void blank_thread_names(char *bytes)
{
    enum { LONGEST = 15 };
    static const char begin[] = "<threadname>", end[] = "</threadname>";
    for (char *at = bytes; (at = strstr(at, begin)) != NULL;) {
        char *name = at + strlen(begin), *close = strstr(name, end);
        for (char *next = close; next && next <= name + LONGEST; next = strstr(next + 1, end))
            close = next;
        if (!close)
            return;
        memset(name, ' ', (size_t)(close - name));
        at = close;
    }
}

// Whether the bytes are XML as far as they go; `whole` tells whether they go to the end.
static bool parse(struct xml *xml, const char *bytes, size_t size, bool *whole)
{
    XML_Parser parser = XML_ParserCreate("UTF-8");
    XML_SetUserData(parser, xml);
    XML_SetElementHandler(parser, on_start, on_end);
    XML_SetCharacterDataHandler(parser, on_text);
    bool well = XML_Parse(parser, bytes, (int)size, XML_FALSE) != XML_STATUS_ERROR;
    *whole = well && XML_Parse(parser, "", 0, XML_TRUE) != XML_STATUS_ERROR;
    XML_ParserFree(parser);
    return well;
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

static void set_crashed(struct xml *xml, const char *output, struct reading *reading)
{
    reading->state = READING_CRASHED;
    reading->crash = xml->crash;
    reading->note = death_tell(xml->context, xml->signal, trace_own(&xml->crash), output);
}

// Helgrind does not know that a lock can be left behind and taken over (a robust mutex): to it the dead
// owner holds it for ever. What it says of locks then means nothing, and of races little.
static void doubt_left_behind(struct reading *reading)
{
    size_t all = reading->count;
    reading->count = 0;
    for (size_t i = 0; i < all; i++) {
        enum kind kind = reading->findings[i].kind;
        if (kind == KIND_DATA_RACE && reading->state == READING_COMPLETE) {
            reading->state = READING_UNFOLLOWED;
            reading->note = "a mutex that its owner left behind";
        } else if (kind != KIND_LOCK_HELD && kind != KIND_LOCK_MISUSE && kind != KIND_DATA_RACE)
            reading->findings[reading->count++] = reading->findings[i];
    }
}

// Whether the harness ended the run, and valgrind's last words are only of that.
static bool ended_by_us(const struct outcome *outcome)
{
    return outcome->ending == ENDED_TIMEOUT || outcome->ending == ENDED_FLOOD ||
           outcome->ending == ENDED_MEMORY;
}

// What valgrind says of itself. Where it could not even begin it has no log yet, nor has the program
// had a word.
static const char *read_log(void *context, const struct program *program, const char *output)
{
    char *log = file_read(context, program->folder, log_name, REPORT_LIMIT, NULL, NULL);
    return log && log[0] ? log : output;
}

static void helgrind_read(void *context, const struct program *program,
                          const struct outcome *outcome, struct reading *reading)
{
    *reading = (struct reading){.state = READING_COMPLETE};
    struct problem problem;
    struct xml xml = {.context = context, .program = program, .reading = reading};
    size_t size = 0;
    bool whole = false;
    char *bytes = file_read(context, program->folder, report_name, REPORT_LIMIT, &size, &problem);
    if (bytes)
        blank_thread_names(bytes);
    bool started = bytes && size > 0 && parse(&xml, bytes, size, &whole) && xml.started;
    const char *failure =
        find_failure(context, read_log(context, program, started ? "" : outcome->output));
    if (failure && reading->count == 0)
        set_unusable(context, reading, failure);
    else if (!bytes || size == 0)
        set_unusable(context, reading, bytes ? "its report is empty" : problem.text);
    else if (!started)
        set_unusable(context, reading, "its report is not the XML it promises");
    else if (xml.signal && !ended_by_us(outcome))
        set_crashed(&xml, outcome->output, reading);
    else if (!whole || !xml.finished)
        reading->state = READING_CUT;
    if (xml.left_behind)
        doubt_left_behind(reading);
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
