// A thread that asks for a stack larger than the explorer's, and needs it.
// explore: abstains; a stack of more than
// tsan: clean
// helgrind: clean
// native: clean

#include <pthread.h>
#include <stddef.h>
#include <string.h>

enum { MEBI = 1 << 20 };

static void *fill(void *unused)
{
    char large[16 * MEBI];
    memset(large, 1, sizeof large);
    return large[12345] == 1 ? unused : (void *)&fill;
}

int main(void)
{
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, (size_t)64 * MEBI);
    pthread_t thread;
    void *result = &thread;
    if (pthread_create(&thread, &attributes, fill, NULL) != 0)
        return 1;
    pthread_attr_destroy(&attributes);
    pthread_join(thread, &result);
    return result != NULL;
}
