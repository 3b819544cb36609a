// Linked, uninstrumented, into every ThreadSanitizer build: writes down what ThreadSanitizer found,
// as records that judge/detectors/tsan.c reads. Nothing is taken from standard error, which a
// program may close or fill.
//
// Two files, named by RACELINGS_REPORT (taken from the environment once, before main, and removed):
//   NAME       records, one a line, the last field running to the end of the line:
//                  begin 1 <process>
//                  report <kind> <mops> <stacks> <mutexes> <threads> <locations>
//                  mop <thread> <read|write> <plain|atomic> <bytes> <address>
//                  stack
//                  mutex <id> <destroyed 0|1> <address> <global's name or ->
//                  thread <number> <parent> <name or ->
//                  location <type> <address> <start> <bytes> <thread> <global's name or ->
//                  frame <line> <column> <function> <tab> <file> <tab> <module>
//                  done                                             closes a report
//                  unknown <call> <as behind frame>     a call whose effects ThreadSanitizer does not know
//                  end <process>                        ThreadSanitizer finished its work
//   NAME.text  all that ThreadSanitizer printed: which lock was held at which access, and why it
//              gave up when it did, stand only there.
// Files are opened anew for each write, by raw system calls: a program that closes descriptors or
// changes its working directory cannot cut them, and ThreadSanitizer's own interceptors stay out. A
// report is written in one piece, so that a forked child's cannot end up in the middle of it.
//
// The interface to the report is compiler-rt's lib/tsan/rtl/tsan_debugging.cpp, the same in clang
// 14 to 19.

#define _GNU_SOURCE
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

int __tsan_get_report_data(void *report, const char **description, int *count, int *stack_count,
                           int *mop_count, int *loc_count, int *mutex_count, int *thread_count,
                           int *unique_tid_count, void **sleep_trace, unsigned long trace_size);
int __tsan_get_report_stack(void *report, unsigned long index, void **trace,
                            unsigned long trace_size);
int __tsan_get_report_mop(void *report, unsigned long index, int *thread, void **address, int *size,
                          int *write, int *atomic, void **trace, unsigned long trace_size);
int __tsan_get_report_loc(void *report, unsigned long index, const char **type, void **address,
                          unsigned long *start, unsigned long *size, int *thread, int *descriptor,
                          int *suppressable, void **trace, unsigned long trace_size);
int __tsan_get_report_mutex(void *report, unsigned long index, uint64_t *id, void **address,
                            int *destroyed, void **trace, unsigned long trace_size);
int __tsan_get_report_thread(void *report, unsigned long index, int *thread, uint64_t *os_id,
                             int *running, const char **name, int *parent, void **trace,
                             unsigned long trace_size);
void __sanitizer_symbolize_pc(void *pc, const char *format, char *text, size_t size);
void __sanitizer_symbolize_global(void *address, const char *format, char *text, size_t size);

void __tsan_on_report(void *report);
int __tsan_on_finalize(int failed);
void __sanitizer_on_print(const char *text);
const char *__tsan_default_options(void);
const char *__tsan_default_suppressions(void);

enum { FRAMES = 24 };

static pid_t main_process;
static char record_path[PATH_MAX];
static char text_path[PATH_MAX];

// The harness passes the options that matter in TSAN_OPTIONS, but for the one that background.c
// needs. Defining these two here keeps a program from bringing its own: it would not link.
const char *__tsan_default_options(void)
{
    return "force_background_thread=1";
}

const char *__tsan_default_suppressions(void)
{
    return "";
}

// Finds the report's name in the environment and hides it from the program. getenv works before any
// constructor has run; the first message of ThreadSanitizer may come as early as that.
static bool have_paths(void)
{
    static bool looked;
    if (!looked) {
        looked = true;
        const char *name = getenv("RACELINGS_REPORT");
        if (name && strlen(name) < PATH_MAX - sizeof ".text") {
            strcpy(record_path, name);
            strcat(strcpy(text_path, name), ".text");
            unsetenv("RACELINGS_REPORT");
        }
    }
    return record_path[0] != '\0';
}

static void append(const char *path, const char *text, size_t size)
{
    long file = syscall(SYS_open, path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0)
        return; // a missing "end" record tells the reader
    while (size > 0) {
        long written = syscall(SYS_write, file, text, size);
        if (written <= 0)
            break;
        text += written;
        size -= (size_t)written;
    }
    syscall(SYS_close, file);
}

// Reports come one at a time (ThreadSanitizer holds its own lock around the hook), so one buffer
// does.
static char pending[1 << 17];
static size_t pending_size;

static void flush(void)
{
    append(record_path, pending, pending_size);
    pending_size = 0;
}

// Adds one line. A line too long is cut, and still ends; a full buffer is written early.
__attribute__((format(printf, 1, 2))) static void record(const char *format, ...)
{
    char line[2 * PATH_MAX];
    va_list arguments;
    va_start(arguments, format);
    int printed = vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    if (printed < 0)
        return;
    size_t size = (size_t)printed < sizeof line ? (size_t)printed : sizeof line - 1;
    for (size_t i = 0; i < size; i++)
        if (line[i] == '\n')
            line[i] = ' ';
    line[size++] = '\n'; // in the place of the terminator
    if (pending_size + size > sizeof pending)
        flush();
    memcpy(pending + pending_size, line, size);
    pending_size += size;
}

static void record_trace(void *const *trace)
{
    for (int i = 0; i < FRAMES && trace[i]; i++) {
        char frame[PATH_MAX] = "";
        __sanitizer_symbolize_pc(trace[i], "%l %c %f\t%s\t%m", frame, sizeof frame);
        record("frame %s", frame);
    }
}

// The name of the global variable at `address`, or "-".
static const char *global_name(void *address, char *name, size_t size)
{
    __sanitizer_symbolize_global(address, "%g", name, size);
    return name[0] && name[0] != '?' && name[0] != '<' ? name : "-"; // "??", "<null>": unknown
}

static void record_accesses(void *report, int count)
{
    for (int i = 0; i < count; i++) {
        void *trace[FRAMES + 1] = {0}, *address = NULL;
        int thread = 0, size = 0, write = 0, atomic = 0;
        __tsan_get_report_mop(report, (unsigned long)i, &thread, &address, &size, &write, &atomic,
                              trace, FRAMES);
        record("mop %d %s %s %d %p", thread, write ? "write" : "read", atomic ? "atomic" : "plain",
               size, address);
        record_trace(trace);
    }
}

static void record_stacks(void *report, int count)
{
    for (int i = 0; i < count; i++) {
        void *trace[FRAMES + 1] = {0};
        __tsan_get_report_stack(report, (unsigned long)i, trace, FRAMES);
        record("stack");
        record_trace(trace);
    }
}

static void record_mutexes(void *report, int count)
{
    for (int i = 0; i < count; i++) {
        void *trace[FRAMES + 1] = {0}, *address = NULL;
        uint64_t id = 0;
        int destroyed = 0;
        __tsan_get_report_mutex(report, (unsigned long)i, &id, &address, &destroyed, trace, FRAMES);
        record("mutex %llu %d %p %s", (unsigned long long)id, destroyed != 0, address,
               global_name(address, (char[512]){0}, 512));
        record_trace(trace);
    }
}

static void record_threads(void *report, int count)
{
    for (int i = 0; i < count; i++) {
        void *trace[FRAMES + 1] = {0};
        uint64_t os_id = 0;
        int thread = 0, running = 0, parent = 0;
        const char *name = NULL;
        __tsan_get_report_thread(report, (unsigned long)i, &thread, &os_id, &running, &name,
                                 &parent, trace, FRAMES);
        record("thread %d %d %s", thread, parent, name && name[0] ? name : "-");
        record_trace(trace);
    }
}

static void record_locations(void *report, int count)
{
    for (int i = 0; i < count; i++) {
        void *trace[FRAMES + 1] = {0}, *address = NULL;
        const char *type = "?";
        unsigned long start = 0, size = 0;
        int thread = 0, descriptor = 0, suppressable = 0;
        __tsan_get_report_loc(report, (unsigned long)i, &type, &address, &start, &size, &thread,
                              &descriptor, &suppressable, trace, FRAMES);
        char name[512] = "";
        bool global = strcmp(type, "global") == 0;
        record("location %s %p %#lx %lu %d %s", type, address, start, size, thread,
               global ? global_name(address, name, sizeof name) : "-");
        record_trace(trace);
    }
}

// Called by ThreadSanitizer for each report, one at a time, after the report has been printed.
void __tsan_on_report(void *report)
{
    if (!have_paths())
        return;
    const char *kind = "?";
    int count = 0, stacks = 0, mops = 0, locations = 0, mutexes = 0, threads = 0, unique = 0;
    void *sleep_trace[1] = {0};
    __tsan_get_report_data(report, &kind, &count, &stacks, &mops, &locations, &mutexes, &threads,
                           &unique, sleep_trace, 0);
    // A forked child has one thread; to ThreadSanitizer it has those of its parent too.
    if (strcmp(kind, "thread-leak") == 0 && getpid() != main_process)
        return;
    record("report %s %d %d %d %d %d", kind, mops, stacks, mutexes, threads, locations);
    record_accesses(report, mops);
    record_stacks(report, stacks);
    record_mutexes(report, mutexes);
    record_threads(report, threads);
    record_locations(report, locations);
    record("done");
    flush();
}

// A check that fails in the search for lock orders fails with the search's lock held, and the stack
// that ThreadSanitizer then wants to print waits for it for ever. What the reader needs is said by
// then.
void __sanitizer_on_print(const char *text)
{
    if (!have_paths())
        return;
    append(text_path, text, strlen(text));
    if (strstr(text, "CHECK failed: sanitizer_deadlock_detector"))
        syscall(SYS_exit_group, 66);
}

// ---- Calls whose effects ThreadSanitizer does not know, reached by --wrap (tsan.wrap) ----
// Where one is made its reports may be false: the reader must know, and it is told of the first.

static void record_unknown(const char *call, void *from)
{
    static int told;
    if (__atomic_exchange_n(&told, 1, __ATOMIC_RELAXED) || !have_paths())
        return;
    char frame[PATH_MAX] = "", line[PATH_MAX + 64];
    __sanitizer_symbolize_pc((char *)from - 1, "%l %c %f\t%s\t%m", frame, sizeof frame);
    int size = snprintf(line, sizeof line, "unknown %s %s\n", call, frame);
    append(record_path, line, (size_t)size); // not by `pending`: a report may be under way
}

// It does not model fences.
void __real___tsan_atomic_thread_fence(int order);
void __wrap___tsan_atomic_thread_fence(int order);
void __wrap___tsan_atomic_thread_fence(int order)
{
    record_unknown("atomic_thread_fence", __builtin_return_address(0));
    __real___tsan_atomic_thread_fence(order);
}

// A thread that is cancelled in a call that waits stays in that call to ThreadSanitizer, which then
// does not heed the locks that its clean-up handlers take.
int __real_pthread_cancel(pthread_t thread);
int __wrap_pthread_cancel(pthread_t thread);
int __wrap_pthread_cancel(pthread_t thread)
{
    record_unknown("pthread_cancel", __builtin_return_address(0));
    return __real_pthread_cancel(thread);
}

// The C library starts a thread for each time such a timer runs out, behind ThreadSanitizer's back.
int __real_timer_create(clockid_t clock, struct sigevent *event, timer_t *timer);
int __wrap_timer_create(clockid_t clock, struct sigevent *event, timer_t *timer);
int __wrap_timer_create(clockid_t clock, struct sigevent *event, timer_t *timer)
{
    if (event && event->sigev_notify == SIGEV_THREAD)
        record_unknown("timer_create", __builtin_return_address(0));
    return __real_timer_create(clock, event, timer);
}

// Found by name when the runtime starts, so the program must export it (see Detectors.cmake).
int __tsan_on_finalize(int failed)
{
    (void)failed; // the records say it
    if (have_paths()) {
        record("end %d", (int)getpid());
        flush();
    }
    return 0; // the exit status stays the program's own
}

__attribute__((constructor(101))) static void begin(void)
{
    main_process = getpid();
    if (have_paths()) {
        record("begin 1 %d", (int)main_process);
        flush();
    }
}
