// A child of a program with threads starts one: ThreadSanitizer would rather die.
// explore: abstains
// tsan: clean
// helgrind: clean

#include <pthread.h>
#include <stddef.h>
#include <sys/wait.h>
#include <unistd.h>

static void *work(void *unused)
{
    return unused;
}

static void be_child(void)
{
    pthread_t thread;
    pthread_create(&thread, NULL, work, NULL);
    pthread_join(thread, NULL);
    _exit(0);
}

int main(void)
{
    int status = 1;
    pthread_t thread;
    pthread_create(&thread, NULL, work, NULL);
    pid_t child = fork();
    if (child == 0)
        be_child();
    waitpid(child, &status, 0);
    pthread_join(thread, NULL);
    return status != 0;
}
