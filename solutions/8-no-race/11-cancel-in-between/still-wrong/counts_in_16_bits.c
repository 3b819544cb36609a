// Still wrong: counts tables and dishes in 16 bits. The 65,536th dish makes it none, and who comes then
// waits beside a full counter.
// Caught by: native

#include "restaurant.h"

#include <pthread.h>
#include <stdlib.h>

// Something of which there are some, to be taken and put back.
struct supply {
    pthread_mutex_t lock; // guards left
    pthread_cond_t more;
    unsigned short left;
};

struct restaurant {
    struct supply tables, dishes;
};

static void supply_open(struct supply *supply, int left)
{
    pthread_mutex_init(&supply->lock, NULL);
    pthread_cond_init(&supply->more, NULL);
    supply->left = left;
}

static void supply_close(struct supply *supply)
{
    pthread_mutex_destroy(&supply->lock);
    pthread_cond_destroy(&supply->more);
}

static void unlock(void *lock)
{
    pthread_mutex_unlock(lock);
}

// Waits until something is left, and takes it. Who is cancelled while he waits has the lock again
// by then, and gives it back.
static void take(struct supply *supply)
{
    pthread_mutex_lock(&supply->lock);
    pthread_cleanup_push(unlock, &supply->lock);
    while (supply->left == 0)
        pthread_cond_wait(&supply->more, &supply->lock);
    supply->left--;
    pthread_cleanup_pop(1);
}

static void put(struct supply *supply)
{
    pthread_mutex_lock(&supply->lock);
    supply->left++;
    pthread_cond_signal(&supply->more);
    pthread_mutex_unlock(&supply->lock);
}

static int left(struct supply *supply)
{
    pthread_mutex_lock(&supply->lock);
    int left = supply->left;
    pthread_mutex_unlock(&supply->lock);
    return left;
}

struct restaurant *restaurant_new(int tables)
{
    struct restaurant *restaurant = malloc(sizeof *restaurant);
    if (!restaurant)
        return NULL;
    supply_open(&restaurant->tables, tables);
    supply_open(&restaurant->dishes, 0);
    return restaurant;
}

void restaurant_free(struct restaurant *restaurant)
{
    if (!restaurant)
        return;
    supply_close(&restaurant->tables);
    supply_close(&restaurant->dishes);
    free(restaurant);
}

static void get_up(void *restaurant)
{
    put(&((struct restaurant *)restaurant)->tables);
}

// However he leaves, when he has eaten or because he is cancelled: he gets up.
void restaurant_dine(struct restaurant *restaurant, restaurant_meal *eat, void *guest)
{
    take(&restaurant->tables);
    pthread_cleanup_push(get_up, restaurant);
    take(&restaurant->dishes);
    eat(guest);
    pthread_cleanup_pop(1);
}

void restaurant_serve(struct restaurant *restaurant)
{
    put(&restaurant->dishes);
}

int restaurant_tables(struct restaurant *restaurant)
{
    return left(&restaurant->tables);
}

int restaurant_dishes(struct restaurant *restaurant)
{
    return left(&restaurant->dishes);
}
