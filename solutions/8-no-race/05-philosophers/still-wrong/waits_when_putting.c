// Still wrong: makes sure that what it has put back lies there. By then a neighbour may eat with it.
// Caught by: explore

#include "table.h"

#include <semaphore.h>
#include <stdlib.h>

struct table {
    int seats;
    sem_t chopsticks[]; // 1 while it lies there; number i is on the left of seat i
};

struct table *table_new(int seats)
{
    struct table *table = calloc(1, sizeof *table + (size_t)seats * sizeof(sem_t));
    if (!table)
        return NULL;
    table->seats = seats;
    for (int i = 0; i < seats; i++)
        sem_init(&table->chopsticks[i], 0, 1);
    return table;
}

void table_free(struct table *table)
{
    for (int i = 0; table && i < table->seats; i++)
        sem_destroy(&table->chopsticks[i]);
    free(table);
}

static int right_of(const struct table *table, int seat)
{
    return (seat + 1) % table->seats;
}

// The one with the lower number first, which for the last seat is the right one.
void table_take(struct table *table, int seat)
{
    int left = seat, right = right_of(table, seat);
    sem_wait(&table->chopsticks[left < right ? left : right]);
    sem_wait(&table->chopsticks[left < right ? right : left]);
}

void table_put(struct table *table, int seat)
{
    int left = seat, right = right_of(table, seat);
    sem_post(&table->chopsticks[left]);
    sem_post(&table->chopsticks[right]);

    // Both must lie there now.
    sem_wait(&table->chopsticks[left]);
    sem_post(&table->chopsticks[left]);
}
