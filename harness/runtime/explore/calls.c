// See calls.h. accesses.c enters and leaves; races.c and heap.c keep paths with what they remember.

#include "calls.h"

#include "hash.h"

enum { PATHS = 1 << 16, PATHS_FULL = PATHS / 4 * 3 };

// A path: one more call at the end of another path. Its number is its index; 0 is never used.
struct path {
    uintptr_t caller; // 0: the entry is empty
    uint32_t above;
};

struct paths {
    uint32_t used;
    struct path paths[PATHS]; // hashed by both members
};

static struct paths *all;

void calls_set_up(void)
{
    all = engine_map(sizeof *all);
}

// Gives the number of the path, or `above` if the table is full: a stack then lacks its innermost
// frames.
static uint32_t path_to(uint32_t above, uintptr_t caller)
{
    size_t at = hash_number(caller + hash_number(above)) % PATHS;
    for (;; at = (at + 1) % PATHS) {
        struct path *path = &all->paths[at];
        if (at == 0)
            continue;
        if (path->caller == caller && path->above == above)
            return (uint32_t)at;
        if (path->caller != 0)
            continue;
        if (all->used >= PATHS_FULL)
            return above;
        all->used++;
        *path = (struct path){caller, above};
        return (uint32_t)at;
    }
}

uint32_t calls_of(const struct thread *thread)
{
    const struct thread_memory *memory = &thread->memory;
    if (memory->depth == 0)
        return 0;
    uint32_t top = memory->depth < SHADOW_STACK_MOST ? memory->depth : SHADOW_STACK_MOST;
    return memory->frames[top - 1].calls;
}

uint32_t calls_now(void)
{
    return calls_of(thread_self());
}

// A function that was left by longjmp has not said so: its part of the stack is used again.
static void forget_abandoned(struct thread_memory *memory, uintptr_t stack)
{
    while (memory->depth > 0 && memory->depth <= SHADOW_STACK_MOST &&
           memory->frames[memory->depth - 1].stack <= stack)
        memory->depth--;
}

void calls_enter(uintptr_t caller, uintptr_t stack)
{
    struct thread_memory *memory = &thread_self()->memory;
    forget_abandoned(memory, stack);
    uint32_t above = calls_now();
    if (memory->depth < SHADOW_STACK_MOST)
        memory->frames[memory->depth] = (struct frame){stack, path_to(above, caller)};
    memory->depth++;
}

void calls_leave(void)
{
    struct thread_memory *memory = &thread_self()->memory;
    if (memory->depth > 0)
        memory->depth--;
}

void calls_stack(uint32_t calls, uintptr_t pc, struct stack *stack)
{
    stack->depth = 0;
    stack->frames[stack->depth++] = pc;
    for (; calls != 0 && stack->depth < STACK_MOST; calls = all->paths[calls].above)
        stack->frames[stack->depth++] = all->paths[calls].caller;
}

void stack_take(const struct thread *thread, uintptr_t pc, struct stack *stack)
{
    calls_stack(calls_of(thread), pc, stack);
}
