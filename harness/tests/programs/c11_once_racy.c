// The same, but the routine is guarded by a plain flag instead.
// tsan: reported, data race
// helgrind: reported, data race
// explore: reported, data race
#include <stdbool.h>
#include <stddef.h>
#include <threads.h>

static bool filled;
static int table[16];

static void fill(void)
{
    for (int i = 0; i < 16; i++)
        table[i] = i * i;
    filled = true;
}

static int look_up(void *unused)
{
    (void)unused;
    if (!filled)
        fill();
    return table[9];
}

int main(void)
{
    thrd_t threads[3];
    int result, sum = 0;
    for (int i = 0; i < 3; i++)
        thrd_create(&threads[i], look_up, NULL);
    for (int i = 0; i < 3; i++) {
        thrd_join(threads[i], &result);
        sum += result;
    }
    return sum != 3 * 81;
}
