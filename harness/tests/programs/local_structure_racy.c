// What the threads share is a structure and an array on main's stack, which main itself changes.
// tsan: reported, data race
// helgrind: reported, data race
// explore: reported, data race

#include <pthread.h>
#include <stddef.h>

struct totals {
    long count;
    long sums[2];
};

static void *add(void *data)
{
    struct totals *totals = data;
    totals->sums[1] += 5;
    return NULL;
}

int main(void)
{
    struct totals totals = {0};
    pthread_t thread;
    pthread_create(&thread, NULL, add, &totals);
    totals.sums[1] += 7;
    pthread_join(thread, NULL);
    return 0;
}
