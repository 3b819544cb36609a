// Standard output is a pipe, by which one thread hands over to another: the library's writing is not
// seen.
// explore: abstains; cannot follow a standard stream over a pipe
// tsan: abstains; dup2 in standard_stream_over_pipe.c:29
// helgrind: abstains; dup2 in standard_stream_over_pipe.c:29
// native: clean

#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

enum { READER, WRITER };

static int payload;

static void *produce(void *unused)
{
    payload = 42;
    puts("done");
    fflush(stdout);
    return unused;
}

int main(void)
{
    pthread_t thread;
    char byte;
    int ends[2];
    if (pipe(ends) != 0 || dup2(ends[WRITER], STDOUT_FILENO) < 0)
        return 2;
    pthread_create(&thread, NULL, produce, NULL);
    if (read(ends[READER], &byte, 1) != 1)
        return 2;
    int got = payload;
    pthread_join(thread, NULL);
    return got != 42;
}
