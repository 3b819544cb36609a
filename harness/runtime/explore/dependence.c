// Which operations commute (dependence.h): one function for each kind of object.

#include "dependence.h"

struct operation operation_to_come(const struct operation *operation)
{
    struct operation to_come = *operation;
    to_come.detail = DETAIL_UNKNOWN;
    return to_come;
}

const char *operation_reservation(const struct operation *done)
{
    switch (done->op) {
    case OP_CREATE: return done->object == NULL ? "more threads were started than fit" : NULL;
    case OP_ASLEEP: return "a thread's wait depended on where another thread stood";
    case OP_CANCEL: return "a thread was cancelled: where it stood then is not explored";
    case OP_PAUSE: return "a thread waited for a signal, which may come at any time";
    case OP_FILE: return "files or sockets were used: when they are ready is the system's business";
    case OP_FUTEX: return "futexes were used: who sleeps at one is not explored";
    default: return NULL;
    }
}

// ---- What an operation does to a mutex, which may be its second object ----

enum mutex_role { MUTEX_NOT_USED, MUTEX_TAKEN, MUTEX_TRIED, MUTEX_GIVEN_BACK };

static enum mutex_role mutex_role(const struct operation *operation)
{
    switch (operation->op) {
    case OP_LOCK:
    case OP_LOCK_TIMED:
    case OP_WAKE: return MUTEX_TAKEN;
    case OP_TRYLOCK: return MUTEX_TRIED;
    case OP_UNLOCK:
    case OP_WAIT: return MUTEX_GIVEN_BACK;
    default: return MUTEX_NOT_USED;
    }
}

static const void *mutex_of(const struct operation *operation)
{
    bool second = operation->op == OP_WAIT || operation->op == OP_WAKE;
    return second ? operation->other : operation->object;
}

static bool same_mutex(const struct operation *one, const struct operation *other)
{
    return mutex_role(one) != MUTEX_NOT_USED && mutex_role(other) != MUTEX_NOT_USED &&
           mutex_of(one) == mutex_of(other);
}

// Whether it was tried to take something that could not be had.
static bool failed(const struct operation *operation)
{
    bool tried =
        operation->op == OP_TRYLOCK || operation->op == OP_SEM_TRY || operation->op == OP_RW_TRY;
    return tried && operation->detail == 0;
}

// Attempts that fail change nothing.
static bool both_failed(const struct operation *one, const struct operation *other)
{
    return failed(one) && failed(other);
}

// Whether the thread of steps[taken], which takes a mutex, already held it (a recursive one).
static bool takes_again(const struct step *steps, uint32_t taken)
{
    int held = 0;
    for (uint32_t i = 0; i < taken; i++) {
        const struct operation *done = &steps[i].done;
        if (steps[i].thread != steps[taken].thread || !same_mutex(done, &steps[taken].done))
            continue;
        enum mutex_role role = mutex_role(done);
        held += role == MUTEX_TAKEN || (role == MUTEX_TRIED && done->detail != 0);
        held -= role == MUTEX_GIVEN_BACK && held > 0;
    }
    return held > 0;
}

// A lock and an unlock are never both possible: the race is between one lock and the other.
static enum relation mutex_relation(const struct step *steps, uint32_t earlier,
                                    const struct operation *later)
{
    const struct operation *done = &steps[earlier].done;
    enum mutex_role first = mutex_role(done), second = mutex_role(later);
    if (second == MUTEX_TRIED)
        return both_failed(done, later) ? RELATION_NONE : RELATION_RACING;
    if (second == MUTEX_GIVEN_BACK)
        return failed(done) ? RELATION_RACING : RELATION_RELEASED;
    if (failed(done))
        return RELATION_NONE; // whoever held it then has given it back since
    if (first == MUTEX_GIVEN_BACK || takes_again(steps, earlier))
        return RELATION_RELEASED;
    return RELATION_RACING;
}

// ---- Condition variables ----

static bool wakes_others(const struct operation *operation)
{
    return operation->op == OP_SIGNAL || operation->op == OP_BROADCAST;
}

// As to the condition variable alone. Waiters are a set: it does not matter who came first.
static bool condition_conflict(const struct operation *one, const struct operation *other)
{
    if (one->object != other->object)
        return false;
    if (wakes_others(one) && wakes_others(other))
        return one->detail != 0 || other->detail != 0; // that woke nobody, both: nothing happened
    return (wakes_others(one) && other->op == OP_WAIT) ||
           (wakes_others(other) && one->op == OP_WAIT);
}

static enum relation condition_relation(const struct step *steps, uint32_t earlier, uint32_t count,
                                        const struct operation *later, uint8_t thread)
{
    const struct operation *done = &steps[earlier].done;
    if (wakes_others(done) && later->op == OP_WAKE && done->object == later->object) {
        bool woke_it = (done->detail >> thread & 1) != 0;
        for (uint32_t i = earlier + 1; i < count && woke_it; i++)
            woke_it = steps[i].thread != thread; // it has been awake since, and waits again
        return woke_it ? RELATION_REQUIRED : RELATION_NONE;
    }
    return condition_conflict(done, later) ? RELATION_RACING : RELATION_NONE;
}

// ---- Semaphores ----

static bool semaphore_used(const struct operation *operation)
{
    return operation->op == OP_SEM_WAIT || operation->op == OP_SEM_TRY ||
           operation->op == OP_SEM_POST;
}

static bool semaphore_conflict(const struct operation *one, const struct operation *other)
{
    if (one->op == OP_SEM_TRY || other->op == OP_SEM_TRY)
        return !both_failed(one, other);
    return one->op == other->op;
}

// Whether a wait after `count` steps uses up what steps[post] gave, if what was given first is used
// up first.
static bool uses_post(const struct step *steps, uint32_t post, uint32_t count)
{
    const struct operation *given = &steps[post].done;
    uint64_t used = 0;
    for (uint32_t i = post + 1; i < count; i++) {
        const struct operation *done = &steps[i].done;
        if (done->object == given->object)
            used += done->op == OP_SEM_WAIT || (done->op == OP_SEM_TRY && done->detail == 1);
    }
    return used == given->detail;
}

static enum relation semaphore_relation(const struct step *steps, uint32_t earlier, uint32_t count,
                                        const struct operation *later)
{
    const struct operation *done = &steps[earlier].done;
    if (later->op == OP_SEM_WAIT && done->op == OP_SEM_POST)
        return uses_post(steps, earlier, count) ? RELATION_RELEASED : RELATION_NONE;
    if (later->op == OP_SEM_WAIT && failed(done))
        return RELATION_NONE; // somebody has posted since
    return semaphore_conflict(done, later) ? RELATION_RACING : RELATION_NONE;
}

// ---- Read-write locks ----

static bool rwlock_used(const struct operation *operation)
{
    return operation->op == OP_READ_LOCK || operation->op == OP_WRITE_LOCK ||
           operation->op == OP_RW_TRY || operation->op == OP_RW_UNLOCK;
}

// Takes it for reading, or tries to and succeeds.
static bool reads(const struct operation *operation)
{
    return operation->op == OP_READ_LOCK || (operation->op == OP_RW_TRY && operation->detail == 1);
}

static bool rwlock_conflict(const struct operation *one, const struct operation *other)
{
    if (one->op == OP_RW_UNLOCK && other->op == OP_RW_UNLOCK)
        return false; // two readers
    if (one->op == OP_RW_UNLOCK || other->op == OP_RW_UNLOCK) {
        const struct operation *unlock = one->op == OP_RW_UNLOCK ? one : other;
        const struct operation *beside = one->op == OP_RW_UNLOCK ? other : one;
        bool reader_ends = unlock->detail != 0 && unlock->detail != DETAIL_UNKNOWN;
        return beside->op != OP_READ_LOCK && !(reads(beside) && reader_ends);
    }
    return !(reads(one) && reads(other)) && !both_failed(one, other);
}

// Whether a writer holds the lock of steps[index] before that step.
static bool writer_holds(const struct step *steps, uint32_t index)
{
    const void *lock = steps[index].done.object;
    while (index-- > 0) {
        const struct operation *done = &steps[index].done;
        if (done->object == lock && rwlock_used(done) && !failed(done))
            return done->op == OP_WRITE_LOCK || (done->op == OP_RW_TRY && done->detail == 2);
    }
    return false;
}

// What follows where both operations could never be executed one right after the other is only for
// completeness: steps between them order them.
static enum relation rwlock_relation(const struct step *steps, uint32_t earlier,
                                     const struct operation *later)
{
    const struct operation *done = &steps[earlier].done;
    bool reader_ends = done->op == OP_RW_UNLOCK && done->detail != 0;
    bool only_readers = later->op == OP_RW_UNLOCK && later->detail != 0;
    if (done->op == OP_RW_UNLOCK && later->op != OP_RW_TRY)
        return reader_ends && (reads(later) || only_readers) ? RELATION_NONE : RELATION_RELEASED;
    if (later->op == OP_RW_UNLOCK && !failed(done))
        return only_readers && reads(done) ? RELATION_NONE : RELATION_RELEASED;
    if (failed(done) && (later->op == OP_WRITE_LOCK || later->op == OP_READ_LOCK))
        return later->op == OP_WRITE_LOCK || writer_holds(steps, earlier) ? RELATION_RELEASED
                                                                          : RELATION_RACING;
    if (reads(later) && (reads(done) || reader_ends))
        return RELATION_NONE;
    return both_failed(done, later) ? RELATION_NONE : RELATION_RACING;
}

// ---- Memory, threads, meetings, once ----

static bool is_memory(const struct operation *operation)
{
    return operation->op == OP_READ || operation->op == OP_WRITE || operation->op == OP_UPDATE ||
           operation->op == OP_SPIN;
}

static bool only_reads(const struct operation *operation)
{
    return operation->op == OP_READ || operation->op == OP_SPIN;
}

static bool memory_conflict(const struct operation *one, const struct operation *other)
{
    return one->object == other->object && !(only_reads(one) && only_reads(other));
}

static enum relation memory_relation(const struct operation *done, const struct operation *later)
{
    bool conflict = done->object != NULL && memory_conflict(done, later);
    return conflict ? RELATION_RACING : RELATION_NONE;
}

static bool arrives(const struct operation *operation)
{
    return operation->op == OP_BARRIER_ARRIVE || operation->op == OP_MEET;
}

static bool passes(const struct operation *operation)
{
    return operation->op == OP_BARRIER_PASS || operation->op == OP_MEET_PASS;
}

// Of an arrival: the phase; and whether all have arrived then, so that the next one is for the next
// phase.
static uint64_t phase_of(const struct operation *arrival)
{
    return arrival->detail >> 1;
}

static bool completes(const struct operation *arrival)
{
    return (arrival->detail & 1) != 0; // also if nothing is known
}

static bool arrivals_conflict(const struct operation *one, const struct operation *other)
{
    return phase_of(one) != phase_of(other) || completes(one) || completes(other);
}

// Those who have arrived for the same phase commute; whoever passes needs all of them.
static enum relation meeting_relation(const struct operation *done, const struct operation *later)
{
    if (arrives(done) && arrives(later))
        return phase_of(done) == phase_of(later) ? RELATION_NONE : RELATION_RACING;
    bool needed = arrives(done) && passes(later) && phase_of(done) == later->detail;
    return needed ? RELATION_REQUIRED : RELATION_NONE;
}

enum { ONCE_BEGINS, ONCE_ENDS, ONCE_FOUND };

static enum relation once_relation(const struct operation *done, const struct operation *later)
{
    if (done->detail == ONCE_FOUND && later->detail == ONCE_FOUND)
        return RELATION_NONE;
    return done->detail == ONCE_ENDS ? RELATION_RELEASED : RELATION_RACING;
}

// Threads are numbered in the order of their creation, so that creations do not commute.
static enum relation thread_relation(const struct operation *done, const struct operation *later)
{
    if (done->op == OP_CREATE && later->op == OP_CREATE)
        return RELATION_RACING;
    if (done->object != later->object)
        return RELATION_NONE;
    bool needed = (done->op == OP_CREATE && later->op == OP_START) ||
                  (done->op == OP_EXIT && later->op == OP_JOIN) ||
                  (done->op == OP_JOIN && later->op == OP_CREATE); // the slot is used again
    return needed ? RELATION_REQUIRED : RELATION_NONE;
}

// ---- Everything together ----

bool operations_conflict(const struct operation *one, const struct operation *other)
{
    if (one->op == OP_CREATE && other->op == OP_CREATE)
        return true;
    if (same_mutex(one, other) && !both_failed(one, other))
        return true;
    if (condition_conflict(one, other))
        return true;
    if (one->object != other->object)
        return false;
    if (one->op == OP_EXIT || other->op == OP_EXIT) // seen by who looks whether it has ended
        return one->op == OP_READ || other->op == OP_READ;
    if (is_memory(one) && is_memory(other))
        return memory_conflict(one, other);
    if (semaphore_used(one) && semaphore_used(other))
        return semaphore_conflict(one, other);
    if (rwlock_used(one) && rwlock_used(other))
        return rwlock_conflict(one, other);
    if (one->op == OP_ONCE && other->op == OP_ONCE)
        return one->detail != ONCE_FOUND || other->detail != ONCE_FOUND;
    if (arrives(one) && arrives(other))
        return arrivals_conflict(one, other);
    if (one->op == OP_FUTEX || other->op == OP_FUTEX)
        return true;
    return one->op == OP_FILE && other->op == OP_FILE;
}

enum relation relation_between(const struct step *steps, uint32_t earlier, uint32_t count,
                               const struct operation *later, uint8_t thread)
{
    const struct operation *done = &steps[earlier].done;
    if (is_memory(done) && is_memory(later)) // most are, and nothing else can be between them
        return memory_relation(done, later);
    enum relation condition = condition_relation(steps, earlier, count, later, thread);
    if (condition != RELATION_NONE)
        return condition;
    if (same_mutex(done, later))
        return mutex_relation(steps, earlier, later);
    if (done->op == OP_CREATE || later->op == OP_START || later->op == OP_JOIN)
        return thread_relation(done, later);
    if (done->object != later->object || done->object == NULL)
        return RELATION_NONE;
    if (semaphore_used(done) && semaphore_used(later))
        return semaphore_relation(steps, earlier, count, later);
    if (rwlock_used(done) && rwlock_used(later))
        return rwlock_relation(steps, earlier, later);
    if ((arrives(done) || passes(done)) && (arrives(later) || passes(later)))
        return meeting_relation(done, later);
    if (done->op == OP_ONCE && later->op == OP_ONCE)
        return once_relation(done, later);
    return operations_conflict(done, later) ? RELATION_RACING : RELATION_NONE;
}
