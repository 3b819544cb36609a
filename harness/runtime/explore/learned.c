// What a run teaches the runs after it (learned.h).

#include "learned.h"

#include <string.h>

// A thread's own beginning and end are no operations on an object that others share.
static bool counts(const struct operation *done)
{
    switch (done->op) {
    case OP_START:
    case OP_CREATE:
    case OP_JOIN:
    case OP_EXIT:
    case OP_CANCEL: return false;
    default: return done->object != NULL;
    }
}

static struct learned_object *object_at(struct learned *learned, const void *address)
{
    for (uint32_t i = 0; i < learned->object_count; i++)
        if (learned->objects[i].address == address)
            return &learned->objects[i];
    if (learned->object_count == OBJECTS_MOST)
        return NULL;
    struct learned_object *object = &learned->objects[learned->object_count++];
    object->address = address;
    return object;
}

static void learn_operation(struct learned *learned, uint8_t thread, const struct operation *done)
{
    struct learned_object *object = object_at(learned, done->object);
    if (object == NULL)
        return;
    object->total++;
    object->threads += object->by_thread[thread]++ == 0;
    object->changed |= done->op != OP_READ;
}

void learn(struct learned *learned, const struct step *steps, uint32_t count)
{
    memset(learned, 0, sizeof *learned);
    for (uint32_t i = 0; i < count; i++) {
        const struct operation *done = &steps[i].done;
        uintptr_t child = (uintptr_t)done->object - 1; // see thread_object
        if (done->op == OP_CREATE && child < THREADS_MAX)
            learned->parents[child] = steps[i].thread;
        else if (counts(done))
            learn_operation(learned, steps[i].thread, done);
    }
}

bool learned_is_shared(const struct learned_object *object)
{
    return object->threads > 1 && object->changed;
}
