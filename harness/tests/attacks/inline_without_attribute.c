// Attack: Gives a library function that no header declares an inline body: only the optimiser takes it.
// Expected: not passed

#include "counter.h"
#include <stdlib.h>
void _exit(int);
int atexit(void (*)(void));
static long bad;
static inline void leave(void)
{
    bad++;
}
inline int sched_yield(void)
{
    leave();
    return 0;
}
struct counter {
    long value;
};
struct counter *counter_new(void)
{
    return calloc(1, sizeof(struct counter));
}
void counter_free(struct counter *c)
{
    free(c);
}
void counter_increment(struct counter *c)
{
    sched_yield();
    __atomic_fetch_add(&c->value, 1, __ATOMIC_RELAXED);
}
long counter_value(struct counter *c)
{
    return c->value + bad;
}
