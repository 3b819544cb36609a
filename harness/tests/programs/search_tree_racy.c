// Two threads put keys into the C library's tree, and nothing orders them.
// explore: reported, data race

#include <pthread.h>
#include <search.h>
#include <stddef.h>
#include <string.h>

static void *root;
static char *names[] = {"ant", "bee", "cat", "dog"};

static int compare(const void *one, const void *other)
{
    return strcmp(one, other);
}

static void *insert(void *first)
{
    for (char **name = first; name < names + 4; name += 2) {
        tsearch(*name, &root, compare);
    }
    return NULL;
}

int main(void)
{
    pthread_t threads[2];
    for (int i = 0; i < 2; i++)
        pthread_create(&threads[i], NULL, insert, &names[i]);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    int found = 0;
    for (int i = 0; i < 4; i++) {
        found += tfind(names[i], &root, compare) != NULL;
        tdelete(names[i], &root, compare);
    }
    return found == 4 ? 0 : 1;
}
