// A lock for very short critical sections: whoever finds it taken may keep trying instead of going
// to sleep, and need not let others run between two tries.
#pragma once

struct spinlock;

// A lock that nobody holds, or NULL without memory. The caller frees it, when nobody holds it.
struct spinlock *spinlock_new(void);
void spinlock_free(struct spinlock *lock);

// Returns as soon as this thread alone holds the lock. Must not hold it already.
void spinlock_acquire(struct spinlock *lock);

// Lets the next one in. Must hold the lock.
void spinlock_release(struct spinlock *lock);
