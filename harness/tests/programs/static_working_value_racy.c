// A helper keeps its working value in a static variable that it alone uses, and writes before it
// reads. Two threads call it at once.
// explore: reported, data race
// tsan: reported, data race
// helgrind: reported, data race
#include <pthread.h>
#include <stdio.h>

static long work; // shared by mistake

static long sum_of_squares(long n)
{
    work = 0;
    for (long i = 1; i <= n; i++)
        work += i * i;
    return work;
}

static void *count(void *result)
{
    long wrong = 0;
    for (int i = 0; i < 200; i++)
        wrong += sum_of_squares(100) != 338350;
    *(long *)result = wrong;
    return NULL;
}

int main(void)
{
    pthread_t threads[2];
    long wrong[2];
    for (int i = 0; i < 2; i++)
        pthread_create(&threads[i], NULL, count, &wrong[i]);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    printf("wrong sums: %ld\n", wrong[0] + wrong[1]);
    return wrong[0] + wrong[1] ? 1 : 0;
}
