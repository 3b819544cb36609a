// `rounds` evenings in a restaurant with two tables. Each evening one guest dines, and another one
// sits down and is called away before his dish has come. If there are evenings enough, a feast comes first,
// in a hall with more tables than 16 bits count.

#include "restaurant.h"

#include <racelings/asleep.h>

#include <pthread.h>
#include <semaphore.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

enum { TABLES = 2, HALL = 70000, EVENINGS_ENOUGH = 100 };

static struct restaurant *restaurant;

struct guest {
    struct watched watched;
    sem_t is_here; // posted when he can be watched
    bool has_eaten;
};

static void eat(void *data)
{
    struct guest *guest = data;
    guest->has_eaten = true;
}

static void *dine(void *data)
{
    struct guest *guest = data;
    asleep_watch_me(&guest->watched);
    sem_post(&guest->is_here);
    restaurant_dine(restaurant, eat, guest);
    return NULL;
}

static bool a_guest_dines(void)
{
    struct guest guest = {.has_eaten = false};
    restaurant_serve(restaurant);
    restaurant_dine(restaurant, eat, &guest);
    return guest.has_eaten;
}

static bool a_guest_is_called_away(void)
{
    struct guest guest = {.has_eaten = false};
    void *result = NULL;
    sem_init(&guest.is_here, 0, 0);
    pthread_t thread;
    pthread_create(&thread, NULL, dine, &guest);
    sem_wait(&guest.is_here);
    asleep_or_busy(&guest.watched);
    pthread_cancel(thread);
    pthread_join(thread, &result);
    sem_destroy(&guest.is_here);
    return result == PTHREAD_CANCELED && !guest.has_eaten;
}

// A dish for each table is on the counter, and one guest after the other eats one.
static bool a_feast_is_held(void)
{
    restaurant = restaurant_new(HALL);
    bool good = restaurant_tables(restaurant) == HALL;
    for (int i = 0; i < HALL; i++)
        restaurant_serve(restaurant);
    good = good && restaurant_dishes(restaurant) == HALL;
    struct guest guest = {.has_eaten = true};
    for (int left = HALL; good && guest.has_eaten && left > 0; left--) {
        guest.has_eaten = false;
        restaurant_dine(restaurant, eat, &guest);
    }
    good = good && guest.has_eaten && restaurant_dishes(restaurant) == 0 &&
           restaurant_tables(restaurant) == HALL;
    restaurant_free(restaurant);
    return good;
}

int main(int argc, char **argv)
{
    long rounds = argc > 1 ? atol(argv[1]) : 100, good = 0;
    if (rounds >= EVENINGS_ENOUGH && !a_feast_is_held()) {
        printf("want: %d tables, and a dish for each, got: not so many\n", HALL);
        return 1;
    }
    restaurant = restaurant_new(TABLES);
    int tables = TABLES;
    while (good < rounds && tables == TABLES && a_guest_dines() && a_guest_is_called_away()) {
        tables = restaurant_tables(restaurant);
        good += tables == TABLES;
    }
    printf("want: %ld evenings, and %d free tables after each, got: %ld; and then %d\n", rounds,
           TABLES, good, tables);
    restaurant_free(restaurant);
    return good == rounds ? 0 : 1;
}
