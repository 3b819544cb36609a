// Also right: who waits for a table and a dish together, under one lock, has neither while he
// waits, and there is nothing to put back but the lock.

#include "restaurant.h"

#include <pthread.h>
#include <stdlib.h>

struct restaurant {
    pthread_mutex_t lock; // guards the rest
    pthread_cond_t more;  // of either
    int tables, dishes;   // so many are left
};

struct restaurant *restaurant_new(int tables)
{
    struct restaurant *restaurant = malloc(sizeof *restaurant);
    if (!restaurant)
        return NULL;
    pthread_mutex_init(&restaurant->lock, NULL);
    pthread_cond_init(&restaurant->more, NULL);
    restaurant->tables = tables;
    restaurant->dishes = 0;
    return restaurant;
}

void restaurant_free(struct restaurant *restaurant)
{
    if (!restaurant)
        return;
    pthread_mutex_destroy(&restaurant->lock);
    pthread_cond_destroy(&restaurant->more);
    free(restaurant);
}

static void unlock(void *lock)
{
    pthread_mutex_unlock(lock);
}

static void sit_down(struct restaurant *restaurant)
{
    pthread_mutex_lock(&restaurant->lock);
    pthread_cleanup_push(unlock, &restaurant->lock);
    while (restaurant->tables == 0 || restaurant->dishes == 0)
        pthread_cond_wait(&restaurant->more, &restaurant->lock);
    restaurant->tables--;
    restaurant->dishes--;
    pthread_cleanup_pop(1);
}

static void add(struct restaurant *restaurant, int *number)
{
    pthread_mutex_lock(&restaurant->lock);
    ++*number;
    pthread_cond_broadcast(&restaurant->more);
    pthread_mutex_unlock(&restaurant->lock);
}

static void get_up(void *data)
{
    struct restaurant *restaurant = data;
    add(restaurant, &restaurant->tables);
}

void restaurant_dine(struct restaurant *restaurant, restaurant_meal *eat, void *guest)
{
    sit_down(restaurant);
    pthread_cleanup_push(get_up, restaurant);
    eat(guest);
    pthread_cleanup_pop(1);
}

void restaurant_serve(struct restaurant *restaurant)
{
    add(restaurant, &restaurant->dishes);
}

static int look(struct restaurant *restaurant, const int *number)
{
    pthread_mutex_lock(&restaurant->lock);
    int left = *number;
    pthread_mutex_unlock(&restaurant->lock);
    return left;
}

int restaurant_tables(struct restaurant *restaurant)
{
    return look(restaurant, &restaurant->tables);
}

int restaurant_dishes(struct restaurant *restaurant)
{
    return look(restaurant, &restaurant->dishes);
}
