// A run that is told as a story: besides the points, every access to memory that threads can share
// is a step of the record, with what stood there before and after if that is no more than a number.

#include "core.h"

#include <string.h>

static struct step *last_step(void)
{
    struct outcome *outcome = engine->outcome;
    return outcome->step_count == 0 ? NULL : &outcome->steps[outcome->step_count - 1];
}

static bool is_told(void)
{
    return running->on && engine->schedule->story;
}

// The last step accesses this memory; what it leads to is seen at the thread's next event.
static void tell_memory(struct step *step, const void *address, size_t size)
{
    step->done.object = address;
    if (size > sizeof step->before)
        return;
    step->size = (uint8_t)size;
    step->before = 0;
    memcpy(&step->before, address, size);
    step->after = step->before; // so it stays if the run ends here
    thread_self()->story_step = (int32_t)(step - engine->outcome->steps);
}

void point_memory(const void *address, size_t size)
{
    if (is_told() && last_step() != NULL)
        tell_memory(last_step(), address, size);
}

void point_order(int order)
{
    if (last_step() != NULL)
        last_step()->order = (uint8_t)(ORDER_TOLD + order);
}

void story_older(uint64_t value)
{
    struct step *step = last_step();
    if (step == NULL)
        return;
    step->older = true;
    step->before = step->after = value;
}

static bool on_own_stack(const void *address)
{
    uintptr_t top = thread_self()->stack_top;
    return (uintptr_t)address < top && (uintptr_t)address >= top - STACK_SLOT + STACK_GUARD;
}

void story_access(enum op op, const void *address, size_t size, uintptr_t pc)
{
    struct outcome *outcome = engine->outcome;
    const struct thread *self = thread_self();
    if (!is_told() || running->live < 2 || on_own_stack(address) ||
        outcome->step_count >= STEPS_MOST)
        return;
    struct step *step = &outcome->steps[outcome->step_count++];
    *step = (struct step){.thread = self->id, .event = self->events};
    step->done = (struct operation){op, address, NULL, 0, pc};
    tell_memory(step, address, size);
}

void story_step_ends(struct thread *self)
{
    struct step *step = &engine->outcome->steps[self->story_step];
    self->story_step = -1;
    // A read has found what stood there; by now the memory may be part of somebody else's stack.
    if (step->size != 0 && step->done.op != OP_READ)
        memcpy(&step->after, step->done.object, step->size);
}
