// Also right: each thread keeps what it has to put back where the system looks when a thread ends:
// a key with a destructor.

#include "restaurant.h"

#include <pthread.h>
#include <stdlib.h>

// Something of which there are some, to be taken and put back.
struct supply {
    pthread_mutex_t lock; // guards left
    pthread_cond_t more;
    int left;
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

static pthread_key_t seat; // the restaurant in which a thread has a table; NULL: none
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void get_up(void *restaurant)
{
    put(&((struct restaurant *)restaurant)->tables);
}

static void make_key(void)
{
    pthread_key_create(&seat, get_up);
}

void restaurant_dine(struct restaurant *restaurant, restaurant_meal *eat, void *guest)
{
    pthread_once(&once, make_key);
    take(&restaurant->tables);
    pthread_setspecific(seat, restaurant);
    take(&restaurant->dishes);
    eat(guest);
    pthread_setspecific(seat, NULL);
    get_up(restaurant);
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
