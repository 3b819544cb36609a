// What was printed to a pipe happens before it is read; how, is the library's business.
// explore: abstains; cannot follow fdopen
// tsan: abstains; reads and writes by streams (fdopen in stream_over_pipe.c
// helgrind: abstains; reads and writes by streams (fdopen in stream_over_pipe.c

#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

static int ends[2];
static int payload;

static void *produce(void *unused)
{
    FILE *stream = fdopen(ends[1], "w");
    payload = 42;
    fputs("ready\n", stream);
    fclose(stream);
    return unused;
}

int main(void)
{
    pthread_t thread;
    char line[16];
    if (pipe(ends) != 0)
        return 2;
    pthread_create(&thread, NULL, produce, NULL);
    FILE *stream = fdopen(ends[0], "r");
    int got = fgets(line, sizeof line, stream) ? payload : 0;
    fclose(stream);
    pthread_join(thread, NULL);
    return got != 42;
}
