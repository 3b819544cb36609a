// The same with strtok_r.
// explore: clean

#include <pthread.h>
#include <stddef.h>
#include <string.h>

static void *work(void *unused)
{
    char words[] = "one two", *rest;
    strtok_r(words, " ", &rest);
    return strtok_r(NULL, " ", &rest) != NULL ? unused : (void *)work;
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
