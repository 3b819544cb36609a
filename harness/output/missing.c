// See missing.h.

#include "missing.h"

#include "base/text.h"
#include "judge/story.h"

#include <string.h>
#include <talloc.h>

static bool share_a_lock(const struct access *one, const struct access *other)
{
    for (const char **lock = one->locks; lock && *lock; lock++)
        if (list_has(other->locks, *lock))
            return true;
    return false;
}

static bool holds(const struct access *access)
{
    return access->locks && access->locks[0];
}

// Of accesses of which at least one holds a lock.
static const char *about_locks(const struct access *one, const struct access *other)
{
    if (share_a_lock(one, other))
        return "Both hold a lock in common, but not in a way that keeps one of them out (a read lock "
               "lets others in): neither happens before the other.";
    if (holds(one) && holds(other))
        return "Each holds a lock, but not the same one: two different locks order nothing, so "
               "neither access happens before the other.";
    return "Only one of them holds a lock: a lock orders those who take it, and nobody else, so "
           "neither access happens before the other.";
}

// "memory_order_release is missing at line 31", for one end of a hand-over or both.
static char *missing_ends(const void *context, const struct handover *handover)
{
    int store = handover->store->place.line, load = handover->load->place.line;
    if (handover->needs_release && handover->needs_acquire)
        return talloc_asprintf(context,
                               "memory_order_release is missing at line %d, and "
                               "memory_order_acquire at line %d",
                               store, load);
    return talloc_asprintf(context, "memory_order_%s is missing at line %d",
                           handover->needs_release ? "release" : "acquire",
                           handover->needs_release ? store : load);
}

// Of accesses between which an atomic object was written and read, with too weak an order.
static char *about_orders(const void *context, const struct handover *handover)
{
    const struct step *store = handover->store, *load = handover->load;
    void *scratch = talloc_new(NULL);
    char *text = talloc_asprintf(
        context,
        "In between, %s wrote to %s at line %d, and %s read that at line %d. It would put the one "
        "access before the other, but %s: so neither happens before the other.",
        thread_name(scratch, store->thread), store->name ? store->name : "an atomic object",
        store->place.line, thread_name(scratch, load->thread), load->place.line,
        missing_ends(scratch, handover));
    talloc_free(scratch);
    return text;
}

char *missing_order(const void *context, const struct finding *finding)
{
    const struct access *one = &finding->accesses[0], *other = &finding->accesses[1];
    const struct handover *handover = finding->story ? &finding->story->handover : NULL;
    const char *text =
        "Nothing orders these two accesses: no lock is held at both, and neither "
        "thread waits for the other in between, so neither happens before the other.";
    if (handover && handover->store && (handover->needs_release || handover->needs_acquire))
        return about_orders(context, handover);
    if (!one->locks && !other->locks && finding->story)
        text =
            "Nothing orders these two accesses: neither thread waits for the other in between, so "
            "neither happens before the other.";
    else if (!one->locks && !other->locks)
        text =
            "Nothing that the detector saw orders these two accesses (it does not list the locks "
            "held; ThreadSanitizer does): neither happens before the other.";
    else if (holds(one) || holds(other))
        text = about_locks(one, other);
    else if (one->atomic != other->atomic)
        text =
            "One of them is atomic, the other is a plain access: nothing makes one happen before "
            "the other.";
    return talloc_strdup(context, text);
}

// The last store that another thread has made to what `load`, a step of the path, reads; NULL: none.
static const struct step *store_before(const struct path *path, const struct step *load)
{
    for (const struct step *step = load; step-- > path->steps;)
        if (step->object == load->object && step->deed == DEED_WRITE &&
            step->thread != load->thread)
            return step;
    return NULL;
}

char *missing_arrival(const void *context, const struct finding *finding)
{
    const struct path *path = finding->story ? &finding->story->bad : NULL;
    const struct step *load = NULL;
    for (size_t i = 0; path && !load && i < path->count; i++)
        load = path->steps[i].older ? &path->steps[i] : NULL;
    const struct step *store = load ? store_before(path, load) : NULL;
    if (!store)
        return NULL;
    void *scratch = talloc_new(NULL);
    char *text = talloc_asprintf(
        context,
        "What %s stores in %s at line %d has not reached %s yet when that loads it at line %d. A "
        "store that is not memory_order_seq_cst may arrive after the loads that its thread makes "
        "next: where each of two threads stores and then looks what the other has stored, both the "
        "store and the load must be memory_order_seq_cst.",
        thread_name(scratch, store->thread), store->name ? store->name : "an atomic object",
        store->place.line, thread_name(scratch, load->thread), load->place.line);
    talloc_free(scratch);
    return text;
}
