// lost_wakeup.h, sentence by sentence.

#include "lost_wakeup.h"

#include <racelings/scenes.h>

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

// ---- A gate, a database that opens it, and requests ----

static struct gate *gate;
static atomic_bool opening; // set just before the gate is opened

static void build_gate(void)
{
    gate = gate_new();
}

static void open_gate(void)
{
    atomic_store_explicit(&opening, true, memory_order_relaxed);
    gate_open(gate);
}

static void build_and_open(void)
{
    build_gate();
    open_gate();
}

static void pass(void)
{
    gate_wait(gate);
    scene_expect(atomic_load_explicit(&opening, memory_order_relaxed),
                 "nobody passes a closed gate");
}

static void pass_five_times(void)
{
    for (int i = 0; i < 5; i++)
        pass();
}

static void *pass_and_go(void *unused)
{
    pass();
    return unused;
}

// Passes, and so does a friend, at the same time.
static void pass_with_friend(void)
{
    pthread_t thread;
    pthread_create(&thread, NULL, pass_and_go, NULL);
    pass();
    pthread_join(thread, NULL);
}

// Ends a scene: the gate is open, for good.
static void leave(void)
{
    scene_expect(!scene_timed_out(), "nobody waits until a time is up");
    for (int i = 0; i < 5; i++)
        gate_wait(gate);
    gate_open(gate);
    gate_wait(gate);
    scene_expect(!scene_timed_out(), "nobody waits until a time is up");
    gate_free(gate);
}

// ---- More requests than anybody has thought of, one after the other ----

enum { CROWD = 20 };

static void a_crowd_passes(void)
{
    for (int i = 0; i < CROWD; i++) {
        pthread_t thread;
        pthread_create(&thread, NULL, pass_and_go, NULL);
        pthread_join(thread, NULL);
    }
}

static void open_and_pass(void)
{
    open_gate();
    gate_wait(gate);
}

static void open_twice(void)
{
    open_gate();
    gate_open(gate);
}

// ---- What was done before the gate was opened ----

static struct {
    int tables;
    bool connected;
} database;

static int tables_seen[2];

static void connect_and_open(void)
{
    database.connected = true;
    database.tables = 12;
    gate_open(gate);
}

static void connect_open_and_open(void)
{
    connect_and_open();
    gate_open(gate);
}

static void first_asks(void)
{
    gate_wait(gate);
    tables_seen[0] = database.connected ? database.tables : 0;
}

static void second_asks(void)
{
    gate_wait(gate);
    tables_seen[1] = database.connected ? database.tables : 0;
}

static void first_asked(void)
{
    scene_expect(tables_seen[0] == 12, "who was let in sees all tables");
    leave();
}

static void both_asked(void)
{
    scene_expect(tables_seen[0] == 12 && tables_seen[1] == 12, "who was let in sees all tables");
    leave();
}

// ---- Two gates that have nothing to do with each other ----

static struct gate *north;

static void build_two_gates(void)
{
    build_gate();
    north = gate_new();
}

static void open_north_and_south(void)
{
    gate_open(north);
    gate_wait(north);
    open_gate();
}

static void both_are_open(void)
{
    gate_wait(north);
    gate_free(north);
    leave();
}

// ---- What a gate leaves behind ----

static long allocated_before;

// What is allocated once for all gates is here by now.
static void use_one_gate(void)
{
    build_and_open();
    pass();
    gate_free(gate);
    allocated_before = scene_allocated();
    build_gate();
}

static void nothing_is_left(void)
{
    leave();
    gate_free(gate_new()); // never opened
    scene_expect(scene_allocated() == allocated_before, "nothing stays allocated");
}

const struct scene scenes[] = {
    {"one waits", "Returns when the gate is open", build_gate, {open_gate, pass}, leave},
    {"two wait", "for all who wait", build_gate, {open_gate, pass, pass}, leave},
    {"four wait",
     "for all who wait",
     build_gate,
     {open_gate, pass_with_friend, pass_with_friend},
     leave},
    {"closed at first", "A closed gate", build_gate, {open_twice, pass, pass}, leave},
    {"long open", "for all who come later", build_and_open, {pass_five_times, pass}, leave},
    {"a crowd comes later",
     "for all who come later",
     build_and_open,
     {a_crowd_passes, pass},
     leave},
    {"one comes five times",
     "for all who wait, and for all who come later",
     build_gate,
     {open_gate, pass_five_times, pass},
     leave},
    {"one opens and goes through",
     "for all who wait, and for all who come later",
     build_gate,
     {open_and_pass, pass, pass},
     leave},
    {"nobody is there", "Waits for nobody.", build_gate, {open_gate}, leave},
    {"opened twice", "To open an open gate is allowed.", build_gate, {open_twice, pass}, leave},
    {"opened by two",
     "To open an open gate is allowed.",
     build_gate,
     {open_gate, open_gate, pass},
     leave},
    {"opened again by two",
     "To open an open gate is allowed.",
     build_and_open,
     {open_gate, open_gate, pass},
     leave},
    {"the database is seen",
     "all that was done before it was opened is there to be seen",
     build_gate,
     {connect_and_open, first_asks, second_asks},
     both_asked},
    {"the database is seen, opened twice",
     "all that was done before it was opened is there to be seen",
     build_gate,
     {connect_open_and_open, first_asks},
     first_asked},
    {"two gates", "A closed gate", build_two_gates, {open_north_and_south, pass}, both_are_open},
    {"nothing left",
     "The caller frees it when nobody is at it any more.",
     use_one_gate,
     {open_gate, pass},
     nothing_is_left},
    {.name = NULL},
};
