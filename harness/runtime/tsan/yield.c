// Reached by --wrap (tsan.wrap): a thread that gives way again and again, for it waits, naps
// instead.
//
// For the stack of the access that came first, ThreadSanitizer replays what the thread has done
// since, of which it keeps nine parts of 32,768 events (history_size). An access that has fallen
// out of them is no race to it; nor is, from then on, any other that the thread made since it last
// released something, or that anybody makes to that word (compiler-rt's lib/tsan/rtl: RestoreStack,
// SpuriousRace, DoReportRace). A thread that waits in a loop fills them in some 40 milliseconds,
// and on a busy machine the one that it waits for may not have begun by then: a race that every run
// shows would be missed.

#include <sched.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

// How often a thread gives way before it naps: a tenth of what fills the history. And how often it
// naps: to wait for some seconds, and to slow down no more than that a program which gives way as
// it works. (On a busy machine each nap takes some milliseconds, however short: shorter ones, and
// so more of them, would make a program that tries a number of times look as if it hung.)
enum { YIELDS = 5000, NAPS = 3000, NAP_NS = 1000 * 1000 };

int __wrap_sched_yield(void);
int __wrap_sched_yield(void)
{
    static _Thread_local unsigned calls;
    if (calls < YIELDS + NAPS)
        calls++;
    if (calls <= YIELDS || calls == YIELDS + NAPS)
        return (int)syscall(SYS_sched_yield);
    static const struct timespec nap = {.tv_nsec = NAP_NS};
    syscall(SYS_nanosleep, &nap, NULL); // by which ThreadSanitizer sees nothing ordered, either
    return 0;
}
