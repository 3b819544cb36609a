// All threads wait for another, and yet go on: a signal calls on them.
// explore: abstains
// tsan: clean
// helgrind: clean
// native: clean

#include <errno.h>
#include <semaphore.h>
#include <signal.h>
#include <stddef.h>
#include <unistd.h>

static sem_t rung;

static void ring(int number)
{
    (void)number;
    sem_post(&rung);
}

int main(void)
{
    sem_init(&rung, 0, 0);
    signal(SIGALRM, ring);
    alarm(3);
    while (sem_wait(&rung) != 0 && errno == EINTR)
        continue;
    return 0;
}
