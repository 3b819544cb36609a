// A text is printed while another thread copies one over it.
// explore: reported, data race
// tsan: reported, data race

#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

static char name[16] = "nobody";

static void *change(void *unused)
{
    strcpy(name, "somebody");
    return unused;
}

int main(void)
{
    pthread_t thread;
    pthread_create(&thread, NULL, change, NULL);
    nanosleep(&(struct timespec){.tv_nsec = 10000000}, NULL); // not both at once: that escapes tsan
    printf("hello, %s\n", name);
    pthread_join(thread, NULL);
    return 0;
}
