// Also right: a semaphore with a single permit lets one thread in at a time.

#include "counter.h"

#include <semaphore.h>
#include <stdlib.h>

struct counter {
    sem_t permit; // whoever holds it may touch value
    long value;
};

struct counter *counter_new(void)
{
    struct counter *counter = malloc(sizeof *counter);
    if (counter) {
        sem_init(&counter->permit, 0, 1);
        counter->value = 0;
    }
    return counter;
}

void counter_free(struct counter *counter)
{
    if (counter)
        sem_destroy(&counter->permit);
    free(counter);
}

void counter_increment(struct counter *counter)
{
    sem_wait(&counter->permit);
    counter->value++;
    sem_post(&counter->permit);
}

long counter_value(struct counter *counter)
{
    sem_wait(&counter->permit);
    long value = counter->value;
    sem_post(&counter->permit);
    return value;
}
