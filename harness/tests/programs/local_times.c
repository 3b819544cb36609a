// The library keeps the time zone under a lock of its own.
// tsan: clean
// helgrind: clean
// explore: clean

#define _GNU_SOURCE
#include <pthread.h>
#include <stddef.h>
#include <time.h>

static void *tell(void *day)
{
    time_t time = 86400 * *(int *)day;
    struct tm local, universal;
    char text[64];
    localtime_r(&time, &local);
    gmtime_r(&time, &universal);
    size_t length = strftime(text, sizeof text, "%Y %Z", &local);
    return length == 0 || mktime(&local) != time || !ctime_r(&time, text) ? day : NULL;
}

int main(void)
{
    pthread_t threads[2];
    int days[2] = {1, 1000}, wrong = 0;
    for (int i = 0; i < 2; i++)
        pthread_create(&threads[i], NULL, tell, &days[i]);
    for (int i = 0; i < 2; i++) {
        void *result;
        pthread_join(threads[i], &result);
        wrong += result != NULL;
    }
    return wrong;
}
