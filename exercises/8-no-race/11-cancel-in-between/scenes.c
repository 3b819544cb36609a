// restaurant.h, sentence by sentence.

#include "restaurant.h"

#include <racelings/rendezvous.h>
#include <racelings/scenes.h>

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

enum { PATIENCE = 1000 }; // milliseconds, of virtual time

// ---- A restaurant, and guests ----

static struct restaurant *restaurant;
static int tables;
static atomic_int eating; // so many at the moment

static void with_one_table(void)
{
    tables = 1;
    restaurant = restaurant_new(1);
}

static void with_two_tables(void)
{
    tables = 2;
    restaurant = restaurant_new(2);
}

static void serve(void)
{
    restaurant_serve(restaurant);
}

static void one_table_one_dish(void)
{
    with_one_table();
    serve();
}

static void one_table_two_dishes(void)
{
    one_table_one_dish();
    serve();
}

static void two_tables_two_dishes(void)
{
    with_two_tables();
    serve();
    serve();
}

static void sit_and_eat(void *has_eaten)
{
    int others = atomic_fetch_add_explicit(&eating, 1, memory_order_relaxed);
    scene_expect(others < tables, "never more eat than there are tables");
    scene_expect(restaurant_tables(restaurant) < tables, "who eats has a table");
    atomic_fetch_sub_explicit(&eating, 1, memory_order_relaxed);
    *(bool *)has_eaten = true;
}

static bool first_has_eaten, second_has_eaten;

static void first_dines(void)
{
    restaurant_dine(restaurant, sit_and_eat, &first_has_eaten);
}

static void second_dines(void)
{
    restaurant_dine(restaurant, sit_and_eat, &second_has_eaten);
}

// Ends a scene: all tables are free, so many dishes are left, and everything still works.
static void close_restaurant(int dishes)
{
    scene_expect(!scene_timed_out(), "nobody waits until a time is up");
    EXPECT(restaurant_tables(restaurant) == tables);
    EXPECT(restaurant_dishes(restaurant) == dishes);
    for (int i = 0; i <= tables; i++) {
        bool has_eaten = false;
        serve();
        restaurant_dine(restaurant, sit_and_eat, &has_eaten);
        EXPECT(has_eaten && restaurant_tables(restaurant) == tables);
    }
    restaurant_free(restaurant);
}

// ---- A guest who is called away ----

static void *dine(void *has_eaten)
{
    restaurant_dine(restaurant, sit_and_eat, has_eaten);
    return NULL;
}

// Whenever that may be: before he comes, while he waits, or when he has eaten.
static bool call_one_away(bool *has_eaten)
{
    pthread_t guest;
    void *result = NULL;
    pthread_create(&guest, NULL, dine, has_eaten);
    pthread_cancel(guest);
    pthread_join(guest, &result);
    return result == PTHREAD_CANCELED;
}

static bool is_called_away;

static void first_is_called_away(void)
{
    is_called_away = call_one_away(&first_has_eaten);
}

static void nobody_has_eaten(void)
{
    scene_expect(is_called_away && !first_has_eaten,
                 "who is called away while he waits does not eat");
    close_restaurant(0);
}

static void eaten_or_left(void)
{
    scene_expect(is_called_away == !first_has_eaten,
                 "the first one eats, or leaves when he is called");
    close_restaurant(first_has_eaten ? 0 : 1);
}

static void first_is_called_away_and_a_dish_comes(void)
{
    first_is_called_away();
    serve();
}

static void one_has_eaten(void)
{
    scene_expect(is_called_away && !first_has_eaten && second_has_eaten,
                 "who is called away leaves, and the other one eats");
    close_restaurant(0);
}

// If he was served before he was called, the other one needs a dish, too.
static void first_is_called_away_and_replaced(void)
{
    first_is_called_away();
    if (first_has_eaten)
        serve();
}

static void second_has_eaten_too(void)
{
    scene_expect(is_called_away == !first_has_eaten && second_has_eaten,
                 "the first one eats or leaves, and the other one eats");
    close_restaurant(0);
}

// ---- While somebody else eats, or while he eats himself ----

static struct rendezvous meeting = RENDEZVOUS(2);

static void eat_long(void *has_eaten)
{
    rendezvous_meet(&meeting, PATIENCE);
    rendezvous_meet(&meeting, PATIENCE);
    *(bool *)has_eaten = true;
}

static void second_eats_long(void)
{
    restaurant_dine(restaurant, eat_long, &second_has_eaten);
}

static void first_is_called_away_meanwhile(void)
{
    rendezvous_meet(&meeting, PATIENCE);
    first_is_called_away();
    scene_expect(rendezvous_meet(&meeting, PATIENCE), "who waits for a table leaves");
}

static void a_dish_is_left(void)
{
    scene_expect(is_called_away && !first_has_eaten && second_has_eaten,
                 "who is called away leaves, and the other one eats");
    close_restaurant(1);
}

static void eat_until_called(void *has_eaten)
{
    eat_long(has_eaten);
    pthread_testcancel();
    scene_expect(false, "who is called away does not eat on");
}

static void *dine_until_called(void *has_eaten)
{
    restaurant_dine(restaurant, eat_until_called, has_eaten);
    return NULL;
}

static void first_is_called_from_his_meal(void)
{
    pthread_t guest;
    void *result = NULL;
    pthread_create(&guest, NULL, dine_until_called, &first_has_eaten);
    rendezvous_meet(&meeting, PATIENCE);
    pthread_cancel(guest);
    rendezvous_meet(&meeting, PATIENCE);
    pthread_join(guest, &result);
    is_called_away = result == PTHREAD_CANCELED;
}

static void first_had_begun(void)
{
    scene_expect(is_called_away && first_has_eaten, "who is called from his meal leaves");
    close_restaurant(0);
}

static void both_had_begun(void)
{
    scene_expect(is_called_away && first_has_eaten && second_has_eaten,
                 "who is called from his meal leaves, and the other one eats");
    close_restaurant(0);
}

// ---- Two who eat ----

static void eat_together(void *has_eaten)
{
    scene_expect(rendezvous_meet(&meeting, PATIENCE), "guests may eat at the same time");
    sit_and_eat(has_eaten);
}

static void first_eats_in_company(void)
{
    restaurant_dine(restaurant, eat_together, &first_has_eaten);
}

static void second_eats_in_company(void)
{
    restaurant_dine(restaurant, eat_together, &second_has_eaten);
}

static void both_have_eaten(void)
{
    scene_expect(first_has_eaten && second_has_eaten, "both eat");
    close_restaurant(0);
}

static void serve_twice(void)
{
    serve();
    serve();
}

// ---- Who has dined ----

static int can_be_called; // as pthread_setcancelstate tells

static void first_dines_and_asks(void)
{
    first_dines();
    pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &can_be_called);
}

static void first_dines_undisturbed_and_asks(void)
{
    pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, NULL);
    first_dines_and_asks();
}

static void first_can_be_called(void)
{
    scene_expect(first_has_eaten && can_be_called == PTHREAD_CANCEL_ENABLE,
                 "who has dined can be called away as before");
    close_restaurant(0);
}

static void first_cannot_be_called(void)
{
    scene_expect(first_has_eaten && can_be_called == PTHREAD_CANCEL_DISABLE,
                 "who has dined cannot be called away, as before");
    close_restaurant(0);
}

// ---- Waiting for a dish ----

static atomic_bool is_served;

static void serve_and_say_so(void)
{
    atomic_store_explicit(&is_served, true, memory_order_relaxed);
    serve();
}

static void eat_what_is_served(void *has_eaten)
{
    scene_expect(atomic_load_explicit(&is_served, memory_order_relaxed),
                 "a guest waits for a dish");
    sit_and_eat(has_eaten);
}

static void first_waits(void)
{
    restaurant_dine(restaurant, eat_what_is_served, &first_has_eaten);
}

static void first_alone_has_eaten(void)
{
    scene_expect(first_has_eaten, "who waits for a dish eats");
    close_restaurant(0);
}

// ---- Many tables; and what a restaurant leaves behind ----

enum { MANY = 300 };

static void open_hall(void)
{
    tables = MANY;
    restaurant = restaurant_new(MANY);
}

static void serve_all(void)
{
    EXPECT(restaurant_tables(restaurant) == MANY);
    for (int i = 0; i < MANY; i++)
        serve();
    EXPECT(restaurant_dishes(restaurant) == MANY);
    for (int i = 0; i < MANY; i++)
        first_dines();
}

static void hall_is_closed(void)
{
    EXPECT(restaurant_tables(restaurant) == MANY && restaurant_dishes(restaurant) == 0);
    restaurant_free(restaurant);
}

static struct restaurant *next_door;
static long allocated_before;

// What is allocated once for all restaurants, or for a thread, is here by now.
static void next_to_another(void)
{
    one_table_one_dish();
    first_dines();
    close_restaurant(0);
    first_has_eaten = false;
    allocated_before = scene_allocated();
    one_table_one_dish();
    next_door = restaurant_new(1);
}

static void serve_next_door(void)
{
    restaurant_serve(next_door);
    EXPECT(restaurant_dishes(next_door) == 1 && restaurant_tables(next_door) == 1);
}

static void both_are_closed(void)
{
    first_alone_has_eaten();
    restaurant_free(next_door);
    scene_expect(scene_allocated() == allocated_before, "nothing stays allocated");
}

const struct scene scenes[] = {
    {"called away",
     "and the table that he had is free for the next one",
     with_one_table,
     {first_is_called_away},
     nobody_has_eaten},
    {"called away when the dish comes",
     "He takes no dish with him that he has not begun to eat",
     with_one_table,
     {first_is_called_away, serve},
     eaten_or_left},
    {"called away, and the next one waits",
     "and the table that he had is free for the next one",
     with_one_table,
     {first_is_called_away_and_a_dish_comes, second_dines},
     one_has_eaten},
    {"two wait for a dish, and one is called away",
     "for a guest who waits or for one who comes",
     with_two_tables,
     {first_is_called_away_and_replaced, second_dines, serve},
     second_has_eaten_too},
    {"called away before he has a table",
     "He leaves if he waits for something",
     one_table_two_dishes,
     {first_is_called_away_meanwhile, second_eats_long},
     a_dish_is_left},
    {"called away from a meal",
     "and may leave while he eats",
     one_table_one_dish,
     {first_is_called_from_his_meal},
     first_had_begun},
    {"called away from a meal, and the next one waits",
     "and the table that he had is free for the next one",
     one_table_two_dishes,
     {first_is_called_from_his_meal, second_dines},
     both_had_begun},
    {"one table",
     "Then the table is free for the next one.",
     one_table_two_dishes,
     {first_dines, second_dines},
     both_have_eaten},
    {"one table, and dishes that come later",
     "Waits for a free table and takes it",
     with_one_table,
     {first_dines, second_dines, serve_twice},
     both_have_eaten},
    {"two tables, and dishes that come later",
     "for a guest who waits or for one who comes",
     with_two_tables,
     {first_dines, second_dines, serve_twice},
     both_have_eaten},
    {"called after a meal",
     "whether his thread can be cancelled is as it was before",
     one_table_one_dish,
     {first_dines_and_asks},
     first_can_be_called},
    {"never to be called",
     "whether his thread can be cancelled is as it was before",
     one_table_one_dish,
     {first_dines_undisturbed_and_asks},
     first_cannot_be_called},
    {"two tables",
     "Guests may eat at the same time, but never more than there are tables.",
     two_tables_two_dishes,
     {first_eats_in_company, second_eats_in_company},
     both_have_eaten},
    {"no dish yet",
     "waits for a dish and takes it",
     with_one_table,
     {first_waits, serve_and_say_so},
     first_alone_has_eaten},
    {"three hundred tables",
     "A restaurant with so many tables, all free",
     open_hall,
     {serve_all},
     hall_is_closed},
    {"next to another",
     "The caller frees it when nobody is there any more.",
     next_to_another,
     {first_dines, serve_next_door},
     both_are_closed},
    {.name = NULL},
};
