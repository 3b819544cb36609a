// Two locks in opposite orders, but the second is only tried, and the first let go if it is taken:
// nobody ever waits with a lock in hand.
// tsan: clean
// helgrind: clean
// native: clean
// explore: clean

#include <pthread.h>
#include <sched.h>
#include <stddef.h>

static pthread_mutex_t left = PTHREAD_MUTEX_INITIALIZER, right = PTHREAD_MUTEX_INITIALIZER;
static int moved; // guarded by both

// Holds both locks on return, whatever order the other thread uses.
static void lock_both(pthread_mutex_t *first, pthread_mutex_t *second)
{
    pthread_mutex_lock(first);
    while (pthread_mutex_trylock(second) != 0) {
        pthread_mutex_unlock(first);
        sched_yield();
        pthread_mutex_lock(first);
    }
}

static void *left_to_right(void *unused)
{
    for (int i = 0; i < 20; i++) {
        lock_both(&left, &right);
        moved++;
        pthread_mutex_unlock(&right);
        pthread_mutex_unlock(&left);
    }
    return unused;
}

static void *right_to_left(void *unused)
{
    for (int i = 0; i < 20; i++) {
        lock_both(&right, &left);
        moved--;
        pthread_mutex_unlock(&left);
        pthread_mutex_unlock(&right);
    }
    return unused;
}

int main(void)
{
    pthread_t one, other;
    pthread_create(&one, NULL, left_to_right, NULL);
    pthread_create(&other, NULL, right_to_left, NULL);
    pthread_join(one, NULL);
    pthread_join(other, NULL);
    return moved != 0;
}
