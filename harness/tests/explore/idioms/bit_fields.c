// A bit-field of no width between them makes two locations.
// explore: clean

#include <pthread.h>
#include <stddef.h>

static struct {
    unsigned left : 4;
    unsigned : 0;
    unsigned right : 4;
} fields;
static _Atomic int next;

static void *work(void *unused)
{
    if (next++ == 0)
        fields.left = 1;
    else
        fields.right = 1;
    return unused;
}

int main(void)
{
    pthread_t threads[2];
    for (int i = 0; i < 2; i++)
        pthread_create(&threads[i], NULL, work, NULL);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    return fields.left != 1 || fields.right != 1;
}
