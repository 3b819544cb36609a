// What cannot be followed is said by name.

#include <pthread.h>
#include <unistd.h>

static void *split(void *unused)
{
    (void)unused;
    _exit(fork() == 0);
}

int main(void)
{
    pthread_t thread;
    pthread_create(&thread, NULL, split, NULL);
    pthread_join(thread, NULL);
    return 0;
}
