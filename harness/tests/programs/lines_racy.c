// Two threads read lines of one stream, which is right, into one block, which is not.
// explore: reported, data race

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

static FILE *lines;
static char *line;
static size_t room;

static void *drain(void *unused)
{
    while (getline(&line, &room, lines) > 0)
        continue;
    return unused;
}

int main(void)
{
    pthread_t threads[2];
    lines = tmpfile();
    fputs("one\ntwo\nthree\nfour\n", lines);
    rewind(lines);
    for (int i = 0; i < 2; i++)
        pthread_create(&threads[i], NULL, drain, NULL);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    fclose(lines);
    free(line);
    return 0;
}
