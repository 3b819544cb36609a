// A table is filled by whoever comes first to call_once.
// tsan: clean
// helgrind: clean
// native: clean
// explore: clean
#include <stddef.h>
#include <threads.h>

static once_flag filled = ONCE_FLAG_INIT;
static int table[16];

static void fill(void)
{
    for (int i = 0; i < 16; i++)
        table[i] = i * i;
}

static int look_up(void *unused)
{
    (void)unused;
    call_once(&filled, fill);
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
