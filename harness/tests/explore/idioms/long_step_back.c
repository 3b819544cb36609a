// Two threads take two marks each, in opposite orders, and step back where the second is taken: they may get
// into each other's way many times, and yet both come through, again and again.
// explore: clean

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

enum { ROUNDS = 5000 };

static atomic_bool marks[2];

static bool take(atomic_bool *mark)
{
    return !atomic_exchange(mark, true);
}

static void *take_both(void *argument)
{
    int first = *(int *)argument;
    for (int i = 0; i < ROUNDS; i++) {
        while (true) {
            if (take(&marks[first])) {
                if (take(&marks[1 - first]))
                    break;
                atomic_store(&marks[first], false);
            }
            sched_yield();
        }
        atomic_store(&marks[1 - first], false);
        atomic_store(&marks[first], false);
    }
    return NULL;
}

int main(void)
{
    pthread_t threads[2];
    int numbers[2] = {0, 1};
    for (int i = 0; i < 2; i++)
        pthread_create(&threads[i], NULL, take_both, &numbers[i]);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    return 0;
}
