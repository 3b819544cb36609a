// Two threads that both take a block for their own to free.
// explore: reported, double free

#include <pthread.h>
#include <stdlib.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char *letter;

static void *throw_away(void *unused)
{
    pthread_mutex_lock(&lock);
    free(letter);
    pthread_mutex_unlock(&lock);
    return unused;
}

int main(void)
{
    pthread_t threads[2];
    letter = malloc(20);
    for (int i = 0; i < 2; i++)
        pthread_create(&threads[i], NULL, throw_away, NULL);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    return 0;
}
