// Spinning, exactly: a thread that looks at the same place, gets the same value, and has done
// nothing since that any other thread could see goes round in a circle if its stack is the same as
// at the look before. (Programs are compiled with -O0: all of a thread's state lies there.) Such a
// thread is blocked until somebody changes what it looks at.
//
// A stack that differs though nothing was done (a counter of vain tries) is given the benefit of
// the doubt for a number of repeats.

#include "core.h"
#include "hash.h"

enum {
    LIST_MASK = LOOK_LISTS - 1,
    DOUBT = 10,           // times a thread's patience: then it is a circle, whatever its stack
    LONE_EVENTS = 100000, // a thread alone is watched only when it has got nowhere for so long
    STACK_WATCHED = 64 * KIBI,
    STACK_AT_ONCE = 128, // bytes hashed in the time of an access
};

static uint64_t mix(uint64_t hash, uint64_t word)
{
    hash = (hash ^ word) * 0x9e3779b97f4a7c15u;
    return hash ^ hash >> 29;
}

uint64_t stack_hash(const struct thread *self)
{
    uintptr_t from = self->frame & ~(uintptr_t)7, top = self->stack_top;
    if (from > top || top - from > STACK_WATCHED)
        return 0;
    uint64_t hash = 1469598103934665603u;
    effort((top - from) / STACK_AT_ONCE);
    for (; from < top; from += sizeof(uint64_t))
        hash = mix(hash, *(const uint64_t *)from);
    return hash | 1;
}

// ---- Looks ----

// Where the program's code and data lie must decide nothing, or the same program linked again would
// be searched in other schedules: addresses only choose the list in which a look is found.
static struct look_list *list_of(struct thread *self, uintptr_t pc, const void *address)
{
    struct look_list *list = &self->look_lists[mix(pc, (uintptr_t)address) >> 32 & LIST_MASK];
    if (list->generation != self->look_generation)
        *list = (struct look_list){self->look_generation, 0};
    return list;
}

// The look at `address` from `pc`; NULL if none is remembered.
static struct look *look_at(struct thread *self, uintptr_t pc, const void *address)
{
    for (uint8_t number = list_of(self, pc, address)->first; number != 0;) {
        struct look *look = &self->looks[number - 1];
        if (look->pc == pc && look->address == address)
            return look;
        number = look->next;
    }
    return NULL;
}

// Takes a look out of its list. Which one it is depends only on how many were before.
static uint8_t replaced_look(struct thread *self)
{
    uint8_t number = (uint8_t)(1 + hash_number(self->looks_replaced++) % LOOKS_MOST);
    const struct look *look = &self->looks[number - 1];
    uint8_t *link = &list_of(self, look->pc, look->address)->first;
    while (*link != number)
        link = &self->looks[*link - 1].next;
    *link = look->next;
    return number;
}

static struct look *new_look(struct thread *self, uintptr_t pc, const void *address)
{
    bool full = self->look_count == LOOKS_MOST;
    uint8_t number = full ? replaced_look(self) : (uint8_t)++self->look_count;
    struct look_list *list = list_of(self, pc, address);
    struct look *look = &self->looks[number - 1];
    *look = (struct look){.pc = pc, .address = address, .next = list->first};
    list->first = number;
    return look;
}

// ---- Circles ----

static bool is_power_of_two(uint32_t number)
{
    return (number & (number - 1)) == 0;
}

// Hashing costs: a plain read's stack is hashed only at repeats 4 and 5, 8 and 9, 16 and 17 ...
static bool is_hashed(uint32_t repeats, bool is_call)
{
    return is_call || (repeats >= 4 && (is_power_of_two(repeats) || is_power_of_two(repeats - 1)));
}

// Whether the hash before is that of the look just before this one.
static bool is_comparable(uint32_t repeats, bool is_call)
{
    return is_call || is_power_of_two(repeats - 1);
}

static void look_again(struct thread *self, struct look *look, bool is_call)
{
    uint32_t repeats = ++look->repeats;
    bool in_doubt_too_long = repeats >= DOUBT * self->patience && !is_stubborn();
    self->vain++;
    if (!in_doubt_too_long && !is_hashed(repeats, is_call))
        return;
    uint64_t hash = stack_hash(self);
    bool same = hash != 0 && hash == look->hash && is_comparable(repeats, is_call);
    engine->outcome->counted_vain += !same && look->hash != 0 && is_comparable(repeats, is_call);
    look->hash = hash;
    if (same || in_doubt_too_long) {
        look->repeats = 0;
        self->circles = true;
        self->in_doubt = !same;
    }
}

void look(uintptr_t pc, const void *address, uint64_t value, bool is_call)
{
    struct thread *self = thread_self();
    if (!running->on || (running->live < 2 && self->events - self->progress_at < LONE_EVENTS))
        return;
    struct look *look = look_at(self, pc, address);
    if (look != NULL && look->value == value) {
        look_again(self, look, is_call);
        return;
    }
    if (look == NULL)
        look = new_look(self, pc, address);
    look->is_call = is_call;
    look->value = value;
    look->hash = is_call ? stack_hash(self) : 0;
    look->repeats = 0;
}

void yields(struct thread *self, uintptr_t pc)
{
    if (!running->on || running->live < 2 || engine->schedule->replay)
        return;
    uint64_t hash = stack_hash(self);
    self->counts = pc == self->yielded_from && hash != 0 && hash != self->yielded_with;
    engine->outcome->counted_vain += self->counts;
    self->yielded_from = pc;
    self->yielded_with = hash;
}

static void forget_looks(struct thread *thread)
{
    thread->look_generation++;
    thread->look_count = 0;
    thread->vain = 0;
    thread->progress_at = thread->events;
    thread->patience = PATIENCE;
    thread->circles = false;
}

void look_ends(struct thread *thread)
{
    thread->spins = false;
    forget_looks(thread);
}

void progress_of_lock(void)
{
    if (running->on)
        forget_looks(thread_self());
}

void progress(void)
{
    progress_of_lock();
    memory_changed();
}

static bool in_range(const void *looked_at, uintptr_t first, uintptr_t last)
{
    uintptr_t word = (uintptr_t)looked_at >> 3;
    return word >= first >> 3 && word <= last >> 3;
}

static bool awaits_range(const struct thread *thread, uintptr_t first, uintptr_t last)
{
    for (size_t i = 0; i < thread->look_count; i++)
        if (in_range(thread->looks[i].address, first, last))
            return true;
    return false;
}

bool awaits_time(const struct thread *thread)
{
    uintptr_t clock = (uintptr_t)&engine->clock;
    return thread->spins && awaits_range(thread, clock, clock);
}

// Whether the thread looks at more than one word of 8 bytes that others may change meanwhile: not
// what it reads plainly and without a race.
static bool awaits_many(const struct thread *thread)
{
    const struct look *first = NULL;
    for (size_t i = 0; i < thread->look_count; i++) {
        const struct look *look = &thread->looks[i];
        if (!look->is_call && !races_is_racy(look->address))
            continue;
        if (first != NULL && (uintptr_t)first->address >> 3 != (uintptr_t)look->address >> 3)
            return true;
        first = look;
    }
    return false;
}

// Those who look at the range may look again. Whether it is one that others than the calling thread
// see.
static bool affect(const void *address, size_t size)
{
    struct thread *self = thread_self();
    uintptr_t first = (uintptr_t)address, last = first + size - 1;
    engine->stalled = 0;
    for (uint64_t left = engine->choosing.live; left != 0; left &= left - 1) {
        struct thread *thread = &engine->threads[__builtin_ctzll(left)];
        if (thread != self && (thread->spins || thread->circles) &&
            awaits_range(thread, first, last)) {
            engine->outcome->many_awaited += thread->spins && awaits_many(thread);
            thread->spins = false;
            forget_looks(thread);
        }
    }
    bool own_stack = first <= self->stack_top && first >= self->stack_top - STACK_SLOT / 2;
    if (!own_stack) // what is there, the hash knows
        forget_looks(self);
    return !own_stack;
}

void effect_range(const void *address, size_t size)
{
    if (running->on && size > 0 && affect(address, size))
        memory_changed();
}

void effect_of_write(const void *address, size_t size, const void *before)
{
    if (running->on && affect(address, size))
        memory_written(address, size, before);
}

void effect(const void *address)
{
    effect_range(address, 1);
}

void effect_of_lock(const void *lock)
{
    uint32_t changed_at = engine->changed_at;
    effect(lock);
    engine->changed_at = changed_at;
}

void write_begins(void *address, size_t size)
{
    struct thread *self = thread_self();
    if (!running->on || size > sizeof self->written_before)
        return;
    self->written = address;
    self->written_size = (uint32_t)size;
    __builtin_memcpy(self->written_before, address, size);
}
