// unlock_relaxed.h, sentence by sentence.

#include "unlock_relaxed.h"

#include <racelings/rendezvous.h>
#include <racelings/scenes.h>

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

enum { PATIENCE = 1000 }; // milliseconds, of virtual time

// ---- A ticket machine, and clerks, one for each part of a scene ----

static struct lock *machine;
static long tickets;      // guarded by it
static atomic_int inside; // how many clerks hold it

static void set_machine_up(void)
{
    machine = lock_new();
}

static void enter(void)
{
    lock_acquire(machine);
    scene_expect(atomic_fetch_add_explicit(&inside, 1, memory_order_relaxed) == 0,
                 "nobody else holds the lock");
}

static void leave(void)
{
    atomic_fetch_sub_explicit(&inside, 1, memory_order_relaxed);
    lock_release(machine);
}

static void serve(void)
{
    enter();
    tickets++;
    leave();
}

static void serve_twice(void)
{
    serve();
    serve();
}

// Ends a scene: so many tickets were printed, and the lock is open.
static void close_machine(long count)
{
    lock_acquire(machine);
    scene_expect(tickets == count, "every ticket got the next number");
    lock_release(machine);
    for (int i = 0; i < 5; i++) {
        lock_acquire(machine);
        lock_release(machine);
    }
    scene_expect(!scene_timed_out(), "nobody waits until a time is up");
    lock_free(machine);
}

static void one_was_served(void)
{
    close_machine(1);
}

static void two_were_served(void)
{
    close_machine(2);
}

static void three_were_served(void)
{
    close_machine(3);
}

static void four_were_served(void)
{
    close_machine(4);
}

// ---- It was taken and opened before ----

enum { OFTEN = 300, THREADS = 20 };

static void serve_early(void)
{
    set_machine_up();
    serve();
}

static void serve_often(void)
{
    set_machine_up();
    for (int i = 0; i < OFTEN; i++)
        serve();
}

static void often_and_two(void)
{
    close_machine(OFTEN + 2);
}

static void *serve_and_go(void *unused)
{
    serve();
    return unused;
}

static void serve_by_many(void)
{
    for (int i = 0; i < THREADS; i++) {
        pthread_t thread;
        pthread_create(&thread, NULL, serve_and_go, NULL);
        pthread_join(thread, NULL);
    }
}

static void all_were_served(void)
{
    close_machine(THREADS);
}

// ---- What was done before the lock was opened ----

static long price;   // written by the first clerk before taking the lock
static bool printed; // written with the lock held
static long paid[2]; // by the others

static void set_machine_up_unpaid(void)
{
    set_machine_up();
    paid[0] = paid[1] = -1;
}

static void set_price_and_print(void)
{
    price = 7;
    lock_acquire(machine);
    printed = true;
    lock_release(machine);
}

static void pay(int clerk)
{
    lock_acquire(machine);
    paid[clerk] = printed ? price : -1;
    lock_release(machine);
}

static void first_pays(void)
{
    pay(0);
}

static void second_pays(void)
{
    pay(1);
}

static void all_paid_the_price(void)
{
    scene_expect(paid[0] == 7 || paid[0] == -1, "who sees the print sees the price");
    scene_expect(paid[1] == 7 || paid[1] == -1, "who sees the print sees the price");
    scene_expect(printed && price == 7, "the price is printed in the end");
    close_machine(0);
}

// What the first one did comes to the third one through the second one, who looks at nothing.
static long handed_on[3];
static int turns; // guarded by the machine

static void take_turn(int clerk)
{
    handed_on[clerk] = 1 + clerk;
    lock_acquire(machine);
    turns++;
    if (turns == 3)
        for (int i = 0; i < 3; i++)
            scene_expect(handed_on[i] == 1 + i, "the last one sees what all did before");
    lock_release(machine);
}

static void first_turn(void)
{
    take_turn(0);
}

static void second_turn(void)
{
    take_turn(1);
}

static void third_turn(void)
{
    take_turn(2);
}

static void all_had_a_turn(void)
{
    scene_expect(turns == 3, "each had a turn");
    close_machine(0);
}

// ---- Two locks are two locks ----

static struct lock *till;
static struct rendezvous both_hold = RENDEZVOUS(2);

static void set_machine_and_till_up(void)
{
    set_machine_up();
    till = lock_new();
}

static void hold_machine(void)
{
    enter();
    scene_expect(rendezvous_meet(&both_hold, PATIENCE), "two locks can be held at the same time");
    tickets++;
    leave();
}

static void hold_till(void)
{
    lock_acquire(till);
    scene_expect(rendezvous_meet(&both_hold, PATIENCE), "two locks can be held at the same time");
    lock_release(till);
}

static void use_till_meanwhile(void)
{
    lock_acquire(till);
    lock_release(till);
    rendezvous_meet(&both_hold, PATIENCE);
}

static void hold_both(void)
{
    lock_acquire(till);
    serve();
    lock_release(till);
}

static void one_and_the_till(void)
{
    lock_free(till);
    one_was_served();
}

static void two_and_the_till(void)
{
    lock_free(till);
    two_were_served();
}

// So many that two of them may look alike to whoever tells locks apart by a few bits.
enum { MANY = 65 };
static struct lock *many[MANY];

static void take_many(void)
{
    set_machine_up();
    for (int i = 0; i < MANY; i++) {
        many[i] = lock_new();
        lock_acquire(many[i]);
    }
}

static void many_are_opened(void)
{
    for (int i = 0; i < MANY; i++) {
        lock_release(many[i]);
        lock_free(many[i]);
    }
    two_were_served();
}

// ---- What a lock leaves behind ----

static long allocated_before;

// What is allocated once for all locks is here by now.
static void use_one_lock(void)
{
    set_machine_up();
    lock_acquire(machine);
    lock_release(machine);
    lock_free(machine);
    allocated_before = scene_allocated();
    set_machine_up();
}

static void nothing_is_left(void)
{
    two_were_served();
    scene_expect(scene_allocated() == allocated_before, "nothing stays allocated");
}

const struct scene scenes[] = {
    {"open at first", "An open lock", set_machine_up, {serve}, one_was_served},
    {"two at once",
     "Waits until the lock is open, and takes it.",
     set_machine_up,
     {serve, serve},
     two_were_served},
    {"three at once",
     "Waits until the lock is open, and takes it.",
     set_machine_up,
     {serve, serve, serve},
     three_were_served},
    {"again and again", "Opens it.", set_machine_up, {serve_twice, serve_twice}, four_were_served},
    {"taken before", "Opens it.", serve_early, {serve, serve}, three_were_served},
    {"taken often before", "Opens it.", serve_often, {serve, serve}, often_and_two},
    {"many threads",
     "Waits until the lock is open, and takes it.",
     set_machine_up,
     {serve_by_many},
     all_were_served},
    {"seen by the next",
     "What this thread did before is seen by whoever takes the lock next.",
     set_machine_up_unpaid,
     {set_price_and_print, first_pays},
     all_paid_the_price},
    {"seen by the next two",
     "What this thread did before is seen by whoever takes the lock next.",
     set_machine_up_unpaid,
     {set_price_and_print, first_pays, second_pays},
     all_paid_the_price},
    {"from hand to hand",
     "What this thread did before is seen by whoever takes the lock next.",
     set_machine_up,
     {first_turn, second_turn, third_turn},
     all_had_a_turn},
    {"two locks",
     "Only the thread that took it calls this.",
     set_machine_and_till_up,
     {hold_machine, hold_till},
     one_and_the_till},
    {"another lock meanwhile",
     "Waits until the lock is open",
     set_machine_and_till_up,
     {hold_machine, use_till_meanwhile},
     one_and_the_till},
    {"another lock, while one waits",
     "Waits until the lock is open",
     set_machine_and_till_up,
     {hold_machine, use_till_meanwhile, serve},
     two_and_the_till},
    {"one holds both",
     "An open lock",
     set_machine_and_till_up,
     {hold_both, serve},
     two_and_the_till},
    {"many locks", "An open lock", take_many, {serve, serve}, many_are_opened},
    {"nothing left", "The caller frees it.", use_one_lock, {serve, serve}, nothing_is_left},
    {.name = NULL},
};
