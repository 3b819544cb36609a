// The listener of atomics.h in programs that Helgrind judges: tells Helgrind what each C11 atomic
// operation orders, and nothing more.
//
// Every atomic object has a clock of its own in Helgrind, known by the object's address, that holds
// what the release sequence standing in the object publishes:
//   release store     replaces the clock            release update    joins its own to the clock
//   relaxed store     another thread's breaks it    relaxed update    leaves it
//   acquire load or update receives it; relaxed ones receive nothing
// An operation and what is said of it are one step for all other threads: a guard is held from
// atomic_begins to atomic_ends.
//
// Helgrind takes a locked instruction, and a load-linked one, for a read. So stores are exchanges,
// and all atomic operations on an object are reads of it, which never race with each other; a plain
// write that nothing orders with one of them does, as in C11. Nothing needs to be hidden from
// Helgrind, and an object that was once touched by an atomic operation is watched as before. (A
// plain read against an atomic write is for ThreadSanitizer to see.)
//
// Fences are approximated, on the side of no false report. A release fence makes all later stores
// and updates of its thread release ones, and so publishes more than it should. An acquire fence
// receives the clocks of the objects its thread last read with relaxed order, as they are at the
// fence. From the first fence on, in any thread, clocks are only joined, so that a value read
// before a fence is still published at it.

#define _GNU_SOURCE
#include <pthread.h>
#include <sched.h>
#include <stdint.h>
#include <valgrind/helgrind.h>

#include "atomics.h"

enum { REMEMBERED_LOADS = 16, HEADS = 1 << 14, PROBES = 16 };

// What the thread needs to remember between its own operations. Nobody else touches it.
struct thread {
    unsigned number;                               // from 1 on; 0: not seen yet
    bool release_fenced;                           // has executed a release fence
    unsigned loads;                                // how many relaxed loads it has made
    const volatile void *loaded[REMEMBERED_LOADS]; // the last of them, in a ring
};

// Who publishes through an object now: C11 lets the thread that began a release sequence continue
// it with relaxed stores. Guarded, like all below.
struct head {
    const volatile void *object;
    unsigned thread; // a thread's number, NOBODY or SEVERAL
};

enum { NOBODY = 0 };
static const unsigned SEVERAL = UINT32_MAX;

static __thread struct thread self;
static struct head heads[HEADS]; // open addressing; an object is never taken out
static unsigned guard;           // the number of the thread inside, or NOBODY
static unsigned threads;
static bool fences_used;

static void forget_guard(void)
{
    guard = NOBODY; // the child of a fork: whoever was inside is not here
}

__attribute__((constructor)) static void hide_own_state(void)
{
    VALGRIND_HG_DISABLE_CHECKING(heads, sizeof heads);
    VALGRIND_HG_DISABLE_CHECKING(&guard, sizeof guard);
    VALGRIND_HG_DISABLE_CHECKING(&threads, sizeof threads);
    VALGRIND_HG_DISABLE_CHECKING(&fences_used, sizeof fences_used);
    pthread_atfork(NULL, NULL, forget_guard);
}

static void know_thread(void)
{
    if (self.number != 0)
        return;
    VALGRIND_HG_DISABLE_CHECKING(&self, sizeof self);
    self.number = __atomic_add_fetch(&threads, 1, __ATOMIC_RELAXED);
}

// Gives whether this call is the one that took the guard, and has to leave it: in a signal handler
// that interrupted the thread inside, it is not.
static bool enter_guard(void)
{
    know_thread();
    if (__atomic_load_n(&guard, __ATOMIC_RELAXED) == self.number)
        return false;
    unsigned nobody = NOBODY;
    while (!__atomic_compare_exchange_n(&guard, &nobody, self.number, false, __ATOMIC_ACQUIRE,
                                        __ATOMIC_RELAXED)) {
        nobody = NOBODY;
        sched_yield();
    }
    return true;
}

static void leave_guard(void)
{
    __atomic_store_n(&guard, NOBODY, __ATOMIC_RELEASE);
}

static bool acquires(int order)
{
    return order != __ATOMIC_RELAXED && order != __ATOMIC_RELEASE;
}

static bool releases(int order)
{
    return order == __ATOMIC_RELEASE || order == __ATOMIC_ACQ_REL || order == __ATOMIC_SEQ_CST;
}

// Gives the object's entry, a new one if it has none, or NULL if there is no room: then its clock
// is never replaced or broken.
static struct head *head_of(const volatile void *object)
{
    uint64_t hash = (uint64_t)(uintptr_t)object * 0x9e3779b97f4a7c15u >> 32;
    for (unsigned i = 0; i < PROBES; i++) {
        struct head *head = &heads[(hash + i) % HEADS];
        if (head->object == NULL)
            head->object = object;
        if (head->object == object)
            return head;
    }
    return NULL;
}

static void receive(const volatile void *object)
{
    ANNOTATE_HAPPENS_AFTER(object);
}

static void publish(const volatile void *object)
{
    ANNOTATE_HAPPENS_BEFORE(object);
}

// Empties the object's clock, where it is known that nobody may need it any more.
static void break_sequence(const volatile void *object, struct head *head)
{
    if (head == NULL || fences_used)
        return;
    ANNOTATE_HAPPENS_BEFORE_FORGET_ALL(object);
    head->thread = NOBODY;
}

static void tell_store(const volatile void *object, int order)
{
    struct head *head = head_of(object);
    if (releases(order) || self.release_fenced) {
        break_sequence(object, head);
        publish(object);
        if (head != NULL)
            head->thread = head->thread == NOBODY ? self.number : SEVERAL;
    } else if (head != NULL && head->thread != self.number && head->thread != SEVERAL) {
        break_sequence(object, head);
    }
}

static void tell_load(const volatile void *object, int order)
{
    if (acquires(order))
        receive(object);
    else
        self.loaded[self.loads++ % REMEMBERED_LOADS] = object;
}

static void tell_update(const volatile void *object, int order)
{
    tell_load(object, order);
    if (!releases(order) && !self.release_fenced)
        return;
    publish(object);
    struct head *head = head_of(object);
    if (head != NULL && head->thread != self.number)
        head->thread = head->thread == NOBODY ? self.number : SEVERAL;
}

static void tell_fence(int order)
{
    if (releases(order))
        self.release_fenced = true;
    if (acquires(order)) {
        unsigned count = self.loads < REMEMBERED_LOADS ? self.loads : REMEMBERED_LOADS;
        for (unsigned i = 0; i < count; i++)
            receive(self.loaded[i]);
    }
    fences_used = true;
}

const bool atomic_stores_exchange = true;

bool atomic_begins(const struct atomic_operation *operation)
{
    (void)operation;
    return enter_guard();
}

void atomic_ends(const struct atomic_operation *operation, bool entered)
{
    switch (operation->kind) {
    case ATOMIC_LOAD: tell_load(operation->object, operation->order); break;
    case ATOMIC_STORE: tell_store(operation->object, operation->order); break;
    case ATOMIC_UPDATE: tell_update(operation->object, operation->order); break;
    case ATOMIC_FENCE: tell_fence(operation->order); break;
    }
    if (entered)
        leave_guard();
}
