// A thread that gives the program up.
// explore: crashed, abort

#include <pthread.h>
#include <stdlib.h>

static void *give_up(void *unused)
{
    (void)unused;
    abort();
}

int main(void)
{
    pthread_t thread;
    pthread_create(&thread, NULL, give_up, NULL);
    pthread_join(thread, NULL);
    return 0;
}
