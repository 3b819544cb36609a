// Peterson's lock, taken so often that every schedule is cut off: much time in which nothing changes but the
// lock and how often each has had it.
// explore: clean

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stddef.h>

enum { ROUNDS = 20000 };

static atomic_int wants[2], turn;

static void *enter_and_leave(void *argument)
{
    int own = *(int *)argument, other = 1 - own;
    for (int i = 0; i < ROUNDS; i++) {
        wants[own] = 1;
        turn = other;
        while (wants[other] && turn == other)
            sched_yield();
        wants[own] = 0;
    }
    return NULL;
}

int main(void)
{
    pthread_t threads[2];
    int numbers[2] = {0, 1};
    for (int i = 0; i < 2; i++)
        pthread_create(&threads[i], NULL, enter_and_leave, &numbers[i]);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    return 0;
}
