// Threads ask the kernel itself for the numbers of their process and of themselves; getpid is the program's
// own, and asks the same way.
// explore: clean
// tsan: clean
// native: clean

#define _GNU_SOURCE
#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/syscall.h>
#include <unistd.h>

pid_t getpid(void)
{
    return (pid_t)syscall(SYS_getpid);
}

static void *ask(void *is_same)
{
    bool other = syscall(SYS_gettid) != syscall(SYS_getpid);
    *(bool *)is_same = other && syscall(SYS_getpid) == getpid();
    return NULL;
}

int main(void)
{
    pthread_t threads[2];
    bool same[2];
    for (int i = 0; i < 2; i++)
        pthread_create(&threads[i], NULL, ask, &same[i]);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    return same[0] && same[1] && syscall(SYS_gettid) == getpid() ? 0 : 1;
}
