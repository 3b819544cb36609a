// closable_queue.h, sentence by sentence.

#include "closable_queue.h"

#include <racelings/scenes.h>

#include <limits.h>
#include <stdatomic.h>
#include <stddef.h>

static struct queue *bakery;

// The doors send in customers: the first door 11, 12 ..., the second 21, 22 ...
enum { MOST = 3 };

struct door {
    long next;   // the customer who comes next
    int let_in;  // how many of them were; from the first refused on, nobody was
    bool closed; // one was refused
};

struct baker {
    long customers[MOST];
    int served;
    bool sent_home; // queue_pop has returned false
};

static struct door doors[2];
static struct baker bakers[MOST];
static atomic_bool somebody_is_coming; // a call has begun that may end a baker's waiting; relaxed

static void open_bakery(void)
{
    bakery = queue_new();
    doors[0] = (struct door){.next = 11};
    doors[1] = (struct door){.next = 21};
}

static void send_in(struct door *own, int customers)
{
    for (int i = 0; i < customers; i++) {
        atomic_store_explicit(&somebody_is_coming, true, memory_order_relaxed);
        if (queue_push(bakery, own->next + i)) {
            scene_expect(!own->closed, "nobody is let in once one was refused");
            own->let_in++;
        } else {
            own->closed = true;
        }
    }
}

static void serve(struct baker *own, int customers)
{
    for (int i = 0; i < customers && !own->sent_home; i++) {
        if (queue_pop(bakery, &own->customers[own->served]))
            own->served++;
        else
            own->sent_home = true;
        scene_expect(atomic_load_explicit(&somebody_is_coming, memory_order_relaxed),
                     "a baker waits until a customer comes, or the door is closed");
    }
}

static void close_door(void)
{
    atomic_store_explicit(&somebody_is_coming, true, memory_order_relaxed);
    queue_close(bakery);
}

// ---- The parts ----

static void one_comes_in(void)
{
    send_in(&doors[0], 1);
}

static void two_come_in(void)
{
    send_in(&doors[0], 2);
}

static void one_comes_in_by_the_other_door(void)
{
    send_in(&doors[1], 1);
}

static void first_baker_serves_one(void)
{
    serve(&bakers[0], 1);
}

static void first_baker_serves_two(void)
{
    serve(&bakers[0], 2);
}

static void second_baker_serves_two(void)
{
    serve(&bakers[1], 2);
}

static void second_baker_serves_one(void)
{
    serve(&bakers[1], 1);
}

static void close_and_serve(void)
{
    close_door();
    serve(&bakers[2], 1);
}

static void one_comes_in_and_the_door_is_closed(void)
{
    one_comes_in();
    close_door();
}

// ---- The end of a scene ----

static bool was_let_in(long customer)
{
    for (int i = 0; i < 2; i++)
        if (doors[i].next <= customer && customer < doors[i].next + doors[i].let_in)
            return true;
    return false;
}

// The bakery is closed by now, or is closed here. Whoever is left is served by the last baker, and
// nobody comes in any more.
static void close_bakery(void)
{
    int let_in = doors[0].let_in + doors[1].let_in, served = 0;
    queue_close(bakery);
    for (int i = 0; i < 2; i++)
        served += bakers[i].served;
    struct baker *last = &bakers[2];
    while (last->served < let_in - served && queue_pop(bakery, &last->customers[last->served]))
        last->served++;
    scene_expect(served + last->served == let_in, "everybody who got in is served");
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < bakers[i].served; j++)
            scene_expect(was_let_in(bakers[i].customers[j]), "nobody else is served");
    for (int i = 0; i < 5; i++) {
        long nobody;
        EXPECT(!queue_push(bakery, 99));
        EXPECT(!queue_pop(bakery, &nobody));
    }
    queue_free(bakery);
}

static void nobody_was_sent_home(void)
{
    scene_expect(!doors[0].closed && !doors[1].closed, "nobody is refused while the door is open");
    scene_expect(!bakers[0].sent_home && !bakers[1].sent_home,
                 "no baker is sent home while the door is open");
    close_bakery();
}

static void two_were_served(void)
{
    scene_expect(bakers[0].served + bakers[1].served == 2, "both customers are served");
    if (bakers[0].served == 2)
        scene_expect(bakers[0].customers[0] < bakers[0].customers[1], "first come, first served");
    else
        scene_expect(bakers[0].customers[0] != bakers[1].customers[0], "nobody is served twice");
    nobody_was_sent_home();
}

static void everybody_was_sent_home(void)
{
    scene_expect(bakers[0].sent_home && bakers[1].sent_home, "both bakers are sent home");
    close_bakery();
}

static void all_three_were_sent_home(void)
{
    scene_expect(bakers[2].sent_home, "the third baker is sent home");
    everybody_was_sent_home();
}

// A baker who was sent home came when all who were let in had been served.
static void whoever_got_in_was_served(void)
{
    scene_expect(bakers[0].served == doors[0].let_in, "everybody who got in is served");
    scene_expect(bakers[0].served == 1 || bakers[0].sent_home,
                 "a baker serves somebody, or is sent home");
    close_bakery();
}

static void one_of_two_bakers_has_served(void)
{
    scene_expect(doors[0].let_in == 1, "a customer is let in while the door is open");
    scene_expect(bakers[0].served + bakers[1].served == 1, "the customer is served once");
    scene_expect(bakers[0].sent_home != bakers[1].sent_home,
                 "one baker serves, the other one is sent home");
    close_bakery();
}

// ---- Customers who are in already ----

static void open_with_two_inside(void)
{
    open_bakery();
    two_come_in();
    scene_expect(doors[0].let_in == 2, "customers are let in while the door is open");
}

static void both_were_served_in_order(void)
{
    scene_expect(bakers[0].served == 2, "both customers are served");
    scene_expect(bakers[0].customers[0] == 11 && bakers[0].customers[1] == 12,
                 "first come, first served");
    close_bakery();
}

static void both_bakers_have_served(void)
{
    scene_expect(bakers[0].served == 1 && bakers[1].served == 1, "each baker serves one");
    scene_expect(bakers[0].customers[0] != bakers[1].customers[0], "nobody is served twice");
    close_bakery();
}

// ---- A customer who comes again: the door stays closed ----

static void two_come_in_after_the_other(void)
{
    two_come_in();
    send_in(&doors[1], 1);
}

// ---- Many customers, and many bakers ----

enum { CROWD = 1100, BAKERS = 20 };

static void open_to_a_crowd(void)
{
    bakery = queue_new();
    for (long customer = 0; customer < CROWD; customer++)
        EXPECT(queue_push(bakery, customer));
}

static void serve_the_crowd(void)
{
    for (long i = 0; i < CROWD; i++) {
        long customer = -1;
        EXPECT(queue_pop(bakery, &customer) && customer == i);
    }
}

// Two come in for each one who is served: whatever room there is, it is used from the middle on when it
// becomes too small.
static void two_come_for_one_served(void)
{
    long coming = 0, served = 0, customer = -1;
    while (coming < CROWD) {
        EXPECT(queue_push(bakery, coming++));
        EXPECT(queue_push(bakery, coming++));
        EXPECT(queue_pop(bakery, &customer) && customer == served++);
    }
    while (served < coming)
        EXPECT(queue_pop(bakery, &customer) && customer == served++);
}

static void a_crowd_of_bakers_is_sent_home(void)
{
    queue_close(bakery);
    for (int i = 0; i < BAKERS; i++) {
        long customer;
        EXPECT(!queue_pop(bakery, &customer));
    }
    EXPECT(!queue_push(bakery, 1));
    queue_free(bakery);
}

// ---- Customers of every kind: none of them means "nobody" ----

static const long kinds[] = {0, -1, LONG_MIN, LONG_MAX};
enum { KINDS = sizeof kinds / sizeof kinds[0] };

static void every_kind_comes_in(void)
{
    for (int i = 0; i < KINDS; i++)
        EXPECT(queue_push(bakery, kinds[i]));
}

static void serve_every_kind(void)
{
    for (int i = 0; i < KINDS; i++) {
        long customer = 1;
        EXPECT(queue_pop(bakery, &customer) && customer == kinds[i]);
    }
}

// ---- Two bakeries that have nothing to do with each other ----

static struct queue *north, *south;

static void close_north(void)
{
    north = queue_new();
    EXPECT(queue_push(north, 1));
    queue_close(north);
    EXPECT(!queue_push(north, 2));
}

static void open_south(void)
{
    south = queue_new();
    EXPECT(queue_push(south, 3));
}

static void each_has_its_own(void)
{
    long customer = 0;
    EXPECT(queue_push(south, 4));
    EXPECT(queue_pop(south, &customer) && customer == 3);
    EXPECT(queue_pop(north, &customer) && customer == 1);
    EXPECT(!queue_pop(north, &customer));
    queue_free(north);
    queue_free(south); // one customer is still inside
}

// A baker waits in each of them. The bell of the one bakery is not for the other's baker, who would
// look, find nobody and wait on, while his colleague was never told.
static void open_both(void)
{
    north = queue_new();
    south = queue_new();
}

static void serve_one_in_north(void)
{
    long customer = 0;
    scene_expect(queue_pop(north, &customer) && customer == 11, "north serves its customer");
}

static void serve_one_in_south(void)
{
    long customer = 0;
    scene_expect(queue_pop(south, &customer) && customer == 21, "south serves its customer");
}

static void one_comes_into_each(void)
{
    EXPECT(queue_push(north, 11));
    EXPECT(queue_push(south, 21));
}

static void close_both(void)
{
    queue_free(north);
    queue_free(south);
}

// ---- What a bakery leaves behind ----

static long allocated_before;

// What is allocated once for all bakeries is here by now. Each way to end is tried: with customers
// inside, and empty; closed, and open.
static void use_bakeries(void)
{
    for (int i = 0; i < 4; i++) {
        bakery = queue_new();
        for (int j = 0; j < CROWD; j++)
            queue_push(bakery, 1);
        long customer;
        for (int j = 0; i % 2 == 0 && j < CROWD; j++)
            queue_pop(bakery, &customer);
        if (i / 2 == 0)
            queue_close(bakery);
        queue_push(bakery, 2);
        queue_free(bakery);
        if (i == 0)
            allocated_before = scene_allocated();
    }
    scene_expect(scene_allocated() == allocated_before, "nothing stays allocated");
    open_with_two_inside();
}

static void nothing_is_left(void)
{
    close_bakery();
    scene_expect(scene_allocated() == allocated_before, "nothing stays allocated");
}

const struct scene scenes[] = {
    {"one customer",
     "Waits for the next customer",
     open_bakery,
     {first_baker_serves_one, one_comes_in},
     nobody_was_sent_home},
    {"two customers",
     "Waits for the next customer, first come, first served.",
     open_bakery,
     {first_baker_serves_two, two_come_in},
     two_were_served},
    {"two bakers",
     "some queue_pop will give this number",
     open_bakery,
     {first_baker_serves_one, second_baker_serves_one, two_come_in},
     two_were_served},
    {"two doors",
     "Any number of threads may use it.",
     open_bakery,
     {one_comes_in, one_comes_in_by_the_other_door},
     nobody_was_sent_home},
    {"two doors and a baker",
     "some queue_pop will give this number",
     open_bakery,
     {one_comes_in, one_comes_in_by_the_other_door, first_baker_serves_one},
     nobody_was_sent_home},
    {"two are inside",
     "Waits for the next customer",
     open_with_two_inside,
     {first_baker_serves_one, second_baker_serves_one},
     both_bakers_have_served},
    {"the door is open",
     "An empty queue with its door open",
     open_bakery,
     {two_come_in},
     nobody_was_sent_home},
    {"nobody comes",
     "to every caller, however many there are",
     open_bakery,
     {first_baker_serves_one, second_baker_serves_one, close_door},
     everybody_was_sent_home},
    {"three are sent home",
     "to every caller, however many there are",
     open_bakery,
     {first_baker_serves_one, second_baker_serves_one, close_and_serve},
     all_three_were_sent_home},
    {"one customer, two bakers",
     "Returns false once the queue is closed and nobody is left in it",
     open_bakery,
     {first_baker_serves_one, second_baker_serves_one, one_comes_in_and_the_door_is_closed},
     one_of_two_bakers_has_served},
    {"at closing time",
     "Returns false, and does nothing, once the queue is closed",
     open_bakery,
     {two_come_in, close_door},
     close_bakery},
    {"at closing time, by two doors",
     "customers walk in until the door is closed",
     open_bakery,
     {one_comes_in, one_comes_in_by_the_other_door, close_door},
     close_bakery},
    {"at closing time, with a baker",
     "everybody who got in is served",
     open_bakery,
     {one_comes_in, close_door, first_baker_serves_one},
     whoever_got_in_was_served},
    {"served after closing time",
     "once the queue is closed and nobody is left in it",
     open_with_two_inside,
     {first_baker_serves_two, close_door},
     both_were_served_in_order},
    {"for good",
     "Closes the door for good.",
     open_bakery,
     {two_come_in_after_the_other, close_door},
     close_bakery},
    {"a crowd",
     "first come, first served",
     open_to_a_crowd,
     {serve_the_crowd},
     a_crowd_of_bakers_is_sent_home},
    {"a crowd that comes and goes",
     "first come, first served",
     open_bakery,
     {two_come_for_one_served},
     a_crowd_of_bakers_is_sent_home},
    {"every kind of customer",
     "some queue_pop will give this number",
     open_bakery,
     {every_kind_comes_in, serve_every_kind},
     close_bakery},
    {"two bakeries",
     "An empty queue with its door open",
     NULL,
     {close_north, open_south},
     each_has_its_own},
    {"a baker in each of two bakeries",
     "some queue_pop will give this number",
     open_both,
     {serve_one_in_north, serve_one_in_south, one_comes_into_each},
     close_both},
    {"nothing left",
     "The caller frees it.",
     use_bakeries,
     {close_door, first_baker_serves_one, second_baker_serves_two},
     nothing_is_left},
    {.name = NULL},
};
