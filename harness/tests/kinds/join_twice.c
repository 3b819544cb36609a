// A thread is joined a second time, which ThreadSanitizer and valgrind 3.27 take for impossible.
// explore: reported, thread misuse
// tsan: reported, thread misuse
// helgrind: reported, thread misuse

#include <pthread.h>
#include <stddef.h>

static void *work(void *unused)
{
    return unused;
}

int main(void)
{
    pthread_t thread;
    pthread_create(&thread, NULL, work, NULL);
    pthread_join(thread, NULL);
    pthread_join(thread, NULL);
    return 0;
}
