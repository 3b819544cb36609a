// A loop without a body reads on and on from a stream, and does not go in a circle.
// explore: clean
// tsan: clean
// helgrind: clean

#include <pthread.h>
#include <stdio.h>

static void *drain(void *unused)
{
    FILE *lines = tmpfile();
    for (int i = 0; i < 200; i++)
        fputc('x', lines);
    fputc('\n', lines);
    rewind(lines);
    while (fgetc(lines) != '\n')
        continue;
    fclose(lines);
    return unused;
}

int main(void)
{
    pthread_t threads[2];
    for (int i = 0; i < 2; i++)
        pthread_create(&threads[i], NULL, drain, NULL);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    return 0;
}
