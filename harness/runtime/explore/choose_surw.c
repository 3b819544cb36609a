// Selectively uniform random walk (Zhao, Wolff, Mathur, Roychoudhury: "Selectively Uniform
// Concurrency Testing", ASPLOS 2025): draws one shared object for the run, and makes each
// interleaving of the operations on it as likely as any other. For that it must know how many of
// them each thread has still to make (learned.h); it draws who makes the next one by these numbers,
// and holds the others back when they come to theirs. All else happens in any order.
//
// What a thread will create counts as its own until it is created.

#include "choose.h"

#include <string.h>

enum { NOBODY = -1 };

struct surw {
    const void *object; // drawn for this run; NULL: there is none
    uint32_t
        left[THREADS_MAX]; // operations on it that a thread and its children have still to make
    uint32_t whole[THREADS_MAX]; // the same at the thread's beginning
    int intended;                // who makes the next one, or NOBODY
    uint64_t held;               // threads that stand before theirs
    uint64_t seen;               // threads known to have been created
};

static struct surw *state_of(struct choosing *choosing)
{
    return (struct surw *)(void *)choosing->state;
}

// Draws among shared objects: one time in two by their numbers of operations, else each alike. NULL
// if there are none.
static const struct learned_object *draw_object(struct choosing *choosing,
                                                const struct learned *learned)
{
    bool by_number = choose_below(choosing, 2) == 0;
    uint32_t sum = 0;
    for (uint32_t i = 0; i < learned->object_count; i++)
        if (learned_is_shared(&learned->objects[i]))
            sum += by_number ? learned->objects[i].total : 1;
    if (sum == 0)
        return NULL;
    uint32_t drawn = choose_below(choosing, sum);
    for (uint32_t i = 0;; i++) {
        const struct learned_object *object = &learned->objects[i];
        uint32_t weight = !learned_is_shared(object) ? 0 : by_number ? object->total : 1;
        if (drawn < weight)
            return object;
        drawn -= weight;
    }
}

static void begin_surw(struct choosing *choosing)
{
    struct surw *surw = state_of(choosing);
    const struct learned *learned = choosing->schedule->learned;
    surw->intended = NOBODY;
    surw->seen = 1; // main
    const struct learned_object *object = learned == NULL ? NULL : draw_object(choosing, learned);
    if (object == NULL)
        return;
    surw->object = object->address;
    memcpy(surw->whole, object->by_thread, sizeof surw->whole);
    for (unsigned id = THREADS_MAX - 1; id > 0; id--) // children have higher numbers
        surw->whole[learned->parents[id]] += surw->whole[id];
    surw->left[0] = surw->whole[0];
}

// New threads take what their parents have kept for them.
static void note_created(struct choosing *choosing)
{
    struct surw *surw = state_of(choosing);
    const struct learned *learned = choosing->schedule->learned;
    for (uint64_t new = choosing->live & ~surw->seen; new != 0; new &= new - 1) {
        unsigned id = (unsigned)__builtin_ctzll(new);
        uint32_t *kept = &surw->left[learned->parents[id]];
        *kept -= *kept < surw->whole[id] ? *kept : surw->whole[id];
        surw->left[id] = surw->whole[id];
    }
    surw->seen |= choosing->live;
}

static bool stands_before_object(const struct choosing *choosing, const struct surw *surw,
                                 unsigned id)
{
    const struct operation *next = choosing->next[id];
    return next->object == surw->object && next->op != OP_START;
}

// Operations that a thread has still to make, as far as is known: one at least if it stands there.
static uint32_t weight_of(const struct choosing *choosing, const struct surw *surw, unsigned id)
{
    if (surw->left[id] > 0)
        return surw->left[id];
    return stands_before_object(choosing, surw, id) ? 1 : 0;
}

// Draws who of `candidates` is to make the next operation.
static int draw_intended(struct choosing *choosing, uint64_t candidates)
{
    const struct surw *surw = state_of(choosing);
    uint32_t sum = 0;
    for (uint64_t left = candidates; left != 0; left &= left - 1)
        sum += weight_of(choosing, surw, (unsigned)__builtin_ctzll(left));
    uint32_t drawn = choose_below(choosing, sum);
    for (uint64_t left = candidates;; left &= left - 1) {
        unsigned id = (unsigned)__builtin_ctzll(left);
        uint32_t weight = weight_of(choosing, surw, id);
        if (drawn < weight)
            return (int)id;
        drawn -= weight;
    }
}

// Forgets who was intended and lets those go who were held back for it.
static void release_held(struct surw *surw)
{
    surw->intended = NOBODY;
    surw->held = 0;
}

static int choose_surw(struct choosing *choosing)
{
    struct surw *surw = state_of(choosing);
    if (surw->object == NULL || choose_past_measure(choosing))
        return (int)choose_from(choosing, choosing->enabled);
    note_created(choosing);
    for (;;) {
        uint64_t candidates = choosing->enabled & ~surw->held;
        if (candidates == 0) { // whoever is intended cannot go on
            release_held(surw);
            candidates = choosing->enabled;
        }
        unsigned id = choose_from(choosing, candidates);
        if (!stands_before_object(choosing, surw, id))
            return (int)id;
        if (surw->intended == NOBODY)
            surw->intended = draw_intended(choosing, candidates);
        if (surw->intended == (int)id) {
            surw->left[id] -= surw->left[id] > 0;
            release_held(surw);
            return (int)id;
        }
        surw->held |= choose_bit(id);
    }
}

_Static_assert(sizeof(struct surw) <= CHOOSER_STATE, "the state does not fit");

const struct chooser chooser_surw = {"surw", sizeof(struct surw), begin_surw, choose_surw, NULL};
