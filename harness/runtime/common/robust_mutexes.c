// Robust mutexes, for ThreadSanitizer and Helgrind: neither knows that whoever gets one that its
// owner has left behind comes after all that the owner did. A thread that has locked one says so when
// it ends.
//
// Whose end it was is not told apart: one who gets a mutex left behind comes after all threads that
// have locked a robust one and have ended by then.

#include "robust_mutexes.h"

#include "order.h"

#include <errno.h>
#include <limits.h>
#include <pthread.h>

// As often as destructors are run, but for the last time: then ThreadSanitizer may have taken leave of
// the thread already.
enum { TIMES_MOST = PTHREAD_DESTRUCTOR_ITERATIONS - 1 };

static pthread_key_t ends;
static _Thread_local int times_ended;
static char left_behind;

// The destructor of the key. The program's own ones may use mutexes, too, so it comes again.
static void thread_ends(void *unused)
{
    (void)unused;
    order_release(&left_behind);
    if (++times_ended < TIMES_MOST)
        pthread_setspecific(ends, &left_behind);
}

__attribute__((constructor)) static void make_key(void)
{
    pthread_key_create(&ends, thread_ends);
}

int robust_locked(int error)
{
    if (error == EOWNERDEAD)
        order_acquire(&left_behind);
    if ((error == 0 || error == EOWNERDEAD) && times_ended == 0)
        pthread_setspecific(ends, &left_behind);
    return error;
}
