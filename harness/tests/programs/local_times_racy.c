// A day is taken apart while another thread reads the year. The lock that our runtime takes for the
// library's time zone is none that the program holds.
// tsan: reported, data race; 8 bytes, holding no lock
// explore: reported, data race

#define _GNU_SOURCE
#include <pthread.h>
#include <time.h>

static struct tm today;

static void open_calendar(void)
{
    time_t noon = 43200;
    localtime_r(&noon, &today);
}

static void *begin_day(void *unused)
{
    open_calendar();
    return unused;
}

int main(void)
{
    pthread_t other;
    pthread_create(&other, NULL, begin_day, NULL);
    nanosleep(&(struct timespec){.tv_nsec = 10000000}, NULL); // not both at once: that escapes tsan
    int year = today.tm_year;
    pthread_join(other, NULL);
    return year > 200;
}
