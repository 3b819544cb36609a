// Two owners share an object; who drops the last reference uses and frees it. The decrement is
// acquire and release: each owner's writes come before the free.
// tsan: clean
// helgrind: clean
// native: clean
// explore: clean
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

struct object {
    atomic_int references;
    int written[2];
};

struct owner {
    struct object *object;
    int number;
};

static void drop(struct object *object)
{
    if (atomic_fetch_sub_explicit(&object->references, 1, memory_order_acq_rel) != 1)
        return;
    if (object->written[0] + object->written[1] != 3)
        exit(1);
    free(object);
}

static void *use(void *data)
{
    struct owner *owner = data;
    owner->object->written[owner->number] = owner->number + 1;
    drop(owner->object);
    return NULL;
}

int main(void)
{
    struct object *object = calloc(1, sizeof *object);
    atomic_init(&object->references, 2);
    struct owner owners[2] = {{object, 0}, {object, 1}};
    pthread_t threads[2];
    for (int i = 0; i < 2; i++)
        pthread_create(&threads[i], NULL, use, &owners[i]);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    return 0;
}
