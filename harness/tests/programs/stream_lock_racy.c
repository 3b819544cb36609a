// Two streams have two locks: neither guards what is shared.
// tsan: reported, data race
// helgrind: reported, data race
// explore: reported, data race

#include <pthread.h>
#include <stdio.h>

enum { LINES = 10 };

static int lines;

static void *print(void *stream)
{
    for (int i = 0; i < LINES; i++) {
        flockfile(stream);
        lines++;
        funlockfile(stream);
    }
    return NULL;
}

int main(void)
{
    pthread_t one, other;
    pthread_create(&one, NULL, print, stdout);
    pthread_create(&other, NULL, print, stderr);
    pthread_join(one, NULL);
    pthread_join(other, NULL);
    return 0;
}
