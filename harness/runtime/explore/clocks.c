// See clocks.h. Called by atomics.c for atomic operations, and by whoever implements a sync object.

#include "clocks.h"

#include <string.h>

#include "driver_statics.h"
#include "entries.h"
#include "hash.h"

enum { OBJECTS = 1 << 16, OBJECTS_FULL = OBJECTS / 4 * 3, HEADS = 1 << 16 };
enum { EVERYBODY = CLOCKS }; // the thread of a head that all who release join

// What one thread, or everybody, released to an object.
struct head {
    struct clock clock;
    uint32_t next; // in the object's list, or in the list of unused ones; 0: the last
    uint32_t thread;
};

struct object {
    const void *address;
    uint32_t run;   // valid in this run only
    uint32_t first; // of its heads; 0: none
};

struct clocks {
    uint32_t run;          // the number of this run
    uint32_t slots;        // used in this run
    uint32_t slots_ever;   // in this process: entries of any clock beyond are 0
    uint32_t last[CLOCKS]; // each slot's latest time when a thread last began or released there
    uint32_t objects_used;
    uint32_t heads_used, heads_unused; // from 1; the list of those given back
    struct object objects[OBJECTS];    // hashed by address
    struct head heads[HEADS];          // 0 stands for none
};

static struct clocks *all;

void clock_set_up(void)
{
    all = engine_map(sizeof *all);
}

void clock_reset(void)
{
    all->run++;
    all->slots = 0;
    memset(all->last, 0, sizeof all->last);
    all->objects_used = all->heads_used = all->heads_unused = 0;
}

unsigned clock_slots(void)
{
    return all->slots;
}

// ---- Clocks ----

static void clear(struct clock *clock)
{
    entries_clear(clock->at, all->slots_ever);
}

static void copy(struct clock *to, const struct clock *from)
{
    entries_copy(to->at, from->at, all->slots_ever);
}

static void join(struct clock *into, const struct clock *from)
{
    entries_join(into->at, from->at, all->slots);
}

// ---- Objects and their heads ----

// Gives the object's entry, made if need be; NULL if there is none and `make` is false.
static struct object *object_at(const void *address, bool make)
{
    size_t at = hash_address((uintptr_t)address) % OBJECTS;
    while (all->objects[at].run == all->run && all->objects[at].address != address)
        at = (at + 1) % OBJECTS;
    struct object *object = &all->objects[at];
    if (object->run == all->run)
        return object;
    if (!make)
        return NULL;
    if (++all->objects_used > OBJECTS_FULL)
        run_end(past_limit(), "more than %d locks and atomic objects", OBJECTS_FULL);
    *object = (struct object){.address = address, .run = all->run};
    return object;
}

static uint32_t take_head(uint32_t thread)
{
    uint32_t number = all->heads_unused;
    if (number != 0)
        all->heads_unused = all->heads[number].next;
    else if ((number = ++all->heads_used) >= HEADS)
        run_end(past_limit(), "more than %d releases that last", HEADS);
    clear(&all->heads[number].clock);
    all->heads[number].thread = thread;
    return number;
}

// Ends all release sequences but those headed by `thread`. EVERYBODY's is no release sequence.
static void end_sequences(struct object *object, uint32_t thread)
{
    uint32_t *link = &object->first;
    while (*link != 0) {
        uint32_t number = *link;
        struct head *head = &all->heads[number];
        if (head->thread == thread) {
            link = &head->next;
            continue;
        }
        *link = head->next;
        head->next = all->heads_unused;
        all->heads_unused = number;
    }
}

static struct clock *head_of(struct object *object, uint32_t thread)
{
    for (uint32_t number = object->first; number != 0; number = all->heads[number].next)
        if (all->heads[number].thread == thread)
            return &all->heads[number].clock;
    uint32_t number = take_head(thread);
    all->heads[number].next = object->first;
    object->first = number;
    return &all->heads[number].clock;
}

// ---- Threads ----

// What the thread does from now on is not covered by what it has released so far.
static void tick(struct thread *thread)
{
    all->last[thread->id] = ++thread->memory.clock.at[thread->id];
}

// Joins all that was released to the object.
static void join_heads(struct clock *into, const void *address)
{
    const struct object *object = object_at(address, false);
    if (object == NULL)
        return;
    for (uint32_t number = object->first; number != 0; number = all->heads[number].next)
        join(into, &all->heads[number].clock);
}

void clock_thread_begin(struct thread *child, const struct thread *parent)
{
    struct thread_memory *memory = &child->memory;
    unsigned id = child->id;
    if (id >= all->slots)
        all->slots = id + 1;
    if (all->slots > all->slots_ever)
        all->slots_ever = all->slots;
    if (parent != NULL)
        copy(&memory->clock, &parent->memory.clock);
    else
        clear(&memory->clock);
    memory->has_released = memory->has_acquired = false;
    memory->depth = 0;
    all->last[id]++; // a slot used again goes on counting
    memory->clock.at[id] = all->last[id];
    if (parent != NULL)
        tick(thread_of(parent->id));
}

bool clock_may_reuse(unsigned id)
{
    return id >= all->slots || thread_self()->memory.clock.at[id] >= all->last[id];
}

void clock_join(const struct thread *ended)
{
    join(&thread_self()->memory.clock, &ended->memory.clock);
}

// ---- Locks ----

void clock_acquire(const void *object)
{
    join_heads(&thread_self()->memory.clock, object);
}

void clock_release(const void *object)
{
    struct thread *self = thread_self();
    join(head_of(object_at(object, true), EVERYBODY), &self->memory.clock);
    tick(self);
}

// What readers release to a reader-writer lock is kept apart, at an address inside the lock that no
// object of its own can have.
static const void *readers_of(const void *lock)
{
    return (const char *)lock + 1;
}

void clock_release_shared(const void *object)
{
    clock_release(readers_of(object));
}

void clock_acquire_shared(const void *object)
{
    clock_acquire(readers_of(object));
}

// ---- Atomic operations ----

static bool acquires(int order)
{
    return order == __ATOMIC_ACQUIRE || order == __ATOMIC_CONSUME || order == __ATOMIC_ACQ_REL ||
           order == __ATOMIC_SEQ_CST;
}

static bool releases(int order)
{
    return order == __ATOMIC_RELEASE || order == __ATOMIC_ACQ_REL || order == __ATOMIC_SEQ_CST;
}

// What a load of the calling thread takes in becomes part of this.
static struct clock *loaded(int order)
{
    struct thread_memory *memory = &thread_self()->memory;
    if (acquires(order))
        return &memory->clock;
    if (!memory->has_acquired)
        clear(&memory->acquired);
    memory->has_acquired = true;
    return &memory->acquired;
}

void clock_load(const void *object, int order)
{
    join_heads(loaded(order), object);
}

void clock_released(const void *object, struct clock *released)
{
    clear(released);
    join_heads(released, object);
}

void clock_load_released(const struct clock *released, int order)
{
    join(loaded(order), released);
}

// The releasing part of a store or update: a head of the thread's own, if it releases or follows a
// release fence.
static void release_to(struct object *object, struct thread *self, int order)
{
    if (releases(order)) {
        copy(head_of(object, self->id), &self->memory.clock);
        tick(self);
    } else if (self->memory.has_released) {
        join(head_of(object, self->id), &self->memory.released);
    }
}

void clock_store(const void *object, int order)
{
    struct thread *self = thread_self();
    struct object *entry = object_at(object, true);
    end_sequences(entry, self->id);
    release_to(entry, self, order);
}

void clock_update(const void *object, int order)
{
    release_to(object_at(object, true), thread_self(), order);
}

void clock_fence(int order)
{
    struct thread *self = thread_self();
    struct thread_memory *memory = &self->memory;
    if (acquires(order) && memory->has_acquired)
        join(&memory->clock, &memory->acquired);
    if (releases(order)) {
        copy(&memory->released, &memory->clock);
        memory->has_released = true;
        tick(self);
    }
}
