// A thread goes to a pointer that has not been set, unless the other one was quicker.
// explore: crashed, crash

#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>

static int number = 7;
static _Atomic(int *) place;

static void *set(void *unused)
{
    atomic_store(&place, &number);
    return unused;
}

int main(void)
{
    pthread_t thread;
    pthread_create(&thread, NULL, set, NULL);
    int seen = *atomic_load(&place);
    pthread_join(thread, NULL);
    return seen != 7;
}
