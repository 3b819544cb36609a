// early_return.h, sentence by sentence.

#include "early_return.h"

#include <racelings/rendezvous.h>
#include <racelings/scenes.h>

#include <pthread.h>
#include <stddef.h>

enum { PATIENCE = 1000 };               // milliseconds, of virtual time
enum { TEAPOT = 0, CUP = 7, NONE = 8 }; // the first article, the last one, and none

static struct stock *stock;

static void open_empty_shop(void)
{
    stock = stock_new();
}

static void open_shop_with(long teapots, long cups)
{
    open_empty_shop();
    stock_add(stock, TEAPOT, teapots);
    stock_add(stock, CUP, cups);
}

// What the monitor sees when nobody is at work.
static long pieces_in_all(void)
{
    long pieces = -1;
    scene_expect(stock_peek(stock, &pieces), "nobody is at work, so the monitor gets its answer");
    return pieces;
}

// Ends a scene: so much is on the shelves, and no more.
static void take_inventory(long teapots, long cups)
{
    EXPECT(pieces_in_all() == teapots + cups);
    EXPECT(!stock_take(stock, TEAPOT, teapots + 1));
    EXPECT(!stock_take(stock, CUP, cups + 1));
    scene_expect(stock_take(stock, TEAPOT, teapots), "the teapots are all there");
    scene_expect(stock_take(stock, CUP, cups), "the cups are all there");
    EXPECT(pieces_in_all() == 0);
    stock_free(stock);
}

// ---- Orders, one for each part of a scene ----

struct order {
    int article;
    long pieces;
    bool done; // what stock_add or stock_take returned
};

static struct order orders[3];

static void take(struct order *order)
{
    order->done = stock_take(stock, order->article, order->pieces);
}

static void first_takes(void)
{
    take(&orders[0]);
}

static void second_takes(void)
{
    take(&orders[1]);
}

static void third_takes(void)
{
    take(&orders[2]);
}

static void third_adds(void)
{
    orders[2].done = stock_add(stock, orders[2].article, orders[2].pieces);
}

static void second_adds(void)
{
    orders[1].done = stock_add(stock, orders[1].article, orders[1].pieces);
}

// ---- Two shops that have nothing to do with each other ----

static struct stock *here, *there;

static void open_here(void)
{
    long pieces = -1;
    here = stock_new();
    for (int article = 0; article < ARTICLES; article++)
        EXPECT(!stock_take(here, article, 1));
    EXPECT(stock_peek(here, &pieces) && pieces == 0);
    EXPECT(stock_add(here, TEAPOT, 3));
}

static void open_there(void)
{
    long pieces = -1;
    there = stock_new();
    EXPECT(stock_peek(there, &pieces) && pieces == 0);
    EXPECT(stock_add(there, TEAPOT, 4));
}

static void each_has_its_own(void)
{
    EXPECT(!stock_take(here, TEAPOT, 4) && stock_take(here, TEAPOT, 3));
    EXPECT(!stock_take(there, TEAPOT, 5) && stock_take(there, TEAPOT, 4));
    stock_free(here);
    stock_free(there);
}

// ---- What is put on the shelves ----

static void two_deliveries(void)
{
    open_shop_with(1, 0);
    orders[1] = (struct order){TEAPOT, 2, false};
    orders[2] = (struct order){TEAPOT, 3, false};
}

static void both_have_arrived(void)
{
    scene_expect(orders[1].done && orders[2].done, "both orders are done");
    take_inventory(6, 0);
}

static void two_deliveries_to_two_shelves(void)
{
    open_shop_with(1, 1);
    orders[1] = (struct order){TEAPOT, 2, false};
    orders[2] = (struct order){CUP, 3, false};
}

static void each_is_on_its_shelf(void)
{
    scene_expect(orders[1].done && orders[2].done, "both orders are done");
    take_inventory(3, 4);
}

static void a_delivery_of_nothing_known(void)
{
    open_shop_with(1, 1);
    orders[1] = (struct order){NONE, 2, true};
    orders[2] = (struct order){-1, 3, true};
}

static void neither_was_taken_in(void)
{
    scene_expect(!orders[1].done && !orders[2].done, "neither order is done");
    take_inventory(1, 1);
}

// ---- What is taken off them ----

static void enough_for_both(void)
{
    open_shop_with(5, 0);
    orders[0] = (struct order){TEAPOT, 2, false};
    orders[1] = (struct order){TEAPOT, 3, false};
}

static void both_got_it(void)
{
    scene_expect(orders[0].done && orders[1].done, "both orders are done");
    take_inventory(0, 0);
}

static void different_shelves(void)
{
    open_shop_with(5, 5);
    orders[0] = (struct order){TEAPOT, 2, false};
    orders[1] = (struct order){CUP, 3, false};
}

static void each_got_from_its_shelf(void)
{
    scene_expect(orders[0].done && orders[1].done, "both orders are done");
    take_inventory(3, 2);
}

static void last_teapot(void)
{
    open_shop_with(1, 1);
    orders[0] = (struct order){TEAPOT, 1, false};
    orders[1] = (struct order){TEAPOT, 1, false};
}

static void one_got_it(void)
{
    scene_expect(orders[0].done != orders[1].done, "one of the two orders is done");
    take_inventory(0, 1);
}

static void three_for_two_orders_of_two(void)
{
    open_shop_with(3, 0);
    orders[0] = (struct order){TEAPOT, 2, false};
    orders[1] = (struct order){TEAPOT, 2, false};
}

static void one_got_two(void)
{
    scene_expect(orders[0].done != orders[1].done, "one of the two orders is done");
    take_inventory(1, 0);
}

// Who asks for too much must not be in the way of who does not.
static void too_much_and_one(void)
{
    open_shop_with(3, 0);
    orders[0] = (struct order){TEAPOT, 5, false};
    orders[1] = (struct order){TEAPOT, 1, false};
}

static void only_the_modest_one_got_it(void)
{
    scene_expect(!orders[0].done && orders[1].done,
                 "the first order is refused, the second one done");
    take_inventory(2, 0);
}

static void sold_out_and_delivered(void)
{
    open_shop_with(0, 0);
    orders[0] = (struct order){TEAPOT, 2, false};
    orders[2] = (struct order){TEAPOT, 2, false};
}

static void taken_or_there(void)
{
    scene_expect(orders[2].done, "the third order is done");
    take_inventory(orders[0].done ? 0 : 2, 0);
}

static void ask_for_what_is_not_sold(void)
{
    open_shop_with(2, 2);
    orders[0] = (struct order){NONE, 1, true};
    orders[1] = (struct order){-1, 1, true};
    orders[2] = (struct order){CUP, 2, false};
}

static void only_the_cups_were_taken(void)
{
    scene_expect(!orders[0].done && !orders[1].done && orders[2].done,
                 "the first two orders are refused, the third one done");
    take_inventory(2, 0);
}

// ---- After many who went away with nothing ----

enum { DISAPPOINTED = 5 };

static void last_teapot_after_many_in_vain(void)
{
    last_teapot();
    for (int i = 0; i < DISAPPOINTED; i++) {
        EXPECT(!stock_take(stock, TEAPOT, 2));
        EXPECT(!stock_take(stock, NONE, 1));
        EXPECT(!stock_take(stock, -1, 1));
        EXPECT(!stock_add(stock, NONE, 1));
        EXPECT(!stock_add(stock, -1, 1));
    }
}

// ---- Somebody who got nothing, and stays in the shop ----

static void one_teapot_and_one_cup(void)
{
    open_shop_with(1, 1);
}

static struct rendezvous in_the_shop = RENDEZVOUS(2);

static void stay_without(void)
{
    EXPECT(!stock_take(stock, TEAPOT, 2));
    EXPECT(!stock_take(stock, NONE, 1));
    EXPECT(!stock_add(stock, NONE, 1));
    rendezvous_meet(&in_the_shop, PATIENCE);
    scene_expect(rendezvous_meet(&in_the_shop, PATIENCE), "whoever got nothing is in nobody's way");
}

static void trade_meanwhile(void)
{
    rendezvous_meet(&in_the_shop, PATIENCE);
    EXPECT(pieces_in_all() == 2);
    EXPECT(stock_add(stock, CUP, 3));
    EXPECT(stock_take(stock, TEAPOT, 1));
    EXPECT(pieces_in_all() == 4);
    rendezvous_meet(&in_the_shop, PATIENCE);
}

static void cups_are_left(void)
{
    take_inventory(0, 4);
}

// ---- The monitor ----

static bool peeked;
static long pieces_seen;

static void peek(void)
{
    pieces_seen = -1;
    scene_must_not_wait(true);
    peeked = stock_peek(stock, &pieces_seen);
    scene_must_not_wait(false);
}

static void deliver_while_somebody_asks_for_too_much(void)
{
    too_much_and_one();
    orders[1].pieces = 4;
}

static void before_or_after_was_seen(void)
{
    bool sold_then = pieces_seen == 2 && orders[0].done;
    scene_expect(!peeked || pieces_seen == 3 || pieces_seen == 7 || sold_then,
                 "as many pieces are seen as there were at a moment");
    scene_expect(orders[1].done, "the second order is done");
    take_inventory(orders[0].done ? 2 : 7, 0);
}

static void three_two_or_nothing_was_seen(void)
{
    scene_expect(!peeked || pieces_seen == 3 || pieces_seen == 2,
                 "as many pieces are seen as there were at a moment");
    only_the_modest_one_got_it();
}

static void take_then_add(void)
{
    EXPECT(stock_take(stock, TEAPOT, 1));
    EXPECT(stock_add(stock, TEAPOT, 1));
}

static void three_or_two_were_seen(void)
{
    scene_expect(!peeked || pieces_seen == 3 || pieces_seen == 2,
                 "as many pieces are seen as there were at a moment");
    take_inventory(3, 0);
}

static void open_shop_with_three(void)
{
    open_shop_with(3, 0);
}

// ---- More pieces than an int counts, more orders than a byte counts, and many customers ----

static const long warehouse = 5000000000;
enum { ORDERS = 300, CUSTOMERS = 20 };

static void open_warehouse(void)
{
    open_shop_with(warehouse, 1);
    orders[0] = (struct order){TEAPOT, warehouse, false};
    orders[1] = (struct order){TEAPOT, 1, false};
}

static void one_got_it_from_the_warehouse(void)
{
    scene_expect(orders[0].done != orders[1].done, "one of the two orders is done");
    take_inventory(orders[0].done ? 0 : warehouse - 1, 1);
}

static void last_teapot_of_many(void)
{
    last_teapot();
    for (int i = 0; i < ORDERS; i++) {
        EXPECT(stock_add(stock, i % ARTICLES, 2));
        EXPECT(stock_take(stock, i % ARTICLES, 2));
    }
}

static void *ask_for_a_teapot(void *unused)
{
    return stock_take(stock, TEAPOT, 1) ? &orders[0] : unused;
}

static void many_ask_for_a_teapot(void)
{
    for (int i = 0; i < CUSTOMERS; i++) {
        pthread_t thread;
        void *got;
        pthread_create(&thread, NULL, ask_for_a_teapot, NULL);
        pthread_join(thread, &got);
        if (got) {
            scene_expect(!orders[0].done, "the first order is refused");
            orders[0].done = true;
        }
    }
}

// ---- What a stock leaves behind ----

static long allocated_before;

// What is allocated once for all stocks is here by now.
static void use_one_stock(void)
{
    open_shop_with(1, 1);
    take_inventory(1, 1);
    allocated_before = scene_allocated();
    last_teapot();
}

static void nothing_is_left(void)
{
    one_got_it();
    scene_expect(scene_allocated() == allocated_before, "nothing stays allocated");
}

const struct scene scenes[] = {
    {"two shops", "Empty shelves", NULL, {open_here, open_there}, each_has_its_own},
    {"two deliveries",
     "Puts `pieces` of an article on its shelf.",
     two_deliveries,
     {second_adds, third_adds},
     both_have_arrived},
    {"two shelves",
     "Puts `pieces` of an article on its shelf.",
     two_deliveries_to_two_shelves,
     {second_adds, third_adds},
     each_is_on_its_shelf},
    {"delivery of nothing known",
     "False, and nothing is done, if there is no such article.",
     a_delivery_of_nothing_known,
     {second_adds, third_adds},
     neither_was_taken_in},
    {"enough for both",
     "Takes them off again.",
     enough_for_both,
     {first_takes, second_takes},
     both_got_it},
    {"each from its shelf",
     "Takes them off again.",
     different_shelves,
     {first_takes, second_takes},
     each_got_from_its_shelf},
    {"last piece",
     "False, and nothing is taken, if there is ... too few of it.",
     last_teapot,
     {first_takes, second_takes},
     one_got_it},
    {"all or nothing",
     "False, and nothing is taken, if there is ... too few of it.",
     three_for_two_orders_of_two,
     {first_takes, second_takes},
     one_got_two},
    {"too much, and one",
     "False, and nothing is taken, if there is ... too few of it.",
     too_much_and_one,
     {first_takes, second_takes},
     only_the_modest_one_got_it},
    {"sold out and delivered",
     "False, and nothing is taken, if there is ... too few of it.",
     sold_out_and_delivered,
     {first_takes, third_adds},
     taken_or_there},
    {"not sold here",
     "False, and nothing is taken, if there is no such article",
     ask_for_what_is_not_sold,
     {first_takes, second_takes, third_takes},
     only_the_cups_were_taken},
    {"after many in vain",
     "False, and nothing is taken, if there is no such article or too few of it.",
     last_teapot_after_many_in_vain,
     {first_takes, second_takes},
     one_got_it},
    {"one who stays",
     "False, and nothing is taken, if there is no such article or too few of it.",
     one_teapot_and_one_cup,
     {stay_without, trade_meanwhile},
     cups_are_left},
    {"the monitor and two customers",
     "which must never be kept waiting",
     too_much_and_one,
     {first_takes, second_takes, peek},
     three_two_or_nothing_was_seen},
    {"the monitor and a delivery",
     "stores in *pieces how many there are of all articles together",
     deliver_while_somebody_asks_for_too_much,
     {first_takes, second_adds, peek},
     before_or_after_was_seen},
    {"the monitor and one at work",
     "False, at once, if some other call is at work just now.",
     open_shop_with_three,
     {take_then_add, peek},
     three_or_two_were_seen},
    {"a warehouse",
     "Takes them off again.",
     open_warehouse,
     {first_takes, second_takes},
     one_got_it_from_the_warehouse},
    {"many orders",
     "Takes them off again.",
     last_teapot_of_many,
     {first_takes, second_takes},
     one_got_it},
    {"many customers",
     "False, and nothing is taken, if there is ... too few of it.",
     last_teapot,
     {many_ask_for_a_teapot, second_takes},
     one_got_it},
    {"nothing left",
     "The caller frees them when nobody uses them any more.",
     use_one_stock,
     {first_takes, second_takes},
     nothing_is_left},
    {.name = NULL},
};
