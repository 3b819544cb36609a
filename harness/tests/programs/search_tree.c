// Two threads put keys into the C library's tree and its table under a lock.
// explore: clean
// tsan: clean
// helgrind: clean

#include <pthread.h>
#include <search.h>
#include <stddef.h>
#include <string.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static void *root;
static char *names[] = {"ant", "bee", "cat", "dog"};

static int compare(const void *one, const void *other)
{
    return strcmp(one, other);
}

static void *insert(void *first)
{
    for (char **name = first; name < names + 4; name += 2) {
        pthread_mutex_lock(&lock);
        tsearch(*name, &root, compare);
        hsearch((ENTRY){*name, *name}, ENTER);
        pthread_mutex_unlock(&lock);
    }
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
    int found = 0;
    for (int i = 0; i < 4; i++) {
        found += tfind(names[i], &root, compare) != NULL;
        found += hsearch((ENTRY){names[i], NULL}, FIND) != NULL;
        tdelete(names[i], &root, compare);
    }
    hdestroy();
    return found == 8 ? 0 : 1;
}
