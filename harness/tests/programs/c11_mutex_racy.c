// The same, but that a thread has finished is counted after the last unlock.
// tsan: reported, data race
// helgrind: reported, data race
// explore: reported, data race
#include <stddef.h>
#include <threads.h>

enum { THREADS = 2, ROUNDS = 100 };

static mtx_t mutex;
static int count, finished;

static int work(void *unused)
{
    (void)unused;
    for (int i = 0; i < ROUNDS; i++) {
        mtx_lock(&mutex);
        count++;
        mtx_unlock(&mutex);
    }
    finished++;
    return ROUNDS;
}

int main(void)
{
    thrd_t threads[THREADS];
    int result, sum = 0;
    mtx_init(&mutex, mtx_plain);
    for (int i = 0; i < THREADS; i++)
        thrd_create(&threads[i], work, NULL);
    for (int i = 0; i < THREADS; i++) {
        thrd_join(threads[i], &result);
        sum += result;
    }
    mtx_destroy(&mutex);
    return count != THREADS * ROUNDS || sum != count || finished == 0;
}
