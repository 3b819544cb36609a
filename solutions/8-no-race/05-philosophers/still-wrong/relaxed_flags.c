// Still wrong: each chopstick is a flag that is tested and set in one step, the lower number first.
// Nobody has one at the same time as another; but relaxed steps order nothing else, and what a
// neighbour did at the table need not have been seen.
// Caught by: explore

#include "table.h"

#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>

struct table {
    int seats;
    atomic_bool taken[]; // chopstick i is on the left of seat i
};

struct table *table_new(int seats)
{
    struct table *table = calloc(1, sizeof *table + (size_t)seats * sizeof(atomic_bool));
    if (table)
        table->seats = seats;
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

static void take(atomic_bool *taken)
{
    while (atomic_exchange_explicit(taken, true, memory_order_relaxed))
        sched_yield();
}

void table_take(struct table *table, int seat)
{
    int left = seat, right = right_of(table, seat);
    take(&table->taken[left < right ? left : right]);
    take(&table->taken[left < right ? right : left]);
}

void table_put(struct table *table, int seat)
{
    int left = seat, right = right_of(table, seat);
    atomic_store_explicit(&table->taken[left], false, memory_order_relaxed);
    atomic_store_explicit(&table->taken[right], false, memory_order_relaxed);
}
