// More locks held at once than ThreadSanitizer's search for lock orders has room for (64).
// explore: clean
// tsan: clean; the order of locks was not looked at
// helgrind: clean

#include <pthread.h>

enum { LOCKS = 200 };

static pthread_mutex_t locks[LOCKS];

int main(void)
{
    for (int i = 0; i < LOCKS; i++)
        pthread_mutex_init(&locks[i], NULL);
    for (int i = 0; i < LOCKS; i++)
        pthread_mutex_lock(&locks[i]);
    for (int i = LOCKS - 1; i >= 0; i--)
        pthread_mutex_unlock(&locks[i]);
    return 0;
}
