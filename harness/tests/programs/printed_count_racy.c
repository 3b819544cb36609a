// Has printf store by "%n", in a variable that another thread reads, how much it has printed.
// tsan: reported, data race
// explore: reported, data race

#include <pthread.h>
#include <stdio.h>
#include <time.h>

static int printed;

static void *print(void *unused)
{
    printf("Wake up%n\n", &printed);
    return unused;
}

int main(void)
{
    pthread_t other;
    pthread_create(&other, NULL, print, NULL);
    nanosleep(&(struct timespec){.tv_nsec = 10000000}, NULL); // not both at once: that escapes tsan
    int before = printed;
    pthread_join(other, NULL);
    return before != 0 && before != printed;
}
