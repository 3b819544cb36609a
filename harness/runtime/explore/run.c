// Runs one schedule: in a process of its own, or in this one, which then begins by restoring the
// program's .data and .bss.

#define _GNU_SOURCE
#include "core.h"
#include "late.h"
#include "machine.h"
#include "racy.h"

#include "../common/seal.h"
#include "run/seal.h"

#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <signal.h>
#include <stdio.h>
#include <stdio_ext.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../common/main_status.h"

int __real_main(int argc, char **argv, char **environment);

enum { OUTPUT_MOST = 4000 };

static struct {
    int argc;
    char **argv, **environment;
    // The program's writable memory, and what it was before main.
    struct {
        char *start, *image;
        size_t size;
    } memory[4];
    size_t memory_count;
    bool has_input; // a file with something in it, which each run reads from its beginning
    int output;     // where a story's output goes
    char text[OUTPUT_MOST];
    size_t text_length;
} * own;

void *engine_map(size_t size)
{
    void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (memory == MAP_FAILED)
        abort();
    return memory;
}

void *engine_share(size_t size)
{
    void *memory =
        mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (memory == MAP_FAILED)
        abort();
    return memory;
}

// ---- The program's static memory ----

// Remembers the writable segments of the program itself, without what is read-only by now.
static int remember_segments(struct dl_phdr_info *info, size_t size, void *data)
{
    (void)size, (void)data;
    uintptr_t read_only_end = 0;
    for (int i = 0; i < info->dlpi_phnum; i++)
        if (info->dlpi_phdr[i].p_type == PT_GNU_RELRO)
            read_only_end =
                info->dlpi_addr + info->dlpi_phdr[i].p_vaddr + info->dlpi_phdr[i].p_memsz;
    for (int i = 0; i < info->dlpi_phnum && own->memory_count < 4; i++) {
        const ElfW(Phdr) *header = &info->dlpi_phdr[i];
        if (header->p_type != PT_LOAD || (header->p_flags & PF_W) == 0)
            continue;
        uintptr_t start = info->dlpi_addr + header->p_vaddr, end = start + header->p_memsz;
        if (start < read_only_end)
            start = read_only_end;
        if (start >= end)
            continue;
        char *image = engine_map(end - start);
        memcpy(image, (void *)start, end - start);
        own->memory[own->memory_count].start = (char *)start;
        own->memory[own->memory_count].image = image;
        own->memory[own->memory_count++].size = end - start;
    }
    return 1; // the program comes first
}

static void restore_segments(void)
{
    for (size_t i = 0; i < own->memory_count; i++)
        memcpy(own->memory[i].start, own->memory[i].image, own->memory[i].size);
}

// A file of no name in the working folder.
static int open_output(void)
{
    static const char name[] = "output";
    int file = open(name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    unlink(name);
    return file;
}

static bool has_input(void)
{
    struct stat input;
    return fstat(STDIN_FILENO, &input) == 0 && S_ISREG(input.st_mode) && input.st_size > 0;
}

static void rewind_input(void)
{
    if (own->has_input)
        lseek(STDIN_FILENO, 0, SEEK_SET);
}

// What of it was read ahead in this process.
static void forget_input(void)
{
    __fpurge(stdin);
    clearerr(stdin);
}

void run_set_up(int argc, char **argv, char **environment)
{
    own = engine_map(sizeof *own);
    own->argc = argc;
    own->argv = argv;
    own->environment = environment;
    own->has_input = has_input();
    forget_input(); // constructors may have read some
    own->output = open_output();
    engine->outcome = engine_share(sizeof *engine->outcome);
    dl_iterate_phdr(remember_segments, NULL);
}

void too_early(const char *what, uintptr_t pc)
{
    if (engine->too_early != NULL)
        return;
    engine->too_early = what;
    engine->too_early_at = pc;
}

// ---- One run ----

// What main's coroutine runs.
static void run_body(void)
{
    if (engine->too_early != NULL) {
        thread_self()->next.pc = engine->too_early_at;
        run_end(ENDED_UNSUPPORTED, "%s before main", engine->too_early);
    }
    if (engine->schedule->scene != MAIN_SCENE)
        scene_run(engine->schedule->scene);
    program_ends(main_status(__real_main(own->argc, own->argv, own->environment)), true);
}

static void reset_choosing(const struct schedule *schedule)
{
    struct choosing *choosing = &engine->choosing;
    choosing->schedule = schedule;
    choosing->random = schedule->seed;
    choosing->step = 0;
    choosing->same = 0;
    choosing->asleep = 0;
    if (schedule->replay || schedule->chooser == NULL)
        return;
    memset(choosing->state, 0, schedule->chooser->state);
    if (schedule->chooser->begin != NULL)
        schedule->chooser->begin(choosing);
}

// A schedule is replayed with more points perhaps than it was found with, and must not end earlier.
static uint64_t effort_most(const struct schedule *schedule)
{
    uint64_t most = schedule->effort_most != 0 ? schedule->effort_most : EFFORT_MOST;
    return schedule->replay ? 2 * most : most;
}

static void reset(const struct schedule *schedule)
{
    engine->schedule = schedule;
    engine->ending = false;
    engine->inside = schedule->inside;
    engine->clock = CLOCK_AT_START;
    engine->watch.begun = false;
    engine->effort = 0;
    engine->effort_most = effort_most(schedule);
    engine->stalled = 0;
    engine->last_enabled = 0;
    engine->segment = 0;
    engine->spurious = 0;
    engine->files_changed = engine->files_awaited = 0;
    memset(engine->outcome, 0, offsetof(struct outcome, text));
    engine->outcome->text[0] = '\0';
    engine->outcome->stack.depth = 0;
    clock_reset();
    late_reset();
    if (schedule->again)
        racy_take_back();
    races_reset();
    heap_reset();
    threads_reset();
    thread_begin_main(run_body);
    reset_choosing(schedule);
}

// Enters the run; returns when it has ended inside this process.
static void enter(void)
{
    struct thread *main = thread_of(0);
    engine->home_thread_pointer = machine_thread_pointer();
    running->on = true;
    machine_set_thread_pointer(main->thread_pointer);
    machine_switch(&engine->home, main->stack_pointer);
}

void run_leave(void)
{
    running->on = false;
    if (!engine->inside) {
        fflush_unlocked(stdout); // a thread that is left may have locked it, and nobody else runs
        fflush_unlocked(stderr);
        _exit(0);
    }
    void *never_used;
    machine_set_thread_pointer(engine->home_thread_pointer);
    machine_switch(&never_used, engine->home);
    abort();
}

// A call that the explorer does not know may block the whole process: last resorts, by which
// nothing is judged.
static void set_alarms(void)
{
    enum { REAL_SECONDS = 20, COMPUTED_SECONDS = 2 };
    const struct itimerval computed = {{COMPUTED_SECONDS, 0}, {COMPUTED_SECONDS, 0}};
    const struct itimerval real = {{REAL_SECONDS, 0}, {REAL_SECONDS, 0}};
    setitimer(ITIMER_VIRTUAL, &computed, NULL);
    setitimer(ITIMER_REAL, &real, NULL);
}

static void read_output(void)
{
    lseek(own->output, 0, SEEK_SET);
    ssize_t length = read(own->output, own->text, sizeof own->text);
    own->text_length = length > 0 ? (size_t)length : 0;
}

const char *run_output(size_t *length)
{
    *length = own->text_length;
    return own->text;
}

static void redirect_output(void)
{
    if (ftruncate(own->output, 0) != 0)
        return;
    lseek(own->output, 0, SEEK_SET);
    dup2(own->output, STDOUT_FILENO);
    dup2(own->output, STDERR_FILENO);
}

// Until the run itself says how it ended.
static void presume_the_worst(void)
{
    engine->outcome->ending = ENDED_CRASH;
    strcpy(engine->outcome->text, "the process was ended from outside");
}

static void run_apart(const struct schedule *schedule)
{
    presume_the_worst();
    pid_t child = fork();
    if (child < 0) {
        engine->outcome->ending = ENDED_UNSUPPORTED;
        snprintf(engine->outcome->text, TEXT_MOST, "fork: %s", strerror(errno));
        return;
    }
    if (child == 0) {
        seal_forget();
        if (schedule->story)
            redirect_output();
        rewind_input();
        set_alarms();
        enter();
    }
    int status;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR)
        continue;
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGSYS)
        strcpy(engine->outcome->text,
               "the program asked the kernel for what no answer has a use for");
    if (schedule->story)
        read_output();
    threads_guard(engine->outcome->threads);
}

static void close_from(unsigned first, unsigned last)
{
    enum { MOST = 1024 };
    if (close_range(first, last, 0) == 0)
        return;
    for (unsigned descriptor = first; descriptor <= last && descriptor < MOST; descriptor++)
        close((int)descriptor); // a kernel before 5.9
}

// What a run has left open is closed: the next one gets the same numbers, and pipes and sockets
// end.
static void close_descriptors(void)
{
    close_from((unsigned)own->output + 1, SEAL_DESCRIPTOR - 1);
    close_from(SEAL_DESCRIPTOR + 1, ~0u);
}

struct outcome *engine_run(const struct schedule *schedule)
{
    if (schedule->inside) {
        restore_segments();
        rewind_input();
        forget_input();
    }
    reset(schedule);
    if (schedule->inside)
        enter();
    else
        run_apart(schedule);
    if (schedule->inside && engine->outcome->descriptors > 0)
        close_descriptors();
    running->on = false;
    return engine->outcome;
}

bool engine_apart(void (*stage)(void *argument), void *argument)
{
    pid_t child = fork();
    if (child < 0)
        return false;
    if (child == 0) {
        seal_forget();
        set_alarms();
        stage(argument);
        _exit(0);
    }
    int status;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR)
        continue;
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}
