// See late.h.

#include "late.h"

#include "clocks.h"

#include <string.h>

enum { LATE_MOST = 16 };

// A store that has not arrived yet.
struct late {
    const void *address;
    size_t size;
    uint64_t found; // mask: who has found the older value already
    uint8_t thread; // that has stored
    unsigned char before[LATE_BYTES];
    struct clock released; // to the object, before
};

// In the order in which they were made.
struct lates {
    uint32_t count;
    struct late all[LATE_MOST];
};

static struct lates *lates;

void late_set_up(void)
{
    lates = engine_map(sizeof *lates);
}

void late_reset(void)
{
    lates->count = 0;
}

static bool overlaps(const struct late *late, const void *address, size_t size)
{
    uintptr_t one = (uintptr_t)late->address, other = (uintptr_t)address;
    return one < other + size && other < one + late->size;
}

// The stores that are marked arrive, and before each of them all that its thread has stored before,
// and what others have stored before in the same place: only earlier ones.
static void arrive(bool marked[LATE_MOST])
{
    uint32_t kept = 0;
    for (uint32_t i = lates->count; i-- > 0;)
        for (uint32_t later = i + 1; later < lates->count && !marked[i]; later++)
            marked[i] = marked[later] && (lates->all[i].thread == lates->all[later].thread ||
                                          overlaps(&lates->all[i], lates->all[later].address,
                                                   lates->all[later].size));
    for (uint32_t i = 0; i < lates->count; i++)
        if (!marked[i])
            lates->all[kept++] = lates->all[i];
    lates->count = kept;
}

void late_arrive(void)
{
    bool marked[LATE_MOST] = {false};
    if (lates->count == 0 || !running->on)
        return;
    for (uint32_t i = 0; i < lates->count; i++)
        marked[i] = lates->all[i].thread == thread_self()->id;
    arrive(marked);
}

void late_arrive_at(const void *address, size_t size)
{
    bool marked[LATE_MOST] = {false};
    if (lates->count == 0)
        return;
    for (uint32_t i = 0; i < lates->count; i++)
        marked[i] = overlaps(&lates->all[i], address, size);
    arrive(marked);
}

void late_store(const void *address, size_t size)
{
    if (!engine_threaded())
        return;
    weak_store_made();
    if (!may_find_older() || size > LATE_BYTES)
        return;
    if (lates->count == LATE_MOST)
        arrive((bool[LATE_MOST]){true}); // the oldest
    struct late *late = &lates->all[lates->count++];
    *late = (struct late){.address = address, .size = size, .thread = thread_self()->id};
    memcpy(late->before, address, size);
    clock_released(address, &late->released);
}

// The first store to the object that has not arrived, if the calling thread may find what was there
// before: it finds its own stores at once. NULL: it may not.
static struct late *first_at(const void *address, size_t size)
{
    struct late *first = NULL;
    for (uint32_t i = lates->count; i-- > 0;) {
        struct late *late = &lates->all[i];
        if (!overlaps(late, address, size))
            continue;
        if (late->thread == thread_self()->id)
            return NULL;
        first = late;
    }
    return first;
}

bool late_load(const void *address, size_t size, int order, void *value)
{
    if (lates->count == 0)
        return false;
    struct late *late = first_at(address, size);
    const uint64_t self = UINT64_C(1) << thread_self()->id;
    bool whole = late != NULL && late->address == address && late->size == size;
    if (!whole || (late->found & self) != 0 || !pick_older()) {
        late_arrive_at(address, size);
        return false;
    }
    late->found |= self;
    memcpy(value, late->before, size);
    clock_load_released(&late->released, order);
    return true;
}
