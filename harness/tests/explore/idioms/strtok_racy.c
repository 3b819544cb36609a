// Two threads split strings of their own with strtok, whose position is one for all.
// explore: reported, data race

#include <pthread.h>
#include <stddef.h>
#include <string.h>

static void *work(void *unused)
{
    char words[] = "one two";
    strtok(words, " ");
    strtok(NULL, " ");
    return unused;
}

int main(void)
{
    pthread_t threads[2];
    for (int i = 0; i < 2; i++)
        pthread_create(&threads[i], NULL, work, NULL);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    return 0;
}
