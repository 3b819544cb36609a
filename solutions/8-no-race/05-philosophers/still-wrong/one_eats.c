// Still wrong: one lock around the meal. Philosophers who share no chopstick wait for each other.
// Caught by: explore

#include "table.h"

#include <semaphore.h>
#include <stdlib.h>

struct table {
    int seats;
    sem_t waiter;       // has what there is to eat
    sem_t chopsticks[]; // 1 while it lies there; number i is on the left of seat i
};

struct table *table_new(int seats)
{
    struct table *table = calloc(1, sizeof *table + (size_t)seats * sizeof(sem_t));
    if (!table)
        return NULL;
    table->seats = seats;
    sem_init(&table->waiter, 0, 1);
    for (int i = 0; i < seats; i++)
        sem_init(&table->chopsticks[i], 0, 1);
    return table;
}

void table_free(struct table *table)
{
    for (int i = 0; table && i < table->seats; i++)
        sem_destroy(&table->chopsticks[i]);
    if (table)
        sem_destroy(&table->waiter);
    free(table);
}

void table_take(struct table *table, int seat)
{
    (void)seat;
    sem_wait(&table->waiter);
}

void table_put(struct table *table, int seat)
{
    (void)seat;
    sem_post(&table->waiter);
}
