// main leaves by pthread_exit before its threads have ended.
// tsan: clean
// helgrind: clean
// native: clean

#include <pthread.h>
#include <stddef.h>
#include <unistd.h>

static void *work(void *unused)
{
    usleep(100000);
    return unused;
}

int main(void)
{
    pthread_t threads[5];
    for (int i = 0; i < 5; i++) {
        pthread_create(&threads[i], NULL, work, NULL);
        pthread_detach(threads[i]);
    }
    pthread_exit(NULL);
}
