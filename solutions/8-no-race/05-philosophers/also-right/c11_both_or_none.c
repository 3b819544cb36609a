// Also right: both at once or none, in C11.

#include "table.h"

#include <stdbool.h>
#include <stdlib.h>
#include <threads.h>

struct table {
    mtx_t lock; // guards taken
    cnd_t put_back;
    int seats;
    bool taken[]; // chopstick i is on the left of seat i
};

struct table *table_new(int seats)
{
    struct table *table = calloc(1, sizeof *table + (size_t)seats * sizeof(bool));
    if (!table)
        return NULL;
    table->seats = seats;
    mtx_init(&table->lock, mtx_plain);
    cnd_init(&table->put_back);
    return table;
}

void table_free(struct table *table)
{
    if (table) {
        cnd_destroy(&table->put_back);
        mtx_destroy(&table->lock);
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
    mtx_lock(&table->lock);
    while (table->taken[left] || table->taken[right])
        cnd_wait(&table->put_back, &table->lock);
    table->taken[left] = table->taken[right] = true;
    mtx_unlock(&table->lock);
}

void table_put(struct table *table, int seat)
{
    int left = seat, right = right_of(table, seat);
    mtx_lock(&table->lock);
    table->taken[left] = table->taken[right] = false;
    cnd_broadcast(&table->put_back);
    mtx_unlock(&table->lock);
}
