// An assertion that holds or not as the threads' turns come.
// explore: crashed, assertion

#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>

static atomic_int stage;

static void *second_stage(void *unused)
{
    atomic_store(&stage, 2);
    return unused;
}

int main(void)
{
    pthread_t thread;
    pthread_create(&thread, NULL, second_stage, NULL);
    assert(atomic_load(&stage) == 0);
    pthread_join(thread, NULL);
    return 0;
}
