#include "resident.h"

#include "base/text.h"
#include "toolchain.h"

#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

// Deeper than any tree that the limit on processes allows.
enum { DEEPEST = 512 };

// Calls `visit` with each thread of a process, called as /proc calls it and numbered in the order
// in which they were made. False if the process is gone.
static bool visit_threads(pid_t process,
                          void (*visit)(pid_t process, const char *thread, int number, void *data),
                          void *data)
{
    char path[64];
    int number = 0;
    text_format(path, sizeof path, "/proc/%d/task", (int)process);
    DIR *threads = opendir(path);
    if (!threads)
        return false;
    for (struct dirent *entry; (entry = readdir(threads)) != NULL;)
        if (entry->d_name[0] != '.')
            visit(process, entry->d_name, number++, data);
    closedir(threads);
    return true;
}

static bool executes_file(pid_t process, const struct stat *wanted)
{
    char path[64];
    struct stat other;
    text_format(path, sizeof path, "/proc/%d/exe", (int)process);
    return stat(path, &other) == 0 && wanted->st_dev == other.st_dev &&
           wanted->st_ino == other.st_ino;
}

static bool executes(pid_t process, const char *program)
{
    struct stat wanted;
    return stat(program, &wanted) == 0 && executes_file(process, &wanted);
}

struct measuring {
    struct extent_of_tree extent;
    bool with_memory;
};

static size_t resident_of(pid_t process)
{
    char path[64];
    size_t pages = 0;
    text_format(path, sizeof path, "/proc/%d/statm", (int)process);
    FILE *file = fopen(path, "re");
    if (file && fscanf(file, "%*u %zu", &pages) != 1)
        pages = 0;
    if (file)
        fclose(file);
    return pages * (size_t)sysconf(_SC_PAGESIZE);
}

static void add_extent(pid_t process, void *data)
{
    struct measuring *measuring = data;
    measuring->extent.processes++;
    if (measuring->with_memory)
        measuring->extent.resident += resident_of(process);
}

// Reads a "stat" file of /proc: the state, and the processor time in seconds. The name in it may
// hold blanks and parentheses.
static bool read_stat(const char *path, char *state, double *computed)
{
    char line[1024];
    unsigned long user = 0, system = 0;
    FILE *file = fopen(path, "re");
    bool read = file && fgets(line, sizeof line, file);
    const char *behind = read ? strrchr(line, ')') : NULL;
    if (file)
        fclose(file);
    if (!behind || sscanf(behind, ") %c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", state,
                          &user, &system) != 3)
        return false;
    *computed = (double)(user + system) / (double)sysconf(_SC_CLK_TCK);
    return true;
}

// A call that a thread is in, as the "syscall" file of /proc tells it.
struct call {
    long number;
    unsigned long arguments[4];
};

static bool read_call(const char *path, struct call *call)
{
    unsigned long *to = call->arguments;
    FILE *file = fopen(path, "re");
    bool read = file && fscanf(file, "%ld %lx %lx %lx %lx", &call->number, &to[0], &to[1], &to[2],
                               &to[3]) == 5;
    if (file)
        fclose(file);
    return read;
}

// futex(2), which is behind all waiting of pthreads.
static bool waits_for_word(const struct call *call)
{
    enum { COMMANDS = 0x7f, WAIT = 0, LOCK_PI = 6, WAIT_BITSET = 9, LOCK_PI2 = 13 };
    unsigned long operation = call->arguments[1] & COMMANDS, limit = call->arguments[3];
    return limit == 0 && (operation == WAIT || operation == LOCK_PI || operation == WAIT_BITSET ||
                          operation == LOCK_PI2);
}

// A pipe whose other end only processes of the tree can have; a command's standard streams are from
// outside.
static bool is_inner_pipe(pid_t process, unsigned long descriptor)
{
    char path[64], target[64] = "";
    text_format(path, sizeof path, "/proc/%d/fd/%lu", (int)process, descriptor);
    ssize_t length = readlink(path, target, sizeof target - 1);
    return descriptor > STDERR_FILENO && length > 0 && strncmp(target, "pipe:", 5) == 0;
}

// Whether a thread waits for another, or for another process, without a limit of time.
static bool waits_for_another(pid_t process, const char *path)
{
    struct call call;
    if (!read_call(path, &call))
        return false;
    switch (call.number) {
    case SYS_futex: return waits_for_word(&call);
    case SYS_wait4: return !(call.arguments[2] & WNOHANG);
    case SYS_waitid: return !(call.arguments[3] & WNOHANG);
    case SYS_read:
    case SYS_write: return is_inner_pipe(process, call.arguments[0]);
    default: return false;
    }
}

// Whether a process is ThreadSanitizer's symbolizer, and nobody has asked it anything. It stays
// with the program from the first report on, and handles signals.
static bool is_idle_symbolizer(pid_t process)
{
    char path[64];
    struct call call;
    text_format(path, sizeof path, "/proc/%d/syscall", (int)process);
    return executes(process, TOOLCHAIN_SYMBOLIZER) && read_call(path, &call) &&
           call.number == SYS_read && call.arguments[0] == STDIN_FILENO;
}

// How often a thread had a processor; 0 if the kernel does not tell.
static unsigned long turns_of(const char *path)
{
    unsigned long turns = 0;
    FILE *file = fopen(path, "re");
    if (file && fscanf(file, "%*u %*u %lu", &turns) != 1)
        turns = 0;
    if (file)
        fclose(file);
    return turns;
}

struct looking {
    struct activity sum;
    const struct overseer *overseer;
};

static void add_thread(pid_t process, const char *thread, int number, void *data)
{
    struct looking *looking = data;
    char path[320], state = '?';
    double computed;
    text_format(path, sizeof path, "/proc/%d/task/%s/stat", (int)process, thread);
    if (read_stat(path, &state, &computed) && (state == 'R' || state == 'D'))
        looking->sum.runs = true;
    if (state == 'Z') // has ended, and whoever is to wait for it has not done so yet
        return;
    if (number > 0 && number <= looking->overseer->threads)
        return;
    text_format(path, sizeof path, "/proc/%d/task/%s/syscall", (int)process, thread);
    looking->sum.stuck = looking->sum.stuck && waits_for_another(process, path);
    text_format(path, sizeof path, "/proc/%d/task/%s/schedstat", (int)process, thread);
    looking->sum.turns += turns_of(path);
}

// Whether a process only waits for what it has started: the sandbox's own.
static bool is_sandbox(pid_t process)
{
    char path[64], name[32] = "";
    text_format(path, sizeof path, "/proc/%d/comm", (int)process);
    FILE *file = fopen(path, "re");
    bool read = file && fgets(name, sizeof name, file);
    if (file)
        fclose(file);
    return read && strcmp(name, "bwrap\n") == 0;
}

// Whether a signal could call on the process, as a timer's does: one that it catches, other than
// those that tell of its own faults and those that the C library keeps to itself (32, 33).
static bool can_be_called_on(pid_t process)
{
    static const int others[] = {SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV, SIGSYS, 32, 33};
    char path[64], line[256];
    unsigned long long caught = ~0ULL;
    text_format(path, sizeof path, "/proc/%d/status", (int)process);
    FILE *file = fopen(path, "re");
    while (file && fgets(line, sizeof line, file))
        sscanf(line, "SigCgt: %llx", &caught);
    if (file)
        fclose(file);
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        caught &= ~(1ULL << (others[i] - 1));
    return caught != 0;
}

static void add_activity(pid_t process, void *data)
{
    char path[64], state;
    double computed = 0;
    struct looking *looking = data;
    text_format(path, sizeof path, "/proc/%d/stat", (int)process);
    if (read_stat(path, &state, &computed))
        looking->sum.computed += computed;
    if (is_sandbox(process) || is_idle_symbolizer(process))
        return;
    visit_threads(process, add_thread, looking);
    if (!looking->overseer->catches_signals)
        looking->sum.stuck = looking->sum.stuck && !can_be_called_on(process);
}

// A way down the tree.
struct descent {
    // This program. A fork of it that has not executed anything yet is not visited: what it holds
    // is ours. No command can become one, for in the sandbox this program is not to be had.
    const struct stat *own;
    int depth;
    process_visitor *visit;
    void *data;
};

// A child belongs to the thread that forked it, so each thread has a list of its own.
static void visit_children(pid_t process, const char *thread, int number, void *data)
{
    (void)number;
    const struct descent *descent = data;
    struct descent next = *descent;
    char path[320];
    int child;
    next.depth++;
    text_format(path, sizeof path, "/proc/%d/task/%s/children", (int)process, thread);
    FILE *file = fopen(path, "re");
    while (file && fscanf(file, "%d", &child) == 1) {
        if (!executes_file(child, descent->own))
            descent->visit(child, descent->data);
        if (next.depth < DEEPEST)
            visit_threads(child, visit_children, &next);
    }
    if (file)
        fclose(file);
}

void processes_below(pid_t root, process_visitor *visit, void *data)
{
    struct stat own;
    if (stat("/proc/self/exe", &own) == 0)
        visit_threads(root, visit_children, &(struct descent){&own, 0, visit, data});
}

static void check_thread(pid_t process, const char *thread, int number, void *data)
{
    (void)number;
    bool *all = data;
    char path[320], state;
    double computed;
    text_format(path, sizeof path, "/proc/%d/task/%s/stat", (int)process, thread);
    *all = *all && read_stat(path, &state, &computed) && state != 'D';
}

bool process_can_be_stopped(pid_t process)
{
    bool all = true;
    return visit_threads(process, check_thread, &all) && all;
}

struct extent_of_tree extent_below(pid_t root, bool with_memory)
{
    struct measuring measuring = {.with_memory = with_memory};
    processes_below(root, add_extent, &measuring);
    return measuring.extent;
}

struct activity activity_below(pid_t root, const struct overseer *overseer)
{
    struct looking looking = {.sum = {.stuck = true}, .overseer = overseer};
    processes_below(root, add_activity, &looking);
    looking.sum.stuck = looking.sum.stuck && looking.sum.turns > 0;
    return looking.sum;
}
