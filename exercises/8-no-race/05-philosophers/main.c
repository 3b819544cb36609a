// Five philosophers meet `rounds` evenings. Each evening one of them, another one each time, stays at
// home to think, so that four sit at the table.

#include "table.h"

#include <racelings/rendezvous.h>

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

enum { SEATS = 5, LONG_MS = 10000 };

static struct table *table;
static long rounds;
static atomic_bool eats[SEATS];
static atomic_long meals, quarrels; // a quarrel: a neighbour eats too

static struct rendezvous start = RENDEZVOUS(SEATS);

static bool eating(int seat)
{
    return atomic_load_explicit(&eats[(seat + SEATS) % SEATS], memory_order_relaxed);
}

static void eat(int seat)
{
    atomic_store_explicit(&eats[seat], true, memory_order_relaxed);
    if (eating(seat - 1) || eating(seat + 1))
        atomic_fetch_add_explicit(&quarrels, 1, memory_order_relaxed);
    atomic_fetch_add_explicit(&meals, 1, memory_order_relaxed);
    atomic_store_explicit(&eats[seat], false, memory_order_relaxed);
}

static void *philosopher(void *data)
{
    int seat = *(const int *)data;
    for (long evening = 0; evening < rounds; evening++) {
        rendezvous_meet(&start, LONG_MS);
        if (evening % SEATS == seat)
            continue;
        table_take(table, seat);
        eat(seat);
        table_put(table, seat);
    }
    return NULL;
}

int main(int argc, char **argv)
{
    rounds = argc > 1 ? atol(argv[1]) : 100;
    table = table_new(SEATS);
    pthread_t threads[SEATS];
    int seats[SEATS];
    for (int i = 0; i < SEATS; i++) {
        seats[i] = i;
        pthread_create(&threads[i], NULL, philosopher, &seats[i]);
    }
    for (int i = 0; i < SEATS; i++)
        pthread_join(threads[i], NULL);

    long want = rounds * (SEATS - 1);
    printf("want: %ld meals, got: %ld; want: no quarrel, got: %ld\n", want, meals, quarrels);
    table_free(table);
    return meals == want && quarrels == 0 ? 0 : 1;
}
