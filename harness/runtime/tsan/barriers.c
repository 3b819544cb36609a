// Barriers, under ThreadSanitizer, which takes a thread's way out of one for an access of its own:
// whoever destroys the barrier when all have met, or frees it, is reported though the library lets
// that wait for the others. The way in alone is told. Reached by --wrap.

#include <pthread.h>

void __tsan_read1(void *address);
void AnnotateIgnoreReadsBegin(const char *file, int line);
void AnnotateIgnoreReadsEnd(const char *file, int line);

int __real_pthread_barrier_wait(pthread_barrier_t *barrier);
int __wrap_pthread_barrier_wait(pthread_barrier_t *barrier);
int __wrap_pthread_barrier_wait(pthread_barrier_t *barrier)
{
    __tsan_read1(barrier);
    AnnotateIgnoreReadsBegin(__FILE__, __LINE__);
    int result = __real_pthread_barrier_wait(barrier);
    AnnotateIgnoreReadsEnd(__FILE__, __LINE__);
    return result;
}
