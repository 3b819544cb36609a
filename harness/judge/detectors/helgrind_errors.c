// Tells what Helgrind's errors mean.

#define _GNU_SOURCE
#include "helgrind_errors.h"
#include "helgrind_words.h"

#include "base/text.h"

#include <stdlib.h>
#include <string.h>
#include <talloc.h>

static struct access *add_access(void *context, struct finding *finding)
{
    finding->accesses =
        array_grow(context, finding->accesses, sizeof *finding->accesses, finding->access_count);
    struct access *access = &finding->accesses[finding->access_count++];
    *access = (struct access){0};
    return access;
}

// Helgrind takes an atomic operation for a read: see runtime/helgrind/helgrind_atomics.c. It
// becomes what it is, at the program's own line.
static void read_atomic(struct access *access)
{
    struct trace *trace = &access->trace;
    for (size_t i = 0; i < trace->count && i < 2; i++) {
        const char *function = trace->places[i].function;
        if (strncmp(function, "__tsan_atomic", strlen("__tsan_atomic")) != 0)
            continue;
        access->atomic = true;
        access->write = strstr(function, "_load") == NULL;
        trace->places += i + 1;
        trace->count -= i + 1;
        return;
    }
}

// "... during write of size 8 ..." or "... with a previous read of size 4 ..."
static void read_access(void *context, const struct helgrind_item *item, struct finding *finding)
{
    struct access *access = add_access(context, finding);
    const char *size = strstr(item->text, " of size ");
    access->write = strstr(item->text, " write of size ") != NULL;
    access->size = size ? atoi(size + strlen(" of size ")) : 0;
    access->thread = item->thread;
    access->trace = item->trace;
    read_atomic(access);
}

// The words between double quotes in `text`, or NULL.
static const char *quoted(void *context, const char *text)
{
    const char *from = strchr(text, '"'), *to = from ? strchr(from + 1, '"') : NULL;
    return to ? talloc_strndup(context, from + 1, to - from - 1) : NULL;
}

static void read_race(void *context, const struct helgrind_error *error, struct finding *finding)
{
    for (size_t i = 0; i < error->count; i++) {
        const struct helgrind_item *item = &error->items[i];
        if (i == 0 || strncmp(item->text, "This conflicts with ", 20) == 0)
            read_access(context, item, finding);
        else if (strstr(item->text, " inside data symbol "))
            finding->variable = quoted(context, item->text);
        else if (strstr(item->text, " alloc'd") && item->trace.count > 0) // and then, by whom
            finding->allocated = item->trace;
    }
}

// The address behind "at " in `text`, or 0.
static unsigned long address_in(const char *text)
{
    const char *at = strstr(text, " at 0x");
    return at ? strtoul(at + strlen(" at "), NULL, 16) : 0;
}

// Until its name is looked up, a lock goes by its address.
static struct lock *add_lock(void *context, struct finding *finding, unsigned long address)
{
    size_t count = finding->lock_count++;
    finding->locks = array_grow(context, finding->locks, sizeof *finding->locks, count);
    finding->locks[count] = (struct lock){
        .name = talloc_asprintf(context, "the lock at %#lx", address),
        .address = address,
    };
    return &finding->locks[count];
}

// Whether a lock was taken here by a call that gives up if it does not get it, at once or in time
// (see runtime/helgrind/helgrind_sync.c).
static bool was_tried(const struct trace *trace)
{
    for (size_t i = 0; i < trace->count; i++)
        if (strcmp(trace->places[i].function, "__wrap_pthread_mutex_trylock") == 0 ||
            strcmp(trace->places[i].function, "__wrap_pthread_mutex_timedlock") == 0)
            return true;
    return false;
}

// Whether the main thread was here: the outermost place of the program is its main function.
static bool in_main_thread(const struct trace *trace)
{
    size_t i = trace->count;
    while (i > 0 && !trace->places[i - 1].file)
        i--;
    return i > 0 && strcmp(trace->places[i - 1].function, "main") == 0;
}

// The two locks of the cycle: "... established by acquisition of lock at A", "followed by a later
// acquisition of lock at B". The error itself is that A was wanted by somebody who held B; where
// that one had taken B is not told. Nor is anything of the order established if it came about by
// way of further locks: then there is only the error itself. Names come when the symbols are looked
// up. Where the later of two locks was only tried nobody waits for it for ever, and the inversion
// is harmless.
static void read_lock_order(void *context, const struct helgrind_error *error,
                            struct finding *finding)
{
    bool tried = false;
    for (size_t i = 0; i < error->count; i++) {
        const struct helgrind_item *item = &error->items[i];
        if (i == 0)
            finding->where = item->trace;
        else if (strstr(item->text, " acquisition of lock at ") && finding->lock_count < 2) {
            add_lock(context, finding, address_in(item->text))->wanted = finding->where;
            if (finding->lock_count == 1)
                finding->locks[0].taken = item->trace;
            else
                finding->locks[0].wanted = item->trace;
        }
        if (i == 0 || strstr(item->text, " later acquisition of lock at "))
            tried = tried || was_tried(&item->trace);
    }
    if (finding->lock_count == 2 && in_main_thread(&finding->where) &&
        in_main_thread(&finding->locks[0].wanted))
        finding->threads = 1;
    if (tried)
        finding->kind = KIND_ADVICE;
}

// A lock used wrongly: the first sentence says how, and its stack where.
static void read_misuse(void *context, const struct helgrind_error *error, struct finding *finding)
{
    if (!error->count)
        return;
    unsigned long address = address_in(error->items[0].text);
    for (size_t i = 0; i < error->count && !finding->where.count; i++)
        finding->where = error->items[i].trace; // behind the error code, where there is one
    if (!address)
        return;
    struct lock *lock = add_lock(context, finding, address);
    for (size_t i = 1; i < error->count; i++)
        if (strstr(error->items[i].text, " was first observed"))
            lock->taken = error->items[i].trace;
}

// Helgrind's error kinds (hg_errors.c). Misc is told apart by its text: most of it is real misuse,
// but a signal sent after unlocking is correct, and only advice.
static const struct {
    const char *kind, *text;
    enum kind meaning;
    void (*read)(void *context, const struct helgrind_error *error, struct finding *finding);
} error_kinds[] = {
    {"Race", "", KIND_DATA_RACE, read_race},
    {"LockOrder", "", KIND_LOCK_ORDER, read_lock_order},
    {"UnlockUnlocked", "", KIND_LOCK_MISUSE, read_misuse},
    {"UnlockForeign", "", KIND_LOCK_MISUSE, read_misuse},
    {"UnlockBogus", "", KIND_LOCK_MISUSE, read_misuse},
    {"PthAPIerror", "pthread_join", KIND_THREAD_MISUSE, read_misuse},
    {"PthAPIerror", "", KIND_LOCK_MISUSE, read_misuse},
    {"Dubious", "", KIND_ADVICE, read_misuse}, // since valgrind 3.21, for the advice below
    {"Misc", "Exiting thread still holds ", KIND_LOCK_HELD, read_misuse},
    {"Misc", "pthread_cond_{signal,broadcast}: dubious: ", KIND_ADVICE, read_misuse},
    {"Misc", "pthread_cond_{signal,broadcast}: associated lock is not held by ", KIND_ADVICE,
     read_misuse},
    {"Misc", "", KIND_LOCK_MISUSE, read_misuse},
};

static const char owner_died[] = "with error code 130 "; // EOWNERDEAD

// Whether the error is a call that did not get what it asked for in time, which is a result and no
// misuse: "Thread #1's call to sem_trywait failed", "with error code 11 (EAGAIN: ...)". Helgrind
// leaves most such results out (EBUSY of a trylock), but not all, and which differs by version.
static bool is_result(const struct helgrind_error *error)
{
    static const struct {
        const char *call, *code;
    } results[] = {
        {"", "(ETIMEDOUT"},
        {" sem_trywait ", "(EAGAIN"},
        {" sem_", "(EINTR"},
        {" pthread_mutex_", owner_died},
    };
    if (strcmp(error->kind, "PthAPIerror") != 0 || error->count < 2)
        return false;
    for (size_t i = 0; i < sizeof results / sizeof results[0]; i++)
        if (strstr(error->items[0].text, results[i].call) &&
            strstr(error->items[1].text, results[i].code))
            return true;
    return false;
}

// An error of a kind that is not known here says nothing against the program: it may be one. It is
// kept as advice, and told in the note that this gives.
static const char *read_unknown(void *context, const struct helgrind_error *error,
                                struct finding *finding)
{
    finding->kind = KIND_ADVICE;
    read_misuse(context, error, finding);
    return talloc_asprintf(context,
                           "Helgrind reports an error of a kind that is not known here, \"%s\", "
                           "which does not count: %s",
                           error->kind, finding->what);
}

// Whether a lock is held at the end of a thread only because the program has died, or main has
// returned: a thread that ends by itself is back in the C library, and no longer in the program.
static bool made_by_the_end(const struct helgrind_error *error, const struct finding *finding)
{
    return finding->kind == KIND_LOCK_HELD && (error->after_death || trace_own(&finding->where));
}

// Whether one of the accesses is the last that a call makes of what it gives away: of a semaphore
// it posts, of a mutex it unlocks. Helgrind thinks that order begins with the call, but whoever
// gets the thing may end its life before the call is over, and rightly so. (The C library's own
// names for the calls begin with underscores: __new_sem_post, ___pthread_mutex_unlock.)
static bool is_last_touch(const struct finding *finding)
{
    static const char *const calls[] = {
        "sem_post",
        "new_sem_post",
        "pthread_mutex_unlock",
        "lll_unlock",
        "pthread_rwlock_unlock",
        "pthread_cond_signal",
        "pthread_cond_broadcast",
        "pthread_barrier_wait",
    };
    for (size_t i = 0; i < finding->access_count; i++) {
        const struct trace *trace = &finding->accesses[i].trace;
        const struct place *inner = trace->count ? &trace->places[0] : NULL;
        if (!inner || inner->file)
            continue;
        const char *function = inner->function + strspn(inner->function, "_");
        for (size_t k = 0; k < sizeof calls / sizeof calls[0]; k++)
            if (strncmp(function, calls[k], strlen(calls[k])) == 0)
                return true;
    }
    return false;
}

// How many calls of the library lie between the program and the innermost one.
static size_t library_calls(const struct trace *trace)
{
    size_t count = 0;
    for (size_t i = 0; i < trace->count && !trace->places[i].file; i++)
        count += !place_is_ours(trace->places[i].function, "");
    return count;
}

// Whether a library touches what it has allocated itself: it does so under locks of its own, of
// which Helgrind knows nothing. (The innermost call is malloc, or strlen and the like, which
// Helgrind has replaced; the program may call these itself.)
static bool is_library_s_own(const struct finding *finding)
{
    if (finding->kind != KIND_DATA_RACE || library_calls(&finding->allocated) < 2)
        return false;
    for (size_t i = 0; i < finding->access_count; i++)
        if (library_calls(&finding->accesses[i].trace) < 2)
            return false;
    return finding->access_count > 0;
}

static void add_finding(void *context, const struct helgrind_error *error, struct reading *reading)
{
    const char *text = error->count ? error->items[0].text : "";
    struct finding finding = {.kind = KIND_COUNT, .what = text};
    for (size_t i = 0; i < sizeof error_kinds / sizeof error_kinds[0]; i++)
        if (strcmp(error_kinds[i].kind, error->kind) == 0 && strstr(text, error_kinds[i].text)) {
            finding.kind = error_kinds[i].meaning;
            error_kinds[i].read(context, error, &finding);
            break;
        }
    if (finding.kind == KIND_COUNT)
        reading->note = read_unknown(context, error, &finding);
    if (made_by_the_end(error, &finding) || is_last_touch(&finding) || is_library_s_own(&finding))
        return;
    finding.what = helgrind_words(context, finding.what);
    reading_add(context, reading, &finding);
}

bool helgrind_errors_read(void *context, const struct helgrind_xml *xml, struct reading *reading)
{
    bool left_behind = false;
    for (size_t i = 0; i < xml->count; i++) {
        const struct helgrind_error *error = &xml->errors[i];
        if (is_result(error))
            left_behind = left_behind || strstr(error->items[1].text, owner_died);
        else
            add_finding(context, error, reading);
    }
    return left_behind;
}

void helgrind_errors_doubt(struct reading *reading)
{
    size_t all = reading->count;
    reading->count = 0;
    for (size_t i = 0; i < all; i++) {
        enum kind kind = reading->findings[i].kind;
        if (kind == KIND_DATA_RACE && reading->state == READING_COMPLETE) {
            reading->state = READING_UNFOLLOWED;
            reading->note = "a mutex that its owner left behind";
        } else if (kind != KIND_LOCK_HELD && kind != KIND_LOCK_MISUSE && kind != KIND_DATA_RACE)
            reading->findings[reading->count++] = reading->findings[i];
    }
}
