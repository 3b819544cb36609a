// A thread is neither joined nor detached.
// explore: abstains
// tsan: reported, thread leak
// helgrind: clean
#define _GNU_SOURCE
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <stddef.h>
#include <sys/syscall.h>
#include <unistd.h>

static sem_t finished;
static long number; // of the thread

static void *finish(void *unused)
{
    number = syscall(SYS_gettid);
    sem_post(&finished);
    return unused;
}

int main(void)
{
    pthread_t thread;
    sem_init(&finished, 0, 0);
    pthread_create(&thread, NULL, finish, NULL);
    sem_wait(&finished);
    while (syscall(SYS_tgkill, (long)getpid(), number, 0L) == 0) // until it has ended
        sched_yield();
    return 0;
}
