// The sync objects of a program as the explorer sees them. Their state lies in the objects
// themselves, where zero means free: so copies, static ones, and those made again behave as they
// should. The kind of a mutex stands where glibc's static initialisers put it.
//
// The program can write over them, free their memory, or forget to make them: what stands there may
// be anything. A lock whose owner is no thread is held by nobody; whoever takes it is told what is
// wrong.
//
// Functions return what their POSIX namesakes return. `pc` is where the program calls them;
// `deadline` is in virtual nanoseconds, 0: none.
#pragma once

#include "core.h"

enum { SYNC_DESTROYED = 0xdead };

struct mutex {
    int32_t held;
    uint32_t count; // of a recursive one
    int32_t owner;  // thread id + 1
    uint32_t magic;
    int32_t kind;   // type, and MUTEX_ROBUST
    int32_t legacy; // LEGACY_...
};
enum { MUTEX_NORMAL, MUTEX_RECURSIVE, MUTEX_ERROR_CHECK, MUTEX_TYPE = 3, MUTEX_ROBUST = 16 };

// What a robust mutex has come to. It is lost for good if whoever is told that its owner has died
// gives it back without a word that what it guards is consistent.
enum { LEGACY_NONE, LEGACY_LEFT, LEGACY_TAKEN, LEGACY_LOST };

struct condition {
    uint32_t magic;
    uint32_t unheard; // signals since the last that woke somebody
    int32_t clock;    // by which deadlines are told; a static initialiser's is CLOCK_REALTIME
};

struct rwlock {
    int32_t readers;
    int32_t writer; // thread id + 1
    uint32_t magic;
};

struct semaphore {
    int32_t value;
};

struct barrier {
    uint32_t arrived, parties, phase, magic;
    uint8_t lowest;    // id of those who have arrived
    uint8_t serial[2]; // who is told so, of an even phase and of an odd one
};

struct spin {
    int32_t owner; // thread id + 1
};

// The thread that the owner of a lock names; NULL if there is none of that number.
static inline struct thread *owning_thread(int32_t owner)
{
    return thread_named((unsigned long)owner);
}

struct once {
    int32_t state; // 0: not begun, 1: runs, 2: done
};

// `kind` is a type, perhaps with MUTEX_ROBUST. `op`: what mutex_lock is told as; it gives ETIMEDOUT
// where its deadline has passed.
int mutex_init(struct mutex *mutex, int kind, uintptr_t pc);
int mutex_destroy(struct mutex *mutex, uintptr_t pc);
int mutex_lock(struct mutex *mutex, uint64_t deadline, enum op op, uintptr_t pc);
int mutex_trylock(struct mutex *mutex, uintptr_t pc);
int mutex_unlock(struct mutex *mutex, uintptr_t pc);
// The calling thread ends, and leaves the robust mutex to whoever comes next.
void mutex_abandon(struct mutex *mutex);
// For a condition's wait: gives a held mutex up and takes it again; returned is its count before. A
// recursive one that is locked several times is unlocked once, as the library does it: nobody else
// gets it meanwhile.
uint32_t mutex_give_up(struct mutex *mutex);
void mutex_take_again(struct mutex *mutex, uint32_t count, uintptr_t pc);

int condition_init(struct condition *condition, int clock, uintptr_t pc);
int condition_destroy(struct condition *condition, uintptr_t pc);
int condition_wait(struct condition *condition, struct mutex *mutex, uint64_t deadline,
                   uintptr_t pc);
int condition_signal(struct condition *condition, uintptr_t pc);
int condition_broadcast(struct condition *condition, uintptr_t pc);

int once_call(struct once *once, void (*routine)(void), uintptr_t pc);

int key_create(unsigned *key, void (*destructor)(void *), uintptr_t pc);
int key_delete(unsigned key);
int key_set(unsigned key, const void *value);
void *key_get(unsigned key);

int nap(uintptr_t pc); // gives way
