#include "tsan_types.h"

#include <string.h>

// What ThreadSanitizer calls its reports: ReportTypeDescription in lib/tsan/rtl/tsan_debugging.cpp.
static const struct tsan_type types[] = {
    {"data-race", KIND_DATA_RACE, "data race"},
    {"data-race-vptr", KIND_DATA_RACE, "data race on a virtual table pointer"},
    {"external-race", KIND_DATA_RACE, "data race inside a library"},
    {"heap-use-after-free", KIND_USE_AFTER_FREE, "memory used after it was freed"},
    {"heap-use-after-free-vptr", KIND_USE_AFTER_FREE, "memory used after it was freed"},
    {"thread-leak", KIND_THREAD_LEAK, "a thread was neither joined nor detached"},
    {"locked-mutex-destroy", KIND_LOCK_MISUSE, "a lock was destroyed while it was held"},
    {"mutex-double-lock", KIND_LOCK_MISUSE, "a lock was taken twice by the same thread"},
    {"mutex-invalid-access", KIND_LOCK_MISUSE,
     "a lock was used before it was made or after it was "
     "destroyed"},
    {"mutex-bad-unlock", KIND_LOCK_MISUSE, "a lock was released by a thread that did not hold it"},
    {"mutex-bad-read-lock", KIND_LOCK_MISUSE, "a read lock was taken on a lock held for writing"},
    {"mutex-bad-read-unlock", KIND_LOCK_MISUSE, "a read lock was released that was not held"},
    {"mutex-held-in-wrong-context", KIND_LOCK_MISUSE, "a lock was held where none may be"},
    {"signal-unsafe-call", KIND_SIGNAL,
     "a function that is not safe in a signal handler was called "
     "in one"},
    {"errno-in-signal-handler", KIND_SIGNAL, "a signal handler changed errno"},
    {"lock-order-inversion", KIND_LOCK_ORDER, "locks are taken in opposite orders"},
};

const struct tsan_type *tsan_type_find(const char *type)
{
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
        if (strcmp(types[i].type, type) == 0)
            return &types[i];
    return NULL;
}
