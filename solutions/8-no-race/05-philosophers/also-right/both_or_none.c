// Also right: takes both at once or none; no chopstick is ever held while waiting.

#include "table.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>

struct table {
    pthread_mutex_t lock; // guards taken
    pthread_cond_t put_back;
    int seats;
    bool taken[]; // chopstick i is on the left of seat i
};

struct table *table_new(int seats)
{
    struct table *table = calloc(1, sizeof *table + (size_t)seats * sizeof(bool));
    if (!table)
        return NULL;
    table->seats = seats;
    pthread_mutex_init(&table->lock, NULL);
    pthread_cond_init(&table->put_back, NULL);
    return table;
}

void table_free(struct table *table)
{
    if (table) {
        pthread_cond_destroy(&table->put_back);
        pthread_mutex_destroy(&table->lock);
    }
    free(table);
}

static int right_of(const struct table *table, int seat)
{
    return (seat + 1) % table->seats;
}

void table_take(struct table *table, int seat)
{
    int left = seat, right = right_of(table, seat);
    pthread_mutex_lock(&table->lock);
    while (table->taken[left] || table->taken[right])
        pthread_cond_wait(&table->put_back, &table->lock);
    table->taken[left] = table->taken[right] = true;
    pthread_mutex_unlock(&table->lock);
}

void table_put(struct table *table, int seat)
{
    int left = seat, right = right_of(table, seat);
    pthread_mutex_lock(&table->lock);
    table->taken[left] = table->taken[right] = false;
    pthread_cond_broadcast(&table->put_back);
    pthread_mutex_unlock(&table->lock);
}
