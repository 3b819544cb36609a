// What the threads share is on main's stack. main changes it before they begin and after their end,
// and meanwhile what is its own.
// tsan: clean
// helgrind: clean
// native: clean
// explore: clean

#include <pthread.h>
#include <stddef.h>

struct totals {
    long own;
    long sums[2];
};

static void *add(void *data)
{
    long *sum = data;
    *sum += 5;
    return NULL;
}

int main(void)
{
    struct totals totals = {.sums = {1, 1}};
    pthread_t threads[2];
    for (int i = 0; i < 2; i++)
        pthread_create(&threads[i], NULL, add, &totals.sums[i]);
    for (int i = 0; i < 3; i++)
        totals.own++;
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    totals.sums[0]++;
    return totals.own + totals.sums[0] + totals.sums[1] == 16 ? 0 : 1;
}
