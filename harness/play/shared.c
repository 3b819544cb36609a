// See shared.h.

#include "shared.h"

#include "base/text.h"

#include <talloc.h>

struct object {
    unsigned long address;
    int first; // the first thread seen to use it
    bool shared, changed;
};

struct shared {
    struct object *objects;
    size_t count;
};

struct shared *shared_new(const void *context)
{
    return talloc_zero(context, struct shared);
}

static struct object *find(const struct shared *shared, unsigned long address)
{
    for (size_t i = 0; i < shared->count; i++)
        if (shared->objects[i].address == address)
            return &shared->objects[i];
    return NULL;
}

// Whether others can notice such a step at all. Beginnings, ends and meetings only order threads,
// and that shows in who can go on.
static bool is_noticed(enum deed deed)
{
    switch (deed) {
    case DEED_OTHER:
    case DEED_START:
    case DEED_EXIT:
    case DEED_CREATE:
    case DEED_JOIN:
    case DEED_CANCEL:
    case DEED_MEET: return false;
    default: return true;
    }
}

void shared_note(struct shared *shared, const struct path *path)
{
    for (size_t i = 0; i < path->count; i++) {
        const struct step *step = &path->steps[i];
        if (step->object < LOWEST_ADDRESS || !is_noticed(step->deed))
            continue;
        struct object *object = find(shared, step->object);
        if (!object) {
            shared->objects =
                array_grow(shared, shared->objects, sizeof *shared->objects, shared->count);
            object = &shared->objects[shared->count++];
            *object = (struct object){.address = step->object, .first = step->thread};
        }
        object->shared |= object->first != step->thread;
        object->changed |= step->deed != DEED_READ;
    }
}

bool shared_has(const struct shared *shared, const struct step *step)
{
    const struct object *object = is_noticed(step->deed) ? find(shared, step->object) : NULL;
    return object && object->shared && object->changed;
}
