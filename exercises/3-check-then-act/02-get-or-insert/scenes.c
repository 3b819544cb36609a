// get_or_insert.h, sentence by sentence.

#include "get_or_insert.h"

#include <racelings/scenes.h>

#include <limits.h>
#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

// ---- A shop, and clicks, one or two for each part of a scene ----

static struct carts *shop;

static void open_shop(void)
{
    shop = carts_new();
}

struct click {
    long customer;
    struct cart *cart; // what carts_get returned
};

// The second three are the second clicks of the same parts, if these make two.
static struct click clicks[6];

static void click(int number)
{
    struct click *own = &clicks[number];
    own->cart = carts_get(shop, own->customer);
    scene_expect(own->cart != NULL, "a cart is given");
    atomic_fetch_add_explicit(&own->cart->items, 1, memory_order_relaxed);
}

static void first_click(void)
{
    click(0);
}

static void second_click(void)
{
    click(1);
}

static void third_click(void)
{
    click(2);
}

static void first_clicks_twice(void)
{
    click(0);
    click(3);
}

static void second_clicks_twice(void)
{
    click(1);
    click(4);
}

static long items_of(long customer)
{
    long items = 0;
    for (int i = 0; i < 6; i++)
        items += clicks[i].cart && clicks[i].customer == customer;
    return items;
}

// All clicks that were made found the cart of their customer, with all items in it.
static void all_is_in_the_carts(void)
{
    for (int i = 0; i < 6; i++) {
        struct click *own = &clicks[i];
        if (!own->cart)
            continue;
        scene_expect(own->cart->customer == own->customer, "each customer gets the own cart");
        scene_expect(own->cart->items == items_of(own->customer), "all items are in it");
        scene_expect(carts_get(shop, own->customer) == own->cart, "the same cart at every call");
    }
}

static void close_shop(void)
{
    all_is_in_the_carts();
    carts_free(shop);
}

// ---- The same customer ----

static void same_customer(void)
{
    open_shop();
    for (int i = 0; i < 6; i++)
        clicks[i].customer = 5;
}

// ---- Different customers: likely to be in the same bucket, or next to each other ----

static void two_customers(long one, long other)
{
    open_shop();
    for (int i = 0; i < 6; i++)
        clicks[i].customer = i % 2 == 0 ? one : other;
}

// Both customers are among the clicks of each part that clicks twice: 0 and 3, 1 and 4.
static void customers_0_and_64(void)
{
    two_customers(0, 64);
}

static void customers_7_and_8(void)
{
    two_customers(7, 8);
}

static void customers_10_and_1290(void)
{
    two_customers(10, 1290);
}

static void least_and_greatest(void)
{
    two_customers(LONG_MIN, LONG_MAX);
}

// Their remainders of a division are below zero, too; and what lies there in memory is no bucket.
static void below_zero(void)
{
    two_customers(-63, -127);
}

// Alike but for what an int leaves out.
static void alike(void)
{
    two_customers(5, 5 + (1L << 32));
}

static void three_of_a_bucket(void)
{
    open_shop();
    for (int i = 0; i < 6; i++)
        clicks[i].customer = 3 + i % 3 * 64;
}

// ---- A customer whose cart has long been there ----

static void one_has_put_something_in(void)
{
    customers_0_and_64();
    click(2); // of customer 0
}

// ---- A cart is empty when it is made ----

static long found_in[2];

static void look(int number)
{
    struct cart *cart = carts_get(shop, number);
    scene_expect(cart != NULL && cart->customer == number, "a customer is given his own cart");
    found_in[number] = cart->items;
}

static void customer_0_looks(void)
{
    look(0);
}

static void customer_1_looks(void)
{
    look(1);
}

static void both_were_empty(void)
{
    scene_expect(found_in[0] == 0 && found_in[1] == 0, "a new cart is empty");
    carts_free(shop);
}

// ---- So many customers that a table is full or grows ----

enum { CROWD = 1100 };
static struct cart *crowd[CROWD];

static void open_to_a_crowd(void)
{
    two_customers(CROWD, CROWD + 64);
    for (int i = 0; i < CROWD; i++) {
        crowd[i] = carts_get(shop, i);
        scene_expect(crowd[i] != NULL, "every customer is given a cart");
        crowd[i]->items = i;
    }
}

static void the_crowd_finds_its_carts(void)
{
    for (int i = 0; i < CROWD; i++) {
        EXPECT(carts_get(shop, i) == crowd[i]);
        scene_expect(crowd[i]->customer == i && crowd[i]->items == i,
                     "every customer has his own cart, with what he put in");
    }
    close_shop();
}

// ---- More threads than anybody has thought of, one after the other ----

enum { THREADS = 20 };

static void *click_and_go(void *unused)
{
    struct cart *cart = carts_get(shop, 5);
    scene_expect(cart == clicks[0].cart, "a customer is given the same cart again");
    return unused;
}

static void many_click_in_turns(void)
{
    first_click();
    for (int i = 0; i < THREADS; i++) {
        pthread_t thread;
        pthread_create(&thread, NULL, click_and_go, NULL);
        pthread_join(thread, NULL);
    }
}

// ---- Two shops that have nothing to do with each other ----

static struct carts *books, *shoes;

static void open_books(void)
{
    books = carts_new();
    struct cart *cart = carts_get(books, 5);
    scene_expect(cart && cart->items == 0, "a new cart is empty");
    cart->items = 3;
}

static void open_shoes(void)
{
    shoes = carts_new();
    struct cart *cart = carts_get(shoes, 5);
    scene_expect(cart && cart->items == 0, "a new cart is empty");
    cart->items = 4;
}

static void each_has_its_own(void)
{
    EXPECT(carts_get(books, 5)->items == 3);
    EXPECT(carts_get(shoes, 5)->items == 4);
    carts_free(books);
    EXPECT(carts_get(shoes, 5)->items == 4);
    carts_free(shoes);
}

// ---- What a shop leaves behind ----

static long allocated_before;

// What is allocated once for all shops is here by now.
static void use_one_shop(void)
{
    open_shop();
    carts_get(shop, 5);
    carts_free(shop);
    allocated_before = scene_allocated();
    customers_0_and_64();
}

static void nothing_is_left(void)
{
    close_shop();
    carts_free(carts_new());
    scene_expect(scene_allocated() == allocated_before, "nothing stays allocated");
}

const struct scene scenes[] = {
    {"two clicks",
     "the same one at every call, from any thread",
     same_customer,
     {first_click, second_click},
     close_shop},
    {"three clicks",
     "the same one at every call, from any thread",
     same_customer,
     {first_click, second_click, third_click},
     close_shop},
    {"two and two clicks",
     "the same one at every call, from any thread",
     same_customer,
     {first_clicks_twice, second_clicks_twice},
     close_shop},
    {"0 and 64",
     "The cart of `customer`",
     customers_0_and_64,
     {first_clicks_twice, second_clicks_twice},
     close_shop},
    {"neighbours",
     "The cart of `customer`",
     customers_7_and_8,
     {first_clicks_twice, second_clicks_twice},
     close_shop},
    {"far apart",
     "The cart of `customer`",
     customers_10_and_1290,
     {first_clicks_twice, second_clicks_twice},
     close_shop},
    {"below zero",
     "The cart of `customer`",
     below_zero,
     {first_clicks_twice, second_clicks_twice},
     close_shop},
    {"alike",
     "The cart of `customer`",
     alike,
     {first_clicks_twice, second_clicks_twice},
     close_shop},
    {"least and greatest",
     "The cart of `customer`",
     least_and_greatest,
     {first_click, second_click},
     close_shop},
    {"three customers",
     "The cart of `customer`",
     three_of_a_bucket,
     {first_click, second_click, third_click},
     close_shop},
    {"one is there",
     "the same one at every call",
     one_has_put_something_in,
     {first_click, second_click},
     close_shop},
    {"a click while another is made",
     "The first call makes it",
     customers_0_and_64,
     {first_click, second_click, third_click},
     close_shop},
    {"empty at first",
     "makes it, empty",
     open_shop,
     {customer_0_looks, customer_1_looks},
     both_were_empty},
    {"a crowd",
     "for as long as `carts` lives",
     open_to_a_crowd,
     {first_click, second_click},
     the_crowd_finds_its_carts},
    {"many threads",
     "from any thread",
     same_customer,
     {many_click_in_turns, second_click},
     close_shop},
    {"two shops", "No carts", NULL, {open_books, open_shoes}, each_has_its_own},
    {"nothing left",
     "The caller frees it, with all carts in it.",
     use_one_shop,
     {first_click, second_click},
     nothing_is_left},
    {.name = NULL},
};
