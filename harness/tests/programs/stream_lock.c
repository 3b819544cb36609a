// The lock of a stream guards what is not the stream's.
// tsan: clean
// helgrind: clean
// explore: clean
// native: clean

#include <pthread.h>
#include <stdio.h>

enum { THREADS = 2, LINES = 10 };

static int lines;

static void *print(void *unused)
{
    for (int i = 0; i < LINES; i++) {
        flockfile(stdout);
        flockfile(stdout);
        printf("line %d\n", lines);
        funlockfile(stdout);
        lines++;
        funlockfile(stdout);
    }
    return unused;
}

int main(void)
{
    pthread_t threads[THREADS];
    for (int i = 0; i < THREADS; i++)
        pthread_create(&threads[i], NULL, print, NULL);
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    return lines != THREADS * LINES;
}
