// See heap.h. Asked by accesses.c, atomics.c, ranges.c and sync objects at every access, by
// heap_calls.c for every block.

#include "heap.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "calls.h"
#include "driver_statics.h"
#include "races.h"

// A unit is 16 bytes; each has a byte in the map.
enum { UNIT = 16, BLOCKS_MOST = 1 << 18 };
enum { LIVE_MOST = UNIT, EMPTY = UNIT + 1, FREED = UNIT + 2 }; // 0: in no block; 1-16: bytes live
enum { FRESH = 0xa5, STALE = 0x5a };                           // what memory is filled with
enum { TAKEN_AT_ONCE = 128, GIVEN_AT_ONCE = 16 };              // bytes, in the time of an access

static const uintptr_t HEAP = 0x200000000000; // far from where the kernel places anything
static const size_t WINDOW = (size_t)32 << 20;

struct place {
    uintptr_t pc;
    uint32_t calls;
    uint8_t thread;
};

struct block {
    uintptr_t address;
    size_t size;
    bool live;
    struct place taken, freed;
};

struct heap {
    size_t used[THREADS_MAX]; // of each window
    unsigned windows;         // those of these threads may be in use, and no others
    long live;
    uint32_t block_count;
    struct block blocks[BLOCKS_MOST];
    uint8_t map[]; // a byte for each unit of all windows
};

static struct heap *all;

// Stands in the gap before a block.
struct header {
    uint32_t number; // of the block
};

static void cannot_place(void)
{
    fprintf(stderr, "racelings: no memory at %p for the program's heap\n", (void *)HEAP);
    abort();
}

void heap_set_up(void)
{
    size_t size = WINDOW * THREADS_MAX;
    all = engine_map(sizeof *all + size / UNIT);
    void *heap = mmap((void *)HEAP, size, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED_NOREPLACE, -1, 0);
    if (heap != (void *)HEAP)
        cannot_place();
}

void heap_reset(void)
{
    for (unsigned id = 0; id < all->windows; id++)
        if (all->used[id] > 0) {
            memset(all->map + id * (WINDOW / UNIT), 0, (all->used[id] + UNIT - 1) / UNIT);
            all->used[id] = 0;
        }
    all->windows = 0;
    all->live = 0;
    all->block_count = 0;
}

long heap_live(void)
{
    return all->live;
}

bool heap_has(const void *address)
{
    return (uintptr_t)address - HEAP < WINDOW * THREADS_MAX;
}

static uint8_t *map_of(uintptr_t address)
{
    return &all->map[(address - HEAP) / UNIT];
}

// ---- Blocks ----

static struct header *header_of(uintptr_t block)
{
    return (struct header *)(block - UNIT);
}

// The block that begins at the address, or NULL.
static struct block *block_at(uintptr_t address)
{
    if (!heap_has((const void *)address) || address % UNIT != 0 || *map_of(address) == 0)
        return NULL;
    uint32_t number = header_of(address)->number;
    if (number >= all->block_count || all->blocks[number].address != address)
        return NULL;
    return &all->blocks[number];
}

// The last block of its window that begins at or before the address; NULL if none.
static struct block *block_before(uintptr_t address)
{
    uintptr_t window = HEAP + (address - HEAP) / WINDOW * WINDOW;
    uintptr_t unit = address / UNIT * UNIT;
    while (unit > window && *map_of(unit) == 0)
        unit -= UNIT;
    while (unit > window && *map_of(unit - UNIT) != 0)
        unit -= UNIT;
    return unit > window ? block_at(unit) : NULL;
}

// The block that the address lies in, or else the nearer one of its neighbours; NULL if none.
static struct block *block_near(uintptr_t address)
{
    struct block *before = block_before(address);
    struct block *behind = block_at(address / UNIT * UNIT + UNIT); // it begins with the next unit
    if (*map_of(address) != 0 || behind == NULL)
        return before;
    if (before == NULL || behind->address - address < address - (before->address + before->size))
        return behind;
    return before;
}

static struct place place_now(uintptr_t pc)
{
    return (struct place){pc, calls_now(), thread_self()->id};
}

// Takes `size` bytes from the calling thread's window, behind a gap. 0: an exercise's memory has an
// end.
static uintptr_t take_bytes(size_t size, size_t alignment)
{
    unsigned id = thread_self()->id;
    uintptr_t window = HEAP + id * WINDOW;
    uintptr_t begin = (window + all->used[id] + UNIT + alignment - 1) & ~(alignment - 1);
    uintptr_t end = (begin + size + UNIT - 1) & ~(uintptr_t)(UNIT - 1);
    bool fits = end + UNIT <= window + WINDOW;
    if (!fits && driver_is_there())
        return 0;
    if (!fits)
        run_end(ENDED_UNSUPPORTED, "more than %zu MiB allocated by one thread", WINDOW >> 20);
    all->used[id] = end - window;
    if (all->windows <= id)
        all->windows = id + 1;
    return begin;
}

// How many units a block takes: one at least.
static size_t units_of(size_t size)
{
    return size == 0 ? 1 : (size + UNIT - 1) / UNIT;
}

static void mark_live(uintptr_t begin, size_t size)
{
    memset(map_of(begin), LIVE_MOST, size / UNIT);
    if (size % UNIT != 0)
        *map_of(begin + size) = (uint8_t)(size % UNIT);
    if (size == 0)
        *map_of(begin) = EMPTY;
}

void *heap_take(size_t size, size_t alignment, uintptr_t pc)
{
    if (alignment < UNIT)
        alignment = UNIT;
    bool full = all->block_count == BLOCKS_MOST;
    if (size > HEAP_BLOCK_MOST || alignment > WINDOW / 4 || (full && driver_is_there())) {
        errno = ENOMEM;
        return NULL;
    }
    if (full)
        run_end(ENDED_UNSUPPORTED, "more than %d blocks allocated", BLOCKS_MOST);
    effort(size / TAKEN_AT_ONCE);
    uintptr_t begin = take_bytes(size == 0 ? 1 : size, alignment);
    if (begin == 0) {
        errno = ENOMEM;
        return NULL;
    }
    header_of(begin)->number = all->block_count;
    all->blocks[all->block_count++] =
        (struct block){.address = begin, .size = size, .live = true, .taken = place_now(pc)};
    all->live++;
    mark_live(begin, size);
    memset((void *)begin, FRESH, size);
    return (void *)begin;
}

void *heap_own(size_t size)
{
    void *memory = (void *)take_bytes(size, UNIT);
    if (memory == NULL)
        run_end(past_limit(), "no memory is left for the thread's own variables");
    memset(memory, 0, size);
    return memory;
}

size_t heap_size(const void *address)
{
    const struct block *block = block_at((uintptr_t)address);
    return block != NULL && block->live ? block->size : 0;
}

// ---- Faults ----

static void describe(const struct block *block, struct fault *fault)
{
    fault->block = block->address;
    fault->block_size = block->size;
    calls_stack(block->taken.calls, block->taken.pc, &fault->allocated);
}

bool heap_describe(const void *address, struct fault *fault)
{
    const struct block *block = heap_has(address) ? block_near((uintptr_t)address) : NULL;
    if (block == NULL)
        return false;
    describe(block, fault);
    return true;
}

bool heap_leak(struct fault *fault)
{
    for (uint32_t i = 0; i < all->block_count; i++) {
        const struct block *block = &all->blocks[i];
        if (!block->live)
            continue;
        *fault = (struct fault){.kind = KIND_LEAK, .object = (const void *)block->address};
        describe(block, fault);
        fault->stack = fault->allocated;
        snprintf(fault->text, sizeof fault->text, "a block of %zu byte%s is never freed",
                 block->size, block->size == 1 ? "" : "s");
        return true;
    }
    return false;
}

// Fills in who does what, and for a freed block who freed it before.
static void fill_in(struct fault *fault, const struct block *block, const struct access *access,
                    uintptr_t pc)
{
    fault->object = (const void *)access->address;
    stack_take(thread_self(), pc, &fault->stack);
    if (block != NULL && !block->live) {
        struct access *freeing = &fault->accesses[fault->access_count++];
        *freeing = (struct access){.thread = block->freed.thread,
                                   .write = true,
                                   .frees = true,
                                   .size = (uint32_t)block->size,
                                   .address = block->address};
        calls_stack(block->freed.calls, block->freed.pc, &freeing->stack);
    }
    fault->accesses[fault->access_count] = *access;
    fault->accesses[fault->access_count++].stack = fault->stack;
    if (block != NULL)
        describe(block, fault);
}

static _Noreturn void bad_access(uintptr_t address, size_t size, int flags, uintptr_t pc)
{
    const struct block *block = block_near(address);
    bool freed = block != NULL && !block->live && address - block->address < block->size;
    struct access access = own_access((const void *)address, size, flags);
    struct fault fault = {.kind = freed ? KIND_USE_AFTER_FREE : KIND_OVERFLOW};
    fill_in(&fault, block, &access, pc);
    const char *bytes_are = size == 1 ? "byte is" : "bytes are";
    const char *verb = access.write ? "written" : "read";
    if (block == NULL)
        snprintf(fault.text, sizeof fault.text, "%zu %s %s that no block holds", size, bytes_are,
                 verb);
    else
        snprintf(fault.text, sizeof fault.text, "%zu %s %s at offset %td of a block of %zu%s", size,
                 bytes_are, verb, (ptrdiff_t)(address - block->address), block->size,
                 freed ? ", which has been freed" : ": it does not hold that much");
    found_and_end(&fault);
}

// ---- Checks ----

// Whether the last byte of [address, address + size) and all of that unit before it are live.
static inline bool unit_holds(uintptr_t last)
{
    uint8_t state = *map_of(last);
    return last % UNIT < state && state <= LIVE_MOST;
}

void heap_check_access(const void *address, size_t size, int flags, uintptr_t pc)
{
    uintptr_t begin = (uintptr_t)address;
    if (!heap_has(address)) {
        thread_check_access(address, size, flags, pc);
        return;
    }
    if (size == 0)
        return;
    uintptr_t last = begin + size - 1;
    for (uintptr_t unit = begin / UNIT * UNIT; unit + UNIT <= last; unit += UNIT)
        if (!heap_has((const void *)unit) || *map_of(unit) != LIVE_MOST)
            bad_access(begin, size, flags, pc);
    if (!heap_has((const void *)last) || !unit_holds(last))
        bad_access(begin, size, flags, pc);
}

void heap_check(const void *address, size_t size, uintptr_t pc)
{
    heap_check_access(address, size, ACCESS_READ, pc);
}

// ---- Giving back ----

static _Noreturn void bad_free(uintptr_t address, const struct block *block, uintptr_t pc)
{
    bool again = block != NULL && block->address == address && !block->live;
    struct access access = {.thread = thread_self()->id,
                            .write = true,
                            .frees = true,
                            .size = block != NULL ? (uint32_t)block->size : 0,
                            .address = address};
    struct fault fault = {.kind = again ? KIND_DOUBLE_FREE : KIND_BAD_FREE};
    fill_in(&fault, block, &access, pc);
    if (again)
        snprintf(fault.text, sizeof fault.text, "a block of %zu byte%s is freed a second time",
                 block->size, block->size == 1 ? "" : "s");
    else
        snprintf(fault.text, sizeof fault.text, "what is freed is not the beginning of a block");
    found_and_end(&fault);
}

void heap_give_back(void *address, uintptr_t pc)
{
    uintptr_t begin = (uintptr_t)address;
    struct block *block = block_at(begin);
    if (block == NULL || !block->live)
        bad_free(begin, heap_has(address) ? block_near(begin) : NULL, pc);
    effort(block->size / GIVEN_AT_ONCE);
    races_free(address, block->size, pc);
    memset(address, STALE, block->size);
    memset(map_of(begin), FREED, units_of(block->size));
    block->live = false;
    block->freed = place_now(pc);
    all->live--;
}
