// Each thread maps memory of its own, which the kernel puts where another thread's was before.
// explore: clean
// tsan: clean
// helgrind: clean

#define _GNU_SOURCE
#include <pthread.h>
#include <stddef.h>
#include <string.h>
#include <sys/mman.h>

enum { SIZE = 8192 };

static void *use(void *unused)
{
    for (int i = 0; i < 3; i++) {
        char *own = mmap(NULL, SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        own[0] = 1;
        memset(own + 4096, 2, 100);
        munmap(own, SIZE);
    }
    return unused;
}

int main(void)
{
    pthread_t threads[3];
    for (int i = 0; i < 3; i++)
        pthread_create(&threads[i], NULL, use, NULL);
    for (int i = 0; i < 3; i++)
        pthread_join(threads[i], NULL);
    return 0;
}
