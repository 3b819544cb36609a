// The C library keeps the time zone under a lock of its own, of which ThreadSanitizer and Helgrind
// know nothing: they report what it allocates, reads and frees there as races of whoever calls
// these. So each call is made under one that they know. Reached by --wrap. (localtime and its like
// are left alone: their result is shared.)

#include <pthread.h>
#include <time.h>

// Its name tells who reads reports that it is none of the program's.
static pthread_mutex_t racelings_zone = PTHREAD_MUTEX_INITIALIZER;

struct tm *__real_localtime_r(const time_t *time, struct tm *result);
struct tm *__wrap_localtime_r(const time_t *time, struct tm *result);
struct tm *__wrap_localtime_r(const time_t *time, struct tm *result)
{
    pthread_mutex_lock(&racelings_zone);
    result = __real_localtime_r(time, result);
    pthread_mutex_unlock(&racelings_zone);
    return result;
}

struct tm *__real_gmtime_r(const time_t *time, struct tm *result);
struct tm *__wrap_gmtime_r(const time_t *time, struct tm *result);
struct tm *__wrap_gmtime_r(const time_t *time, struct tm *result)
{
    pthread_mutex_lock(&racelings_zone);
    result = __real_gmtime_r(time, result);
    pthread_mutex_unlock(&racelings_zone);
    return result;
}

char *__real_ctime_r(const time_t *time, char *text);
char *__wrap_ctime_r(const time_t *time, char *text);
char *__wrap_ctime_r(const time_t *time, char *text)
{
    pthread_mutex_lock(&racelings_zone);
    text = __real_ctime_r(time, text);
    pthread_mutex_unlock(&racelings_zone);
    return text;
}

time_t __real_mktime(struct tm *time);
time_t __wrap_mktime(struct tm *time);
time_t __wrap_mktime(struct tm *time)
{
    pthread_mutex_lock(&racelings_zone);
    time_t seconds = __real_mktime(time);
    pthread_mutex_unlock(&racelings_zone);
    return seconds;
}

size_t __real_strftime(char *text, size_t size, const char *format, const struct tm *time);
size_t __wrap_strftime(char *text, size_t size, const char *format, const struct tm *time);
size_t __wrap_strftime(char *text, size_t size, const char *format, const struct tm *time)
{
    pthread_mutex_lock(&racelings_zone);
    size_t length = __real_strftime(text, size, format, time);
    pthread_mutex_unlock(&racelings_zone);
    return length;
}
