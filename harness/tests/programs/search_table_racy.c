// Two threads put entries into the C library's one table, and nothing orders them.
// explore: reported; reports a data race on what hsearch keeps

#include <pthread.h>
#include <search.h>
#include <stddef.h>

static char *names[] = {"ant", "bee"};

static void *insert(void *name)
{
    hsearch((ENTRY){*(char **)name, name}, ENTER);
    return NULL;
}

int main(void)
{
    pthread_t threads[2];
    hcreate(20);
    for (int i = 0; i < 2; i++)
        pthread_create(&threads[i], NULL, insert, &names[i]);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    hdestroy();
    return 0;
}
