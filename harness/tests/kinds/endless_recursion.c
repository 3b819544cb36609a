// A stack that runs out.
// explore: crashed, crash
// tsan: crashed; stack that has run out
// helgrind: crashed; SIGSEGV in deeper
// native: crashed; SIGSEGV

#include <pthread.h>
#include <stddef.h>

static volatile int depth;

static int deeper(int level)
{
    volatile char room[4096];
    room[level % 4096] = 1;
    depth = level;
    return deeper(level + 1) + room[1];
}

static void *work(void *unused)
{
    depth = deeper(1);
    return unused;
}

int main(void)
{
    pthread_t thread;
    pthread_create(&thread, NULL, work, NULL);
    pthread_join(thread, NULL);
    return 0;
}
