// Also right: who gets one chopstick and not the other puts it back, and tries again after a nap. How
// long it is, chance decides: so nobody keeps in step with his neighbours.

#include "table.h"

#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

enum { NAP_MOST = 1000 }; // microseconds

struct table {
    int seats;
    pthread_mutex_t chopsticks[]; // number i is on the left of seat i
};

struct table *table_new(int seats)
{
    struct table *table = calloc(1, sizeof *table + (size_t)seats * sizeof(pthread_mutex_t));
    if (!table)
        return NULL;
    table->seats = seats;
    for (int i = 0; i < seats; i++)
        pthread_mutex_init(&table->chopsticks[i], NULL);
    return table;
}

void table_free(struct table *table)
{
    for (int i = 0; table && i < table->seats; i++)
        pthread_mutex_destroy(&table->chopsticks[i]);
    free(table);
}

static int right_of(const struct table *table, int seat)
{
    return (seat + 1) % table->seats;
}

void table_take(struct table *table, int seat)
{
    int left = seat, right = right_of(table, seat);
    for (;;) {
        pthread_mutex_lock(&table->chopsticks[left]);
        if (pthread_mutex_trylock(&table->chopsticks[right]) == 0)
            return;
        pthread_mutex_unlock(&table->chopsticks[left]);
        usleep((useconds_t)(rand() % NAP_MOST));
    }
}

void table_put(struct table *table, int seat)
{
    int left = seat, right = right_of(table, seat);
    pthread_mutex_unlock(&table->chopsticks[left]);
    pthread_mutex_unlock(&table->chopsticks[right]);
}
