// Each thread reads lines of its own stream, into a block that grows with them.
// explore: clean
// tsan: clean
// helgrind: clean

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

static void *count(void *total)
{
    size_t room = 4;
    char *line = malloc(room);
    FILE *lines = tmpfile();
    fputs("one\na line that is longer than the block\nthree\n", lines);
    rewind(lines);
    while (getline(&line, &room, lines) > 0)
        ++*(int *)total;
    fclose(lines);
    free(line);
    return NULL;
}

int main(void)
{
    pthread_t threads[2];
    int totals[2] = {0, 0};
    for (int i = 0; i < 2; i++)
        pthread_create(&threads[i], NULL, count, &totals[i]);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    return totals[0] != 3 || totals[1] != 3;
}
