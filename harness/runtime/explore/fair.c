// Fair scheduling as in CHESS (Musuvathi and Qadeer, 2008): a thread that yields lets those go
// first that could have run since its last yield and did not, or that it kept from running. So a
// loop that gives way until another thread acts ends, whatever the chooser would do.

#include "core.h"

static uint64_t bit(unsigned id)
{
    return UINT64_C(1) << id;
}

void fairness_thread_begins(unsigned id)
{
    engine->fairness[id] = (struct fairness){.scheduled = ~UINT64_C(0)};
}

// The current thread has made its step: `enabled` can run now.
static void account(uint64_t enabled)
{
    unsigned id = engine->current;
    const struct thread *self = &engine->threads[id];
    struct fairness *own = &engine->fairness[id];
    own->kept_out |= engine->last_enabled & ~enabled;
    if (self->ended || self->spins || self->next.op != OP_YIELD ||
        own->yielded_at_event == self->events)
        return;
    own->yielded_at_event = self->events;
    own->goes_before |= (own->always_enabled | own->kept_out) & ~own->scheduled & ~bit(id);
    own->always_enabled = ~UINT64_C(0);
    own->scheduled = 0;
    own->kept_out = 0;
}

// Those of `enabled` that need not let another of them go first; all, if each would have to.
uint64_t fairness_narrow(uint64_t enabled)
{
    account(enabled);
    uint64_t fair = 0;
    for (uint64_t left = enabled; left != 0; left &= left - 1) {
        unsigned id = (unsigned)__builtin_ctzll(left);
        if ((engine->fairness[id].goes_before & enabled) == 0)
            fair |= bit(id);
    }
    return fair != 0 ? fair : enabled;
}

void fairness_chosen(unsigned id, uint64_t enabled)
{
    engine->last_enabled = enabled;
    for (unsigned i = 0; i < engine->choosing.threads; i++) {
        engine->fairness[i].goes_before &= ~bit(id);
        engine->fairness[i].scheduled |= bit(id);
        engine->fairness[i].always_enabled &= enabled;
    }
}
