// A thread is joined a second time, which ThreadSanitizer takes for impossible.
// explore: reported, lock misuse
// tsan: reported, lock misuse
// helgrind: reported, lock misuse

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
