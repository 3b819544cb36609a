// Still wrong: the lower number first, but the chopsticks are those of the house. Who eats at one
// table has those of all others in hand, and a new table puts them down for him.
// Caught by: explore

#include "table.h"

#include <semaphore.h>
#include <stdlib.h>

enum { CHOPSTICKS = 512 };

static sem_t chopsticks[CHOPSTICKS]; // 1 while it lies there; number i is on the left of seat i

struct table {
    int seats;
};

struct table *table_new(int seats)
{
    struct table *table = calloc(1, sizeof *table);
    if (!table)
        return NULL;
    table->seats = seats;
    for (int i = 0; i < seats; i++)
        sem_init(&chopsticks[i], 0, 1);
    return table;
}

void table_free(struct table *table)
{
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
    sem_wait(&chopsticks[left < right ? left : right]);
    sem_wait(&chopsticks[left < right ? right : left]);
}

void table_put(struct table *table, int seat)
{
    int left = seat, right = right_of(table, seat);
    sem_post(&chopsticks[left]);
    sem_post(&chopsticks[right]);
}
