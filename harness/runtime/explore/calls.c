// See calls.h. accesses.c enters and leaves; races.c and heap.c keep paths with what they remember.

#include "calls.h"

#include <string.h>

#include "hash.h"

enum { PATHS_MOST = 3 << 14, PLACES_MOST = 4 << 14, PLACES_FIRST = 1 << 8, TIMES_MORE = 4 };

// A path: one more call at the end of another path. Its number is its index, from 1.
struct path {
    uintptr_t caller;
    uint32_t above;
};

// Paths lie one behind the other, and there are as many places as they need: a run in a process of
// its own makes each page anew that it writes to.
struct paths {
    uint32_t used;
    uint32_t place_count;         // a power of two
    uint32_t places[PLACES_MOST]; // paths' numbers, hashed by both members; 0: empty
    struct path paths[PATHS_MOST + 1];
};

static struct paths *all;

void calls_set_up(void)
{
    all = engine_map(sizeof *all);
    all->place_count = PLACES_FIRST;
}

// Gives the place of the path's number, or the empty one where it belongs.
static uint32_t *place_of(uint32_t above, uintptr_t caller)
{
    size_t at = hash_number(caller + hash_number(above)) % all->place_count;
    for (;; at = (at + 1) % all->place_count) {
        const struct path *path = &all->paths[all->places[at]];
        if (all->places[at] == 0 || (path->caller == caller && path->above == above))
            return &all->places[at];
    }
}

static void make_more_places(void)
{
    all->place_count *= TIMES_MORE;
    memset(all->places, 0, all->place_count * sizeof *all->places);
    for (uint32_t number = 1; number <= all->used; number++)
        *place_of(all->paths[number].above, all->paths[number].caller) = number;
}

// Gives the number of the path, or `above` if the table is full: a stack then lacks its innermost
// frames.
static uint32_t path_to(uint32_t above, uintptr_t caller)
{
    uint32_t *place = place_of(above, caller);
    if (*place != 0)
        return *place;
    if (all->used == PATHS_MOST)
        return above;
    if (all->used == all->place_count / 2 && all->place_count < PLACES_MOST) {
        make_more_places();
        place = place_of(above, caller);
    }
    *place = ++all->used;
    all->paths[all->used] = (struct path){caller, above};
    return all->used;
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

// ---- Accesses, with the stack that they are made at ----

struct access own_access(const void *address, size_t size, int flags)
{
    return (struct access){.thread = thread_self()->id,
                           .write = (flags & ACCESS_WRITE) != 0,
                           .atomic = (flags & ACCESS_ATOMIC) != 0,
                           .size = (uint32_t)size,
                           .address = (uintptr_t)address};
}

struct fault fault_of_access(enum kind kind, const void *address, size_t size, int flags,
                             uintptr_t pc)
{
    struct fault fault = {.kind = kind, .access_count = 1, .object = address};
    stack_take(thread_self(), pc, &fault.stack);
    fault.accesses[0] = own_access(address, size, flags);
    fault.accesses[0].stack = fault.stack;
    return fault;
}
