// Also right: semaphores keep no lock while they wait, so the table alone has to be put back.

#include "restaurant.h"

#include <semaphore.h>
#include <pthread.h>
#include <stdlib.h>

struct restaurant {
    sem_t tables, dishes; // so many are left
};

struct restaurant *restaurant_new(int tables)
{
    struct restaurant *restaurant = malloc(sizeof *restaurant);
    if (!restaurant)
        return NULL;
    sem_init(&restaurant->tables, 0, (unsigned)tables);
    sem_init(&restaurant->dishes, 0, 0);
    return restaurant;
}

void restaurant_free(struct restaurant *restaurant)
{
    if (!restaurant)
        return;
    sem_destroy(&restaurant->tables);
    sem_destroy(&restaurant->dishes);
    free(restaurant);
}

static void get_up(void *tables)
{
    sem_post(tables);
}

void restaurant_dine(struct restaurant *restaurant, restaurant_meal *eat, void *guest)
{
    sem_wait(&restaurant->tables);
    pthread_cleanup_push(get_up, &restaurant->tables);
    sem_wait(&restaurant->dishes);
    eat(guest);
    pthread_cleanup_pop(1);
}

void restaurant_serve(struct restaurant *restaurant)
{
    sem_post(&restaurant->dishes);
}

static int left(sem_t *supply)
{
    int left = 0;
    sem_getvalue(supply, &left);
    return left;
}

int restaurant_tables(struct restaurant *restaurant)
{
    return left(&restaurant->tables);
}

int restaurant_dishes(struct restaurant *restaurant)
{
    return left(&restaurant->dishes);
}
