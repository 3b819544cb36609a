// A lock that waits by looking again and again: a spinlock.
#pragma once

struct lock;

// An open lock, or NULL without memory. The caller frees it.
struct lock *lock_new(void);
void lock_free(struct lock *lock);

// Waits until the lock is open, and takes it.
void lock_acquire(struct lock *lock);

// Opens it. Only the thread that took it calls this. What this thread did before is seen by
// whoever takes the lock next.
void lock_release(struct lock *lock);
