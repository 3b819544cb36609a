// Attack: Counts for one thread of five, and has so many threads that the explorer cannot follow.
// Expected: failed

#include "counter.h"
#include <pthread.h>
#include <stdlib.h>
struct counter {
    long value;
    pthread_t one;
    pthread_mutex_t lock;
    int set;
};
static void *nothing(void *p)
{
    return p;
}
struct counter *counter_new(void)
{
    struct counter *c = calloc(1, sizeof *c);
    pthread_mutex_init(&c->lock, NULL);
    pthread_t t[70];
    for (int i = 0; i < 70; i++)
        pthread_create(&t[i], NULL, nothing, NULL);
    for (int i = 0; i < 70; i++)
        pthread_join(t[i], NULL);
    return c;
}
void counter_free(struct counter *c)
{
    free(c);
}
void counter_increment(struct counter *c)
{
    pthread_mutex_lock(&c->lock);
    if (!c->set) {
        c->set = 1;
        c->one = pthread_self();
    }
    if (pthread_equal(c->one, pthread_self()))
        c->value++;
    pthread_mutex_unlock(&c->lock);
}
long counter_value(struct counter *c)
{
    return c->value * 5;
}
