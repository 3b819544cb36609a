// A value is handed over under a C11 mutex, and waited for with a C11 condition variable.
// tsan: clean
// helgrind: clean
// native: clean
// explore: clean
#include <stdbool.h>
#include <stddef.h>
#include <threads.h>

static mtx_t mutex;
static cnd_t changed;
static bool ready;
static int value;

static int giver(void *unused)
{
    (void)unused;
    mtx_lock(&mutex);
    value = 42;
    ready = true;
    cnd_signal(&changed);
    mtx_unlock(&mutex);
    return 0;
}

static int taker(void *unused)
{
    (void)unused;
    mtx_lock(&mutex);
    while (!ready)
        cnd_wait(&changed, &mutex);
    mtx_unlock(&mutex);
    return value != 42;
}

int main(void)
{
    thrd_t threads[2];
    int result;
    mtx_init(&mutex, mtx_plain);
    cnd_init(&changed);
    thrd_create(&threads[0], taker, NULL);
    thrd_create(&threads[1], giver, NULL);
    thrd_join(threads[1], NULL);
    thrd_join(threads[0], &result);
    cnd_destroy(&changed);
    mtx_destroy(&mutex);
    return result;
}
