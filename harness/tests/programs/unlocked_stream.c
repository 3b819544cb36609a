// Two threads write into a stream by calls that leave its lock alone, and hold the lock themselves.
// explore: clean
// tsan: clean
// helgrind: clean

#include <pthread.h>
#include <stdio.h>

static FILE *out;

static void *write_line(void *line)
{
    flockfile(out);
    for (const char *character = line; *character; character++)
        putc_unlocked(*character, out);
    funlockfile(out);
    return NULL;
}

int main(void)
{
    pthread_t threads[2];
    out = tmpfile();
    pthread_create(&threads[0], NULL, write_line, "one\n");
    pthread_create(&threads[1], NULL, write_line, "two\n");
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    long length = ftell(out);
    fclose(out);
    return length == 8 ? 0 : 1;
}
