// Wide strings are put together under a lock.
// explore: clean
// tsan: clean
// helgrind: clean

#include <pthread.h>
#include <wchar.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static wchar_t all[16];

static void *append(void *number)
{
    wchar_t own[8];
    swprintf(own, 8, L"%d", *(int *)number);
    pthread_mutex_lock(&lock);
    wcscat(all, own);
    pthread_mutex_unlock(&lock);
    return NULL;
}

int main(void)
{
    pthread_t threads[2];
    int numbers[2] = {1, 2};
    for (int i = 0; i < 2; i++)
        pthread_create(&threads[i], NULL, append, &numbers[i]);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    return wcscmp(all, L"12") != 0 && wcscmp(all, L"21") != 0;
}
