// A thread writes far past an array of its own, over what its stack holds of who called it.
// explore: crashed
// tsan: crashed; SIGSEGV
// helgrind: crashed; SIGSEGV
// native: crashed; by signal 11

#include <pthread.h>
#include <string.h>

static volatile size_t much = 64;

static void *fill(void *unused)
{
    char few[8];
    memset(few, 'x', much);
    return few[3] ? unused : NULL;
}

int main(void)
{
    pthread_t thread;
    pthread_create(&thread, NULL, fill, NULL);
    pthread_join(thread, NULL);
    return 0;
}
