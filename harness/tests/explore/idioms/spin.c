// A counter behind a spin lock.
// explore: clean

#include <pthread.h>
#include <stddef.h>

static pthread_spinlock_t lock; // 0 is free
static int counter;

static void *work(void *unused)
{
    for (int i = 0; i < 3; i++) {
        pthread_spin_lock(&lock);
        counter++;
        pthread_spin_unlock(&lock);
    }
    return unused;
}

int main(void)
{
    pthread_t threads[2];
    for (int i = 0; i < 2; i++)
        pthread_create(&threads[i], NULL, work, NULL);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    return counter != 6;
}
