// Also right: each reader brings its own condition variable along, and is called by name.

#include "task_done.h"
#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
struct waiter {
    pthread_cond_t cond;
    bool woken;
    struct waiter *next;
};
struct tasks {
    pthread_mutex_t lock;
    int outstanding;
    struct waiter *waiters;
};
struct tasks *tasks_new(int outstanding)
{
    struct tasks *t = malloc(sizeof *t);
    if (!t)
        return NULL;
    *t = (struct tasks){.lock = PTHREAD_MUTEX_INITIALIZER, .outstanding = outstanding};
    return t;
}
void tasks_free(struct tasks *t)
{
    if (t)
        pthread_mutex_destroy(&t->lock);
    free(t);
}
void tasks_add(struct tasks *t)
{
    pthread_mutex_lock(&t->lock);
    t->outstanding += 1;
    pthread_mutex_unlock(&t->lock);
}
void tasks_done(struct tasks *t)
{
    pthread_mutex_lock(&t->lock);
    t->outstanding -= 1;
    if (t->outstanding == 0)
        for (struct waiter *w = t->waiters; w; w = w->next) {
            w->woken = true;
            pthread_cond_signal(&w->cond);
        }
    pthread_mutex_unlock(&t->lock);
}
void tasks_wait(struct tasks *t)
{
    pthread_mutex_lock(&t->lock);
    if (t->outstanding > 0) {
        struct waiter me = {.cond = PTHREAD_COND_INITIALIZER, .next = t->waiters};
        t->waiters = &me;
        while (!me.woken)
            pthread_cond_wait(&me.cond, &t->lock);
        pthread_cond_destroy(&me.cond);
    }
    pthread_mutex_unlock(&t->lock);
}
