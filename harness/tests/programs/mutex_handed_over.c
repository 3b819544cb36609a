// The last one who holds a reference ends the life of the mutex that guards it, while the one before is
// still in pthread_mutex_unlock.
// tsan: clean
// helgrind: clean

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

struct thing {
    pthread_mutex_t lock;
    int references;
};

static void let_go(struct thing *thing)
{
    pthread_mutex_lock(&thing->lock);
    int left = --thing->references;
    pthread_mutex_unlock(&thing->lock);
    if (left > 0)
        return;
    pthread_mutex_destroy(&thing->lock);
    memset(thing, 0, sizeof *thing);
    free(thing);
}

static void *work(void *thing)
{
    let_go(thing);
    return NULL;
}

int main(void)
{
    for (int i = 0; i < 20; i++) {
        pthread_t thread;
        struct thing *thing = malloc(sizeof *thing);
        pthread_mutex_init(&thing->lock, NULL);
        thing->references = 2;
        pthread_create(&thread, NULL, work, thing);
        let_go(thing);
        pthread_join(thread, NULL);
    }
    return 0;
}
