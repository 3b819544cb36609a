// A thread is neither joined nor detached.
// explore: abstains
// tsan: reported, thread leak
// helgrind: clean
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <signal.h>
#include <stddef.h>

static sem_t finished;
static int waited;

static void *finish(void *unused)
{
    sem_post(&finished);
    return unused;
}

int main(void)
{
    pthread_t thread;
    sem_init(&finished, 0, 0);
    pthread_create(&thread, NULL, finish, NULL);
    sem_wait(&finished);
    while (pthread_kill(thread, 0) == 0 && sched_yield() == 0 && ++waited < 100000)
        ; // until it has ended, or nearly
    return 0;
}
