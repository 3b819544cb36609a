// A flag that is made in the block that it guards: begun plainly, then set with release.
// explore: clean

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

struct box {
    atomic_int ready;
    int content;
};

static void *work(void *argument)
{
    struct box *box = argument;
    while (atomic_load_explicit(&box->ready, memory_order_acquire) == 0)
        continue;
    return box->content == 7 ? NULL : box;
}

int main(void)
{
    pthread_t thread;
    void *result;
    struct box *box = calloc(1, sizeof *box);
    pthread_create(&thread, NULL, work, box);
    box->content = 7;
    atomic_store_explicit(&box->ready, 1, memory_order_release);
    pthread_join(thread, &result);
    free(box);
    return result != NULL;
}
