// A thread is cancelled while it joins another, which it then has not joined.
// tsan: abstains; cannot follow pthread_cancel
// helgrind: clean
// native: clean

#include <pthread.h>
#include <stddef.h>
#include <unistd.h>

static pthread_t sleeper;

static void *sleep_on(void *unused)
{
    for (;;)
        pause();
    return unused;
}

static void *join(void *unused)
{
    pthread_join(sleeper, NULL);
    return unused;
}

int main(void)
{
    pthread_t joiner;
    void *result;
    pthread_create(&sleeper, NULL, sleep_on, NULL);
    pthread_create(&joiner, NULL, join, NULL);
    pthread_cancel(joiner);
    pthread_join(joiner, &result);
    pthread_cancel(sleeper);
    pthread_join(sleeper, NULL);
    return result != PTHREAD_CANCELED;
}
