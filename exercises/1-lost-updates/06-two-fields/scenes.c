// two_fields.h, sentence by sentence.

#include "two_fields.h"

#include <racelings/scenes.h>

#include <limits.h>
#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

// ---- Prices that are published, no two pairs with the same spread ----

struct prices {
    int bid, ask;
};

static const struct prices opening = {1000, 1005};
static const struct prices morning = {1100, 1101};
static const struct prices noon = {1200, 1220};
static const struct prices evening = {900, 1300};

static struct quote *quote;

static void publish(struct prices prices)
{
    quote_set(quote, prices.bid, prices.ask);
}

static struct prices look(void)
{
    struct prices seen = {-1, -1};
    quote_get(quote, &seen.bid, &seen.ask);
    return seen;
}

static bool same(struct prices one, struct prices other)
{
    return one.bid == other.bid && one.ask == other.ask;
}

static void open_exchange(void)
{
    quote = quote_new();
    publish(opening);
}

static void publish_morning(void)
{
    publish(morning);
}

static void publish_noon(void)
{
    publish(noon);
}

static void publish_evening(void)
{
    publish(evening);
}

// ---- Two shares that have nothing to do with each other ----

static struct quote *steel, *coal;

static void list_steel(void)
{
    int bid = -1, ask = -1;
    steel = quote_new();
    quote_get(steel, &bid, &ask);
    scene_expect(bid == 0 && ask == 0, "both prices are 0 at first");
    quote_set(steel, 10, 12);
}

static void list_coal(void)
{
    int bid = -1, ask = -1;
    coal = quote_new();
    quote_get(coal, &bid, &ask);
    scene_expect(bid == 0 && ask == 0, "both prices are 0 at first");
}

static void each_has_its_own(void)
{
    int bid = -1, ask = -1;
    quote_get(steel, &bid, &ask);
    scene_expect(bid == 10 && ask == 12, "both prices are as they were set");
    quote_get(coal, &bid, &ask);
    scene_expect(bid == 0 && ask == 0, "both prices are 0 at first");
    quote_free(steel);
    quote_free(coal);
}

// ---- A robot that looks while a feed publishes ----

static struct prices seen[2]; // by one robot, in this order

static void look_once(void)
{
    seen[0] = look();
}

static void look_twice(void)
{
    seen[0] = look();
    seen[1] = look();
}

static void old_or_new(void)
{
    EXPECT(same(seen[0], opening) || same(seen[0], morning));
    EXPECT(same(look(), morning));
    quote_free(quote);
}

static void never_back_to_old(void)
{
    EXPECT(same(seen[0], opening) || same(seen[0], morning));
    EXPECT(same(seen[1], morning) || same(seen[0], opening));
    old_or_new();
}

static void publish_all_day(void)
{
    publish(morning);
    publish(noon);
    publish(evening);
}

// Its place in the order of publishing.
static int number_of(struct prices prices)
{
    const struct prices day[] = {opening, morning, noon, evening};
    for (int i = 0; i < 4; i++)
        if (same(prices, day[i]))
            return i;
    return -1;
}

static void seen_in_the_order_of_the_day(void)
{
    scene_expect(number_of(seen[0]) >= 0, "two prices seen were set together");
    scene_expect(number_of(seen[1]) >= 0, "two prices seen were set together");
    EXPECT(number_of(seen[0]) <= number_of(seen[1]));
    EXPECT(same(look(), evening));
    quote_free(quote);
}

static struct prices seen_by_other;

static void look_as_other(void)
{
    seen_by_other = look();
}

static void both_saw_a_pair(void)
{
    EXPECT(same(seen_by_other, opening) || same(seen_by_other, morning));
    old_or_new();
}

// ---- Two feeds ----

static void one_of_them_is_last(void)
{
    struct prices last = look();
    EXPECT(same(last, morning) || same(last, noon));
    EXPECT(same(look(), last));
    quote_free(quote);
}

static void one_of_three_is_last(void)
{
    struct prices last = look();
    EXPECT(same(last, morning) || same(last, noon) || same(last, evening));
    quote_free(quote);
}

static void a_pair_was_seen(void)
{
    int number = number_of(seen[0]);
    scene_expect(number >= 0 && number <= 2, "two prices seen were set together");
    one_of_them_is_last();
}

static void publish_morning_and_look(void)
{
    publish_morning();
    look_once();
}

static void own_pair_or_a_later_one(void)
{
    EXPECT(same(seen[0], morning) || same(seen[0], noon));
    one_of_them_is_last();
}

// ---- Prices of every size ----

static const struct prices widest = {INT_MIN, INT_MAX}, crossed = {7, -7};

static void publish_widest(void)
{
    publish(widest);
}

static void open_crossed(void)
{
    quote = quote_new();
    publish(crossed);
}

static void whole_prices(void)
{
    EXPECT(same(seen[0], crossed) || same(seen[0], widest));
    EXPECT(same(look(), widest));
    quote_free(quote);
}

// Only one of the two changes.
static void publish_another_ask(void)
{
    publish((struct prices){opening.bid, 1015});
}

static void publish_another_bid(void)
{
    publish((struct prices){995, opening.ask});
}

static void another_ask_is_there(void)
{
    const struct prices now = {opening.bid, 1015};
    EXPECT(same(seen[0], opening) || same(seen[0], now));
    EXPECT(same(look(), now));
    quote_free(quote);
}

static void another_bid_is_there(void)
{
    const struct prices now = {995, opening.ask};
    EXPECT(same(seen[0], opening) || same(seen[0], now));
    EXPECT(same(look(), now));
    quote_free(quote);
}

static void not_one_of_each(void)
{
    struct prices last = look();
    scene_expect((last.bid == 1000 && last.ask == 1015) || (last.bid == 995 && last.ask == 1005),
                 "both prices were set by the same one");
    quote_free(quote);
}

// ---- So many prices that whoever looks at an old one finds it written over ----

enum { BUSY = 20 };

static void publish_busily(void)
{
    for (int i = 1; i <= BUSY; i++)
        quote_set(quote, i, 2 * i);
}

static void one_of_many_was_seen(void)
{
    bool busy = seen[0].bid >= 1 && seen[0].bid <= BUSY && seen[0].ask == 2 * seen[0].bid;
    scene_expect(busy || same(seen[0], opening), "two prices seen were set together");
    EXPECT(same(look(), (struct prices){BUSY, 2 * BUSY}));
    quote_free(quote);
}

// ---- More prices than a byte counts, and more threads than anybody has thought of ----

enum { PRICES = 300, THREADS = 20 };

static void open_after_a_long_day(void)
{
    quote = quote_new();
    for (int i = 0; i < PRICES; i++)
        quote_set(quote, i, 2 * i);
    EXPECT(same(look(), (struct prices){PRICES - 1, 2 * (PRICES - 1)}));
    publish(opening);
}

static void *look_and_publish_noon(void *unused)
{
    struct prices found = look();
    EXPECT(same(found, opening) || same(found, morning) || same(found, noon));
    publish(noon);
    return unused;
}

static void many_look_and_publish(void)
{
    for (int i = 0; i < THREADS; i++) {
        pthread_t thread;
        pthread_create(&thread, NULL, look_and_publish_noon, NULL);
        pthread_join(thread, NULL);
    }
}

// ---- What a quote leaves behind ----

static long allocated_before;

// What is allocated once for all quotes is here by now.
static void use_one_quote(void)
{
    open_exchange();
    look();
    quote_free(quote);
    allocated_before = scene_allocated();
    open_exchange();
}

static void nothing_is_left(void)
{
    old_or_new();
    scene_expect(scene_allocated() == allocated_before, "nothing stays allocated");
}

const struct scene scenes[] = {
    {"two shares", "A quote of 0 and 0", NULL, {list_steel, list_coal}, each_has_its_own},
    {"old or new",
     "Gives two prices that were set together.",
     open_exchange,
     {publish_morning, look_once},
     old_or_new},
    {"two robots",
     "Gives two prices that were set together.",
     open_exchange,
     {publish_morning, look_once, look_as_other},
     both_saw_a_pair},
    {"a whole day",
     "Gives two prices that were set together.",
     open_exchange,
     {publish_all_day, look_twice},
     seen_in_the_order_of_the_day},
    {"a busy day",
     "Gives two prices that were set together.",
     open_exchange,
     {publish_busily, look_once},
     one_of_many_was_seen},
    {"two feeds and a robot",
     "Gives two prices that were set together.",
     open_exchange,
     {publish_morning, publish_noon, look_once},
     a_pair_was_seen},
    {"never back",
     "The current price of a share",
     open_exchange,
     {publish_morning, look_twice},
     never_back_to_old},
    {"one's own",
     "The current price of a share",
     open_exchange,
     {publish_morning_and_look, publish_noon},
     own_pair_or_a_later_one},
    {"two feeds",
     "Replaces both prices.",
     open_exchange,
     {publish_morning, publish_noon},
     one_of_them_is_last},
    {"three feeds",
     "Any number of threads may set and get it at once.",
     open_exchange,
     {publish_morning, publish_noon, publish_evening},
     one_of_three_is_last},
    {"one of each",
     "Replaces both prices.",
     open_exchange,
     {publish_another_ask, publish_another_bid},
     not_one_of_each},
    {"another ask",
     "Replaces both prices.",
     open_exchange,
     {publish_another_ask, look_once},
     another_ask_is_there},
    {"another bid",
     "Replaces both prices.",
     open_exchange,
     {publish_another_bid, look_once},
     another_bid_is_there},
    {"widest", "Replaces both prices.", open_crossed, {publish_widest, look_once}, whole_prices},
    {"a long day",
     "Replaces both prices.",
     open_after_a_long_day,
     {publish_morning, look_once},
     old_or_new},
    {"many threads",
     "Any number of threads may set and get it at once.",
     open_exchange,
     {many_look_and_publish, publish_morning},
     one_of_them_is_last},
    {"nothing left",
     "The caller frees it.",
     use_one_quote,
     {publish_morning, look_once},
     nothing_is_left},
    {.name = NULL},
};
