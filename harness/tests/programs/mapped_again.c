// Each thread maps a file, and unmaps it, before the next one does.
// explore: clean
// tsan: clean
// helgrind: clean

#define _GNU_SOURCE
#include <pthread.h>
#include <sys/mman.h>
#include <unistd.h>

enum { SIZE = 4096 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int file;

static void *add(void *unused)
{
    pthread_mutex_lock(&lock);
    int *number = mmap(NULL, SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    (*number)++;
    munmap(number, SIZE);
    pthread_mutex_unlock(&lock);
    return unused;
}

int main(void)
{
    pthread_t threads[2];
    int number = 0;
    file = memfd_create("numbers", 0);
    if (file < 0 || ftruncate(file, SIZE) != 0)
        return 2;
    for (int i = 0; i < 2; i++)
        pthread_create(&threads[i], NULL, add, NULL);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    return pread(file, &number, sizeof number, 0) != sizeof number || number != 2;
}
