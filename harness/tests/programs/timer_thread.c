// A thread that the C library starts when a timer runs out, which ThreadSanitizer has not seen begin.
// tsan: abstains; cannot follow timer_create
// helgrind: clean

#include <semaphore.h>
#include <signal.h>
#include <stddef.h>
#include <time.h>

static sem_t fired;

static void fire(union sigval unused)
{
    (void)unused;
    sem_post(&fired);
}

int main(void)
{
    timer_t timer;
    struct sigevent event = {.sigev_notify = SIGEV_THREAD, .sigev_notify_function = fire};
    struct itimerspec soon = {.it_value = {.tv_nsec = 1000000}};
    sem_init(&fired, 0, 0);
    if (timer_create(CLOCK_MONOTONIC, &event, &timer) != 0)
        return 2;
    timer_settime(timer, 0, &soon, NULL);
    sem_wait(&fired);
    timer_delete(timer);
    return 0;
}
