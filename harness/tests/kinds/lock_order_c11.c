// Two locks of C11 are taken in opposite orders, in a function of their own: told is its line.
// explore: clean
// tsan: reported, lock-order inversion; lock_order_c11.c:11, in take_both
// helgrind: reported, lock-order inversion; lock_order_c11.c:11, in take_both
#include <threads.h>

static mtx_t left, right;

static void take_both(mtx_t *first, mtx_t *second)
{
    mtx_lock(first);
    mtx_lock(second);
    mtx_unlock(second);
    mtx_unlock(first);
}

static int left_first(void *unused)
{
    (void)unused;
    take_both(&left, &right);
    return 0;
}

static int right_first(void *unused)
{
    (void)unused;
    take_both(&right, &left);
    return 0;
}

int main(void)
{
    thrd_t thread;
    mtx_init(&left, mtx_plain);
    mtx_init(&right, mtx_plain);
    thrd_create(&thread, left_first, NULL);
    thrd_join(thread, NULL);
    thrd_create(&thread, right_first, NULL);
    thrd_join(thread, NULL);
    return 0;
}
