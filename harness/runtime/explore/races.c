// See races.h. Called for every access of the program, by accesses.c, atomics.c, ranges.c and
// heap.c.

#include "races.h"

#include <stdio.h>

#include "calls.h"
#include "clocks.h"
#include "driver_statics.h"
#include "hash.h"
#include "heap.h"
#include "racy.h"

enum { CELLS = 1 << 20, CELLS_FULL = CELLS / 4 * 3, RECORDS = 1 << 22 };
enum { PAIRS_MOST = 64 };

// An access that may still race with one to come.
struct record {
    uintptr_t pc;
    uint32_t calls; // by which path (calls.h)
    uint32_t clock; // when, by the thread's own time
    uint32_t next;  // in the cell's list, or in that of unused ones; 0: the last
    uint8_t thread;
    uint8_t mask;  // of bytes in the granule
    uint8_t flags; // ACCESS_...
};

// The records of a granule.
struct cell {
    uintptr_t granule; // its address, divided
    uint32_t run;      // valid in this run only
    uint32_t first;    // the latest record; 0: none
};

// Two places in the program that raced in this run.
struct pair {
    uintptr_t earlier, later;
};

struct races {
    uint32_t run;
    uint32_t cells_used;
    uint32_t records_used, records_unused; // from 1; the list of those given back
    uint32_t pair_count;
    struct pair pairs[PAIRS_MOST];
    struct cell cells[CELLS]; // hashed by address
    struct record records[RECORDS];
};

static struct races *all;

void races_set_up(void)
{
    all = engine_map(sizeof *all);
}

void races_reset(void)
{
    all->run++;
    all->cells_used = all->records_used = all->records_unused = all->pair_count = 0;
    racy_settle();
}

// ---- Cells and records ----

// Gives the granule's cell, made if need be; NULL if there is none and `make` is false.
static struct cell *cell_at(uintptr_t granule, bool make)
{
    size_t at = hash_address(granule * GRANULE) % CELLS;
    while (all->cells[at].run == all->run && all->cells[at].granule != granule)
        at = (at + 1) % CELLS;
    struct cell *cell = &all->cells[at];
    if (cell->run == all->run)
        return cell;
    if (!make)
        return NULL;
    if (++all->cells_used > CELLS_FULL)
        run_end(past_limit(), "more than %d words of memory in use", CELLS_FULL);
    *cell = (struct cell){.granule = granule, .run = all->run};
    return cell;
}

static uint32_t take_record(void)
{
    uint32_t number = all->records_unused;
    if (number != 0)
        all->records_unused = all->records[number].next;
    else if ((number = ++all->records_used) >= RECORDS)
        run_end(past_limit(), "more than %d accesses that may still race", RECORDS);
    return number;
}

// Removes the record that *link leads to.
static void drop_record(uint32_t *link)
{
    uint32_t number = *link;
    *link = all->records[number].next;
    all->records[number].next = all->records_unused;
    all->records_unused = number;
}

// ---- What conflicts ----

static bool conflict(unsigned flags, unsigned others)
{
    return ((flags | others) & ACCESS_WRITE) != 0 && (flags & others & ACCESS_ATOMIC) == 0;
}

// Whether all that conflicts with an access with the flags `others` also conflicts with one that
// has `flags`.
static bool stands_for(unsigned flags, unsigned others)
{
    return ((flags & ACCESS_WRITE) != 0 || (others & ACCESS_WRITE) == 0) &&
           ((flags & ACCESS_ATOMIC) == 0 || (others & ACCESS_ATOMIC) != 0);
}

static bool covers(const struct record *record, const struct record *other)
{
    return (other->mask & ~record->mask) == 0 && stands_for(record->flags, other->flags);
}

// ---- Reports ----

// Whether it is the first time in this run that the two places race.
static bool is_new_pair(uintptr_t earlier, uintptr_t later)
{
    for (uint32_t i = 0; i < all->pair_count; i++)
        if (all->pairs[i].earlier == earlier && all->pairs[i].later == later)
            return false;
    if (all->pair_count == PAIRS_MOST)
        return false;
    all->pairs[all->pair_count++] = (struct pair){earlier, later};
    return true;
}

static void describe(const struct record *record, uintptr_t granule, struct access *access)
{
    *access = (struct access){
        .thread = record->thread,
        .write = (record->flags & ACCESS_WRITE) != 0,
        .atomic = (record->flags & ACCESS_ATOMIC) != 0,
        .frees = (record->flags & ACCESS_FREE) != 0,
        .size = (uint32_t)__builtin_popcount(record->mask),
        .address = granule * GRANULE + (unsigned)__builtin_ctz(record->mask),
    };
    calls_stack(record->calls, record->pc, &access->stack);
}

static const char *verb(const struct access *access)
{
    if (access->frees)
        return "frees";
    if (access->atomic)
        return access->write ? "atomically changes" : "atomically reads";
    return access->write ? "writes" : "reads";
}

static void report(uintptr_t granule, const struct record *earlier, const struct record *later)
{
    racy_add(granule);
    if (!is_new_pair(earlier->pc, later->pc))
        return;
    struct fault fault = {.kind = KIND_RACE, .access_count = 2};
    struct access *first = &fault.accesses[0], *second = &fault.accesses[1];
    describe(earlier, granule, first);
    describe(later, granule, second);
    fault.stack = second->stack;
    fault.object = (const void *)second->address;
    heap_describe(fault.object, &fault);
    snprintf(fault.text, sizeof fault.text,
             "%s %s %u byte%s, %s %s %u of the same, and nothing orders the two",
             thread_title(first->thread).text, verb(first), first->size,
             first->size == 1 ? "" : "s", thread_title(second->thread).text, verb(second),
             second->size);
    found(&fault);
}

// ---- Accesses ----

// Checks `access` against the records of its granule, and drops those that it covers from now on:
// whoever races with them later also races with it. False if a record of the thread's own, made at
// the same time, already covers it. `clock` is the thread's.
static bool check(struct cell *cell, const struct record *access, const struct clock *clock)
{
    uint32_t *link = &cell->first;
    while (*link != 0) {
        const struct record *record = &all->records[*link];
        if (record->thread == access->thread && record->clock == access->clock &&
            covers(record, access))
            return false;
        bool before = record->clock <= clock->at[record->thread];
        if (!before && (record->mask & access->mask) != 0 && conflict(record->flags, access->flags))
            report(cell->granule, record, access);
        if (before && covers(access, record))
            drop_record(link);
        else
            link = &all->records[*link].next;
    }
    return true;
}

static struct record record_now(const struct thread *self, unsigned flags, uintptr_t pc)
{
    return (struct record){.pc = pc,
                           .calls = calls_of(self),
                           .clock = self->memory.clock.at[self->id],
                           .thread = self->id,
                           .flags = (uint8_t)flags};
}

// Adds the record to its granule's. Each member is copied by itself: all of it at once would have to
// wait until the members, just written one by one, are in memory.
static void keep(struct cell *cell, const struct record *access)
{
    uint32_t number = take_record();
    struct record *record = &all->records[number];
    record->pc = access->pc;
    record->calls = access->calls;
    record->clock = access->clock;
    record->next = cell->first;
    record->thread = access->thread;
    record->mask = access->mask;
    record->flags = access->flags;
    cell->first = number;
}

// The bytes of [begin, end) that lie in the granule.
static uint8_t mask_in(uintptr_t granule, uintptr_t begin, uintptr_t end)
{
    uintptr_t base = granule * GRANULE;
    unsigned from = begin > base ? (unsigned)(begin - base) : 0;
    unsigned to = end - base < GRANULE ? (unsigned)(end - base) : GRANULE;
    return (uint8_t)((1u << to) - (1u << from));
}

void races_access(const void *address, size_t size, int flags, uintptr_t pc)
{
    if (size == 0 || clock_slots() < 2) // nobody else yet: what was done so far happened before
        return;
    uintptr_t begin = (uintptr_t)address, end = begin + size;
    const struct thread *self = thread_self();
    struct record access = record_now(self, (unsigned)flags, pc);
    for (uintptr_t granule = begin / GRANULE; granule * GRANULE < end; granule++) {
        access.mask = mask_in(granule, begin, end);
        struct cell *cell = cell_at(granule, true);
        if (!check(cell, &access, &self->memory.clock))
            continue;
        keep(cell, &access);
    }
}

void races_free(const void *address, size_t size, uintptr_t pc)
{
    if (clock_slots() < 2)
        return;
    uintptr_t begin = (uintptr_t)address, end = begin + size;
    const struct thread *self = thread_self();
    struct record access = record_now(self, ACCESS_WRITE | ACCESS_FREE, pc);
    for (uintptr_t granule = begin / GRANULE; granule * GRANULE < end; granule++) {
        struct cell *cell = cell_at(granule, false);
        access.mask = mask_in(granule, begin, end);
        if (cell != NULL)
            check(cell, &access, &self->memory.clock);
    }
}

static void forget(struct cell *cell)
{
    while (cell->first != 0)
        drop_record(&cell->first);
}

void races_unmap(const void *address, size_t size)
{
    uintptr_t first = (uintptr_t)address / GRANULE, count = size / GRANULE;
    if (clock_slots() < 2)
        return;
    for (uintptr_t i = 0; i < count && count <= CELLS; i++) {
        struct cell *cell = cell_at(first + i, false);
        if (cell != NULL)
            forget(cell);
    }
    for (size_t i = 0; i < CELLS && count > CELLS; i++)
        if (all->cells[i].run == all->run && all->cells[i].granule - first < count)
            forget(&all->cells[i]);
}

// ---- Sync objects ----

void object_used(const void *object, size_t size, uintptr_t pc)
{
    heap_check(object, size, pc);
    races_access(object, size, ACCESS_ATOMIC, pc);
}

void object_made(const void *object, size_t size, uintptr_t pc)
{
    heap_check(object, size, pc);
    races_access(object, size, ACCESS_WRITE, pc);
}
