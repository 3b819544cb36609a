// Locks of streams: recursive mutexes of the explorer's own, for what a stream has of its own would
// stop the whole process. Nobody is kept from printing by them: printing is one step.

#include "driver_statics.h"
#include "sync.h"

#include <stdio.h>

enum { STREAMS_MOST = 32 };

static FILE *streams[STREAMS_MOST];
static struct mutex stream_lock[STREAMS_MOST];

static struct mutex *lock_of(FILE *stream, uintptr_t pc)
{
    for (int i = 0; i < STREAMS_MOST; i++) {
        if (streams[i] == NULL) {
            streams[i] = stream;
            stream_lock[i].kind = MUTEX_RECURSIVE;
        }
        if (streams[i] == stream)
            return &stream_lock[i];
    }
    thread_self()->next.pc = pc;
    run_end(past_limit(), "the locks of more than %d streams", STREAMS_MOST);
}

void __wrap_flockfile(FILE *stream);
void __wrap_flockfile(FILE *stream)
{
    uintptr_t pc = HERE();
    if (running->on)
        mutex_lock(lock_of(stream, pc), 0, OP_LOCK, pc);
}

int __wrap_ftrylockfile(FILE *stream);
int __wrap_ftrylockfile(FILE *stream)
{
    uintptr_t pc = HERE();
    return running->on ? mutex_trylock(lock_of(stream, pc), pc) : 0;
}

void __wrap_funlockfile(FILE *stream);
void __wrap_funlockfile(FILE *stream)
{
    uintptr_t pc = HERE();
    if (running->on)
        mutex_unlock(lock_of(stream, pc), pc);
}
