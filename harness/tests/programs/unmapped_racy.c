// Memory is unmapped while another thread may still read there.
// explore: crashed

#define _GNU_SOURCE
#include <pthread.h>
#include <stddef.h>
#include <sys/mman.h>

enum { SIZE = 4096 };

static int *number;

static void *look(void *unused)
{
    return *number > 0 ? unused : NULL;
}

int main(void)
{
    pthread_t thread;
    number = mmap(NULL, SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    pthread_create(&thread, NULL, look, NULL);
    munmap(number, SIZE);
    pthread_join(thread, NULL);
    return 0;
}
