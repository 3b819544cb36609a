// Two locks in opposite orders by the same two lines: each lock is from->lock once and to->lock once.
// explore: clean
// tsan: reported, lock-order inversion
// helgrind: reported, lock-order inversion
#include <pthread.h>
#include <stdlib.h>

struct purse {
    pthread_mutex_t lock;
    long coins;
};

struct gift {
    struct purse *from, *to;
};

static void *give(void *argument)
{
    struct purse *from = ((struct gift *)argument)->from, *to = ((struct gift *)argument)->to;
    pthread_mutex_lock(&from->lock);
    pthread_mutex_lock(&to->lock);
    from->coins--;
    to->coins++;
    pthread_mutex_unlock(&to->lock);
    pthread_mutex_unlock(&from->lock);
    return NULL;
}

static struct purse *purse_new(void)
{
    struct purse *purse = malloc(sizeof *purse);
    pthread_mutex_init(&purse->lock, NULL);
    purse->coins = 1;
    return purse;
}

static void purse_free(struct purse *purse)
{
    pthread_mutex_destroy(&purse->lock);
    free(purse);
}

int main(void)
{
    struct purse *one = purse_new(), *other = purse_new();
    struct gift gifts[] = {{one, other}, {other, one}};
    for (int i = 0; i < 2; i++) {
        pthread_t thread;
        pthread_create(&thread, NULL, give, &gifts[i]);
        pthread_join(thread, NULL);
    }
    purse_free(one);
    purse_free(other);
    return 0;
}
