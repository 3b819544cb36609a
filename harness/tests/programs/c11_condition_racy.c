// The same, but the value is written after the unlock.
// tsan: reported, data race
// helgrind: reported, data race
// explore: reported, data race
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <threads.h>

static mtx_t mutex;
static cnd_t changed;
static bool ready;
static int value;

static int giver(void *unused)
{
    (void)unused;
    mtx_lock(&mutex);
    ready = true;
    cnd_signal(&changed);
    mtx_unlock(&mutex);
    value = 42;
    return 0;
}

static int taker(void *unused)
{
    (void)unused;
    mtx_lock(&mutex);
    while (!ready)
        cnd_wait(&changed, &mutex);
    mtx_unlock(&mutex);
    printf("%d\n", value);
    return 0;
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
