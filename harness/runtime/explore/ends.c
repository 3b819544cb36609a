// How runs end, and what is found on the way: the program's own ends (main's return, exit, abort, a
// failed assertion), crashes, and the findings of the other files.

#define _GNU_SOURCE
#include "core.h"
#include "machine.h"
#include "racy.h"

#include "run/lost.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool is_failure(enum ending ending)
{
    return ending != ENDED_WELL && ending != ENDED_PRUNED && ending != ENDED_STEPS;
}

static void record_state(const struct thread *thread)
{
    struct thread_state *state = &engine->outcome->states[engine->outcome->state_count];
    state->id = thread->id;
    state->events = thread->events;
    state->state = thread->ended            ? STATE_ENDED
                   : thread->spins          ? STATE_SPINS
                   : !thread_may_go(thread) ? STATE_WAITS
                                            : STATE_RUNS;
    state->next = thread->next;
    state->created = thread->created;
    stack_take(thread, thread->next.pc, &state->stack);
    state->held_count = thread->held_count < HELD_MOST ? thread->held_count : HELD_MOST;
    memcpy(state->held, thread->held, state->held_count * sizeof *state->held);
    engine->outcome->state_count++;
}

// The threads' states come last: to tell whether a thread waits, the object that it waits for is
// looked at, and its memory may be gone.
static void sum_up(enum ending ending)
{
    struct outcome *outcome = engine->outcome;
    const struct thread *self = thread_self();
    engine->ending = true;
    outcome->ending = ending;
    outcome->new_racy = racy_new();
    outcome->effort = engine->effort;
    if (outcome->segment_count < SEGMENTS_MOST)
        outcome->segments[outcome->segment_count++] = (struct segment){self->id, self->events + 1};
    for (unsigned id = 1; id < engine->choosing.threads; id++)
        outcome->live_at_end += !thread_of(id)->ended;
    for (unsigned id = 0; id < engine->choosing.threads && is_failure(ending); id++)
        record_state(thread_of(id));
}

static _Noreturn void end_at(enum ending ending, uintptr_t pc)
{
    if (is_failure(ending))
        stack_take(thread_self(), pc, &engine->outcome->stack);
    sum_up(ending);
    run_leave();
}

void run_end(enum ending ending, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    if (is_failure(ending)) // else nobody reads it, and it is most of a short run's time
        vsnprintf(engine->outcome->text, TEXT_MOST, format, arguments);
    va_end(arguments);
    end_at(ending, thread_self()->next.pc);
}

// ---- Findings ----

static bool is_same(const struct fault *one, const struct fault *other)
{
    if (one->kind != other->kind || one->access_count != other->access_count)
        return false;
    for (uint32_t i = 0; i < one->access_count; i++)
        if (one->accesses[i].stack.frames[0] != other->accesses[i].stack.frames[0])
            return false;
    return one->access_count > 0 ||
           (one->object == other->object && one->stack.frames[0] == other->stack.frames[0]);
}

void found(const struct fault *fault)
{
    struct outcome *outcome = engine->outcome;
    for (uint32_t i = 0; i < outcome->fault_count && i < FAULTS_MOST; i++)
        if (is_same(&outcome->faults[i], fault))
            return;
    if (outcome->fault_count < FAULTS_MOST) {
        struct fault *kept = &outcome->faults[outcome->fault_count];
        *kept = *fault;
        kept->step = outcome->step_count;
        kept->thread = thread_self()->id;
    }
    outcome->fault_count++;
}

// The calling thread does what the rest says.
static void found_doing(enum kind kind, const void *object, uintptr_t pc, const char *format,
                        va_list arguments)
{
    if (!running->on)
        return;
    struct fault fault = {.kind = kind, .object = object};
    int length =
        snprintf(fault.text, sizeof fault.text, "%s ", thread_title(thread_self()->id).text);
    vsnprintf(fault.text + length, sizeof fault.text - (size_t)length, format, arguments);
    stack_take(thread_self(), pc, &fault.stack);
    found(&fault);
}

void misuse(const void *object, uintptr_t pc, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    found_doing(KIND_MISUSE, object, pc, format, arguments);
    va_end(arguments);
}

void thread_misuse(enum kind kind, const void *thread, uintptr_t pc, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    found_doing(kind, thread, pc, format, arguments);
    va_end(arguments);
}

void found_and_end(const struct fault *fault)
{
    found(fault);
    snprintf(engine->outcome->text, TEXT_MOST, "%s", fault->text);
    engine->outcome->stack = fault->stack;
    sum_up(ENDED_HEAP);
    run_leave();
}

// ---- The program's ends ----

// A thread that has not been joined when main returns: nothing says that it ever ends its work.
static void check_all_joined(void)
{
    for (unsigned id = 1; id < engine->choosing.threads; id++) {
        const struct thread *thread = thread_of(id);
        if (!thread->joined && !thread->detached)
            thread_misuse(KIND_THREAD_LEAK, thread_object(id), thread->created.frames[0],
                          "ends the program, and nobody has joined %s", thread_title(id).text);
    }
}

int __wrap_atexit(void (*function)(void));
int __wrap_atexit(void (*function)(void))
{
    if (!running->on)
        return atexit(function);
    if (engine->at_exit_count == AT_EXIT_MOST)
        return -1;
    engine->at_exit[engine->at_exit_count++] = function;
    return 0;
}

// The other threads go on, perhaps before the first handler is called. A handler may call exit
// itself, which goes on with those before it.
static void call_at_exit(void)
{
    if (engine->at_exit_count > 0)
        point(OP_YIELD, NULL, NULL, thread_self()->next.pc);
    while (engine->at_exit_count > 0)
        engine->at_exit[--engine->at_exit_count]();
}

_Noreturn static void process_ends(int status, bool returned)
{
    if (returned) {
        point(OP_EXIT, thread_object(thread_self()->id), NULL, 0);
        if (status == 0)
            check_all_joined();
    }
    engine->outcome->main_returned = returned;
    engine->outcome->status = status;
    run_end(status == 0 ? ENDED_WELL : ENDED_WRONG,
            returned ? "main returned %d" : "exit status %d", status);
}

void program_ends(int status, bool returned)
{
    call_at_exit();
    process_ends(status, returned);
}

_Noreturn void __wrap_exit(int status);
_Noreturn void __wrap_exit(int status)
{
    if (!running->on)
        exit(status);
    thread_self()->next.pc = HERE();
    program_ends(status, false);
}

_Noreturn void __wrap__exit(int status);
_Noreturn void __wrap__exit(int status)
{
    if (!running->on)
        _exit(status);
    thread_self()->next.pc = HERE();
    process_ends(status, false);
}

_Noreturn void __wrap_quick_exit(int status);
_Noreturn void __wrap_quick_exit(int status)
{
    __wrap__exit(status);
}

_Noreturn void __wrap_abort(void);
_Noreturn void __wrap_abort(void)
{
    if (!running->on)
        abort();
    thread_self()->next.pc = HERE();
    run_end(ENDED_ABORT, "abort() was called");
}

_Noreturn void __wrap___assert_fail(const char *condition, const char *file, unsigned line,
                                    const char *function);
_Noreturn void __wrap___assert_fail(const char *condition, const char *file, unsigned line,
                                    const char *function)
{
    thread_self()->next.pc = HERE();
    run_end(ENDED_ASSERTION, "%s:%u: %s: assertion \"%s\" failed", file, line, function, condition);
}

// ---- Crashes, and alarms ----

static void unblock(int number)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, number);
    sigprocmask(SIG_UNBLOCK, &set, NULL);
}

// Bounds of the program's code, and of the explorer's in it (CMakeLists.txt).
extern const char __executable_start[], etext[];
extern const char __start_explore_text[] __attribute__((weak));
extern const char __stop_explore_text[] __attribute__((weak));

static bool is_between(uintptr_t address, const char *start, const char *stop)
{
    return address >= (uintptr_t)start && address < (uintptr_t)stop;
}

// Where in the program a signal came, as a return address. In the library, or in the explorer's own
// code (which looks at memory before the program accesses it), that is the last call that was seen.
static uintptr_t place_of_signal(const void *context)
{
    uintptr_t pc = machine_program_counter(context);
    bool is_program = is_between(pc, __executable_start, etext) &&
                      !is_between(pc, __start_explore_text, __stop_explore_text);
    return is_program ? pc + 1 : thread_self()->next.pc;
}

// Whether the thread ran out of stack: the address lies below it, or a large array has taken the
// stack pointer there.
static bool is_overflow(uintptr_t address, uintptr_t stack_pointer)
{
    uintptr_t slot = STACKS_BASE + (uintptr_t)thread_self()->id * STACK_SLOT;
    return (address >= slot && address < slot + STACK_GUARD) || stack_pointer < slot + STACK_GUARD;
}

// What the thread did that led to the signal; `address`: where, if it was about memory.
static const char *what_crashes(int signal, uintptr_t address, const void *context)
{
    enum { NEAR_NULL = 4096 }; // a member of what is not there
    switch (signal) {
    case SIGFPE: return "divides by zero";
    case SIGPIPE: return "writes into a pipe that nobody reads";
    case SIGILL: return "comes to an instruction that does not exist";
    case SIGABRT: return "is stopped by the library, which has found its own memory in disorder";
    }
    if (is_overflow(address, machine_stack_pointer(context)))
        return "has used up its stack";
    return address < NEAR_NULL ? "follows a null pointer"
                               : "follows a pointer to nothing of its own";
}

static void crashed(int number, siginfo_t *info, void *context)
{
    if (!running->on) {
        signal(number, SIG_DFL);
        return;
    }
    unblock(number);
    if (engine->ending)
        run_leave(); // with what has been summed up so far
    const char *what = what_crashes(number, (uintptr_t)info->si_addr, context);
    snprintf(engine->outcome->text, TEXT_MOST, "%s %s", thread_title(thread_self()->id).text, what);
    end_at(ENDED_CRASH, place_of_signal(context));
}

// Nothing has moved since the last alarm: some call blocks, or computes without an end in sight.
static void alarmed(int number, siginfo_t *info, void *context)
{
    static uint64_t last_seen[2];
    (void)info;
    if (!running->on)
        return;
    uint64_t *last = &last_seen[number == SIGALRM], seen = engine->choosing.step;
    for (unsigned id = 0; id < engine->choosing.threads; id++)
        seen += thread_of(id)->events;
    if (*last != seen) {
        *last = seen;
        return;
    }
    unblock(number);
    strcpy(engine->outcome->text, number == SIGALRM ? LOST_BLOCKED : LOST_COMPUTING);
    end_at(ENDED_UNSUPPORTED, place_of_signal(context));
}

void ends_set_up(void)
{
    enum { SIGNAL_STACK = 64 * KIBI };
    const stack_t stack = {.ss_sp = engine_map(SIGNAL_STACK), .ss_size = SIGNAL_STACK};
    sigaltstack(&stack, NULL);
    struct sigaction crash = {.sa_sigaction = crashed,
                              .sa_flags = SA_ONSTACK | SA_NODEFER | SA_SIGINFO};
    static const int crashes[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGPIPE, SIGABRT};
    for (size_t i = 0; i < sizeof crashes / sizeof *crashes; i++)
        sigaction(crashes[i], &crash, NULL);
    struct sigaction alarm = crash;
    alarm.sa_sigaction = alarmed;
    sigaction(SIGVTALRM, &alarm, NULL);
    sigaction(SIGALRM, &alarm, NULL);
}
