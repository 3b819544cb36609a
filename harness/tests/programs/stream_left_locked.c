// A process that ends while a thread has a stream locked, and another would print, ends all the same.
// explore: reported, deadlock

#include <pthread.h>
#include <stdio.h>

static void *print(void *unused)
{
    flockfile(stdout);
    puts("a line");
    return unused;
}

int main(void)
{
    pthread_t thread;
    pthread_create(&thread, NULL, print, NULL);
    pthread_join(thread, NULL);
    flockfile(stdout);
    funlockfile(stdout);
    return 0;
}
