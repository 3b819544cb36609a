// Also right: no chopsticks, but states. Who is hungry eats as soon as no neighbour does; who gets
// up looks whether that lets a neighbour begin, and tells him alone.

#include "table.h"

#include <pthread.h>
#include <semaphore.h>
#include <stdlib.h>

enum state { THINKS, HUNGRY, EATS };

struct seat {
    enum state state;
    sem_t may_eat; // posted once for each meal
};

struct table {
    pthread_mutex_t lock; // guards the states
    int count;
    struct seat seats[];
};

struct table *table_new(int seats)
{
    struct table *table = calloc(1, sizeof *table + (size_t)seats * sizeof(struct seat));
    if (!table)
        return NULL;
    table->count = seats;
    pthread_mutex_init(&table->lock, NULL);
    for (int i = 0; i < seats; i++)
        sem_init(&table->seats[i].may_eat, 0, 0);
    return table;
}

void table_free(struct table *table)
{
    for (int i = 0; table && i < table->count; i++)
        sem_destroy(&table->seats[i].may_eat);
    if (table)
        pthread_mutex_destroy(&table->lock);
    free(table);
}

static struct seat *seat_at(struct table *table, int seat)
{
    return &table->seats[(seat + table->count) % table->count];
}

static void begin_if_possible(struct table *table, int seat)
{
    struct seat *self = seat_at(table, seat);
    if (self->state == HUNGRY && seat_at(table, seat - 1)->state != EATS &&
        seat_at(table, seat + 1)->state != EATS) {
        self->state = EATS;
        sem_post(&self->may_eat);
    }
}

void table_take(struct table *table, int seat)
{
    pthread_mutex_lock(&table->lock);
    seat_at(table, seat)->state = HUNGRY;
    begin_if_possible(table, seat);
    pthread_mutex_unlock(&table->lock);
    sem_wait(&seat_at(table, seat)->may_eat);
}

void table_put(struct table *table, int seat)
{
    pthread_mutex_lock(&table->lock);
    seat_at(table, seat)->state = THINKS;
    begin_if_possible(table, seat - 1);
    begin_if_possible(table, seat + 1);
    pthread_mutex_unlock(&table->lock);
}
