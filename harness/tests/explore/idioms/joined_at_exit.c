// A handler of atexit, which runs when main has returned, ends and joins the thread.
// explore: clean

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>

static pthread_t keeper;
static atomic_bool closing;

static void *keep(void *unused)
{
    while (!closing)
        ;
    return unused;
}

static void close_all(void)
{
    closing = true;
    pthread_join(keeper, NULL);
}

int main(void)
{
    pthread_create(&keeper, NULL, keep, NULL);
    atexit(close_all);
    return 0;
}
