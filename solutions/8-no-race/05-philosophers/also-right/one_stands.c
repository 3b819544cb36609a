// Also right: one fewer than there are seats may reach for chopsticks, so somebody always gets
// both. Who stands at the door waits for a neighbour at most: all others sit, and the one on his
// right has begun with the chopstick between them.

#include "table.h"

#include <semaphore.h>
#include <stdlib.h>

struct table {
    int seats;
    sem_t door;         // so many may still come to the table
    sem_t chopsticks[]; // 1 while it lies there; number i is on the left of seat i
};

struct table *table_new(int seats)
{
    struct table *table = calloc(1, sizeof *table + (size_t)seats * sizeof(sem_t));
    if (!table)
        return NULL;
    table->seats = seats;
    sem_init(&table->door, 0, (unsigned)seats - 1);
    for (int i = 0; i < seats; i++)
        sem_init(&table->chopsticks[i], 0, 1);
    return table;
}

void table_free(struct table *table)
{
    for (int i = 0; table && i < table->seats; i++)
        sem_destroy(&table->chopsticks[i]);
    if (table)
        sem_destroy(&table->door);
    free(table);
}

static int right_of(const struct table *table, int seat)
{
    return (seat + 1) % table->seats;
}

void table_take(struct table *table, int seat)
{
    int left = seat, right = right_of(table, seat);
    sem_wait(&table->door);
    sem_wait(&table->chopsticks[left]);
    sem_wait(&table->chopsticks[right]);
}

void table_put(struct table *table, int seat)
{
    int left = seat, right = right_of(table, seat);
    sem_post(&table->chopsticks[left]);
    sem_post(&table->chopsticks[right]);
    sem_post(&table->door);
}
