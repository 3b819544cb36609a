// Another process: the explorer follows only one.
// explore: abstains

#include <pthread.h>
#include <sys/wait.h>
#include <unistd.h>

static void *start(void *unused)
{
    pid_t child = fork();
    if (child == 0)
        _exit(0);
    waitpid(child, NULL, 0);
    return unused;
}

int main(void)
{
    pthread_t thread;
    pthread_create(&thread, NULL, start, NULL);
    pthread_join(thread, NULL);
    return 0;
}
