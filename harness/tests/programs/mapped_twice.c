// One file is mapped at two addresses, so that the same number has two.
// explore: abstains; cannot follow memory that is mapped twice

#define _GNU_SOURCE
#include <pthread.h>
#include <sys/mman.h>
#include <unistd.h>

enum { SIZE = 4096 };

static int *number, *also_number;

static void *add(void *unused)
{
    (*also_number)++;
    return unused;
}

int main(void)
{
    pthread_t thread;
    int file = memfd_create("numbers", 0);
    if (file < 0 || ftruncate(file, SIZE) != 0)
        return 2;
    number = mmap(NULL, SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    also_number = mmap(NULL, SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    pthread_create(&thread, NULL, add, NULL);
    (*number)++;
    pthread_join(thread, NULL);
    return 0;
}
