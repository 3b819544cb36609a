// Threads as coroutines: each has a guarded stack in a slot of its own and, at the top of the slot,
// its own copy of main's static thread-local storage and control block. So errno and the addresses
// of thread-local variables are each thread's own, and the same in every process.

#define _GNU_SOURCE
#include "core.h"
#include "driver_statics.h"
#include "machine.h"

#include <dlfcn.h>
#include <limits.h>
#include <link.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum {
    CONTROL_BLOCK_GUESS = 2304, // glibc 2.36's; asked of the library where it tells
    STATIC_TLS_MOST = 64 * KIBI,
    SPARE = 128, // left free above a stack's first word
};

// What a new thread's block begins as: main's, before main runs.
static struct {
    char *image;
    size_t below;  // bytes of thread-local storage below the thread pointer
    size_t length; // of all: those, and the control block above
} block;

// Looks for the lowest address of this thread's static thread-local storage.
static int find_storage(struct dl_phdr_info *info, size_t size, void *data)
{
    (void)size;
    const char *thread_pointer = data;
    for (int i = 0; i < info->dlpi_phnum; i++) {
        if (info->dlpi_phdr[i].p_type != PT_TLS || info->dlpi_tls_data == NULL)
            continue;
        size_t below = (size_t)(thread_pointer - (const char *)info->dlpi_tls_data);
        if (below < STATIC_TLS_MOST && below > block.below)
            block.below = below;
    }
    return 0;
}

static size_t control_block_size(void)
{
    const uint32_t *told = dlsym(RTLD_DEFAULT, "_thread_db_sizeof_pthread");
    return told != NULL ? *told : CONTROL_BLOCK_GUESS;
}

void threads_set_up(void)
{
    running->self = &engine->threads[0]; // constructors may come to wrapped calls
    engine->choosing.threads = 1;
    char *pointer = machine_thread_pointer();
    dl_iterate_phdr(find_storage, pointer);
    block.below = (block.below + 63) & ~(size_t)63;
    block.length = block.below + control_block_size();
    block.image = engine_map(block.length);
    memcpy(block.image, pointer - block.below, block.length);

    size_t size = (size_t)THREADS_MAX * STACK_SLOT;
    char *slots = mmap((void *)STACKS_BASE, size, PROT_READ | PROT_WRITE,
                       MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED_NOREPLACE, -1, 0);
    if (slots != (char *)STACKS_BASE)
        abort();
    threads_guard(1);
}

void threads_guard(unsigned count)
{
    for (; engine->guards <= count && engine->guards < THREADS_MAX; engine->guards++)
        mprotect((void *)(STACKS_BASE + (uintptr_t)engine->guards * STACK_SLOT), STACK_GUARD,
                 PROT_NONE);
}

void threads_reset(void)
{
    engine->choosing.threads = 0;
    engine->choosing.live = 0;
    running->live = 0;
    running->signalfd = false;
    engine->current = 0;
    running->self = &engine->threads[0];
    memset(engine->keys, 0, engine->keys_used * sizeof *engine->keys);
    engine->keys_used = 0;
}

struct thread *thread_of(unsigned id)
{
    return &engine->threads[id];
}

// Gives the thread in slot `id` its storage and a stack that begins with `begin`.
static void set_up_stack(struct thread *thread, void (*begin)(void))
{
    uintptr_t end = STACKS_BASE + ((uintptr_t)thread->id + 1) * STACK_SLOT;
    uintptr_t control = (end - (block.length - block.below) - SPARE) & ~(uintptr_t)63;
    uintptr_t storage = control - block.below;
    memcpy((void *)storage, block.image, block.length);
    machine_own_control_block((void *)control);
    thread->thread_pointer = (void *)control;
    thread->stack_top = storage - SPARE;
    thread->stack_pointer = machine_new_stack((void *)thread->stack_top, begin);
}

// A slot: a new one, or that of a thread that was joined; THREADS_MAX if none is left.
static unsigned free_slot(void)
{
    struct choosing *choosing = &engine->choosing;
    if (choosing->threads < THREADS_MAX) {
        threads_guard(choosing->threads + 1);
        return choosing->threads++;
    }
    for (unsigned id = 1; id < THREADS_MAX; id++)
        if (engine->threads[id].ended &&
            (engine->threads[id].joined || engine->threads[id].detached))
            return id;
    return THREADS_MAX;
}

static struct thread *occupy(unsigned id, enum op op, const struct thread *parent)
{
    struct thread *thread = &engine->threads[id];
    memset(thread, 0, offsetof(struct thread, created));
    thread->id = (uint8_t)id;
    thread->next = (struct operation){op, thread_object(id), NULL, 0, 0};
    thread->events = 1;
    thread->patience = PATIENCE;
    thread->look_generation++;
    for (unsigned key = 0; key < engine->keys_used; key++)
        thread->values[key] = NULL;
    thread->story_step = -1;
    thread->created.depth = 0;
    engine->choosing.next[id] = &thread->next;
    engine->choosing.live |= UINT64_C(1) << id;
    running->live++;
    fairness_thread_begins(id);
    clock_thread_begin(thread, parent);
    return thread;
}

static void run_thread(void)
{
    struct thread *self = thread_self();
    thread_exit(self->function(self->argument));
}

struct thread *thread_begin(void *(*function)(void *), void *argument, uintptr_t pc)
{
    enum { CREATION_EFFORT = 60 };
    effort(CREATION_EFFORT);
    unsigned id = free_slot();
    if (id == THREADS_MAX && driver_is_there())
        return NULL;
    if (id == THREADS_MAX)
        run_end(ENDED_UNSUPPORTED, "more than %d threads at a time", THREADS_MAX);
    struct thread *thread = occupy(id, OP_START, thread_self());
    thread->function = function;
    thread->argument = argument;
    thread->next.pc = pc;
    stack_take(thread_self(), pc, &thread->created);
    set_up_stack(thread, run_thread);
    engine->outcome->threads++;
    return thread;
}

void thread_begin_main(void (*body)(void))
{
    struct thread *thread = occupy(free_slot(), OP_START, NULL);
    set_up_stack(thread, body);
    engine->outcome->threads = 1;
}

void thread_switch(unsigned id)
{
    struct thread *from = thread_self(), *to = &engine->threads[id];
    if (from == to)
        return;
    engine->current = (uint8_t)id;
    running->self = to;
    machine_set_thread_pointer(to->thread_pointer);
    machine_switch(&from->stack_pointer, to->stack_pointer);
}

struct thread *thread_named(unsigned long handle)
{
    if (handle == 0 || handle > engine->choosing.threads)
        return NULL;
    return &engine->threads[handle - 1];
}

// Runs the destructors of thread-specific data, as often as the standard says at most.
static void destroy_values(struct thread *self)
{
    bool again = true;
    for (int round = 0; again && round < PTHREAD_DESTRUCTOR_ITERATIONS; round++) {
        again = false;
        for (unsigned key = 0; key < engine->keys_used; key++) {
            void *value = (void *)(uintptr_t)self->values[key];
            if (value == NULL || engine->keys[key].destructor == NULL)
                continue;
            self->values[key] = NULL;
            engine->keys[key].destructor(value);
            again = true;
        }
    }
}

void thread_exit(void *result)
{
    struct thread *self = thread_self();
    self->result = result;
    self->cancel_disabled = true;
    self->exiting = true;
    if (self->cleanup != NULL)
        longjmp(*(jmp_buf *)self->cleanup, 1); // returns by __pthread_unwind_next
    destroy_values(self);
    locks_leave();
    point(OP_EXIT, thread_object(self->id), NULL, 0);
    clock_release(thread_object(self->id));
    self->ended = true;
    self->waiting = NULL;
    running->live--;
    engine->choosing.live &= ~(UINT64_C(1) << self->id);
    effect(thread_object(self->id));
    if (running->live == 0)
        program_ends(0, false);
    schedule_next();
    abort(); // nobody goes on with a thread that has ended
}

// ---- What is left of it ----

static _Noreturn void used_after_end(const struct thread *ended, const void *address, size_t size,
                                     int flags, uintptr_t pc)
{
    struct fault fault = fault_of_access(KIND_USE_AFTER_FREE, address, size, flags, pc);
    bool local = (uintptr_t)address > ended->stack_top;
    snprintf(fault.text, sizeof fault.text, "%zu %s %s %s %s, which has ended", size,
             size == 1 ? "byte is" : "bytes are", fault.accesses[0].write ? "written" : "read",
             local ? "in the thread-local storage of" : "on the stack of",
             thread_title(ended->id).text);
    found_and_end(&fault);
}

// main, whose stack is there until the program ends, is excepted.
void thread_check_access(const void *address, size_t size, int flags, uintptr_t pc)
{
    uintptr_t offset = (uintptr_t)address - STACKS_BASE;
    if (offset < STACK_SLOT || offset >= (uintptr_t)THREADS_MAX * STACK_SLOT)
        return;
    const struct thread *owner = &engine->threads[offset / STACK_SLOT];
    if (owner->ended && owner->id != engine->current)
        used_after_end(owner, address, size, flags, pc);
}
