// The choosers: what each can reach, and how often it does. All by fixed seeds: nothing here is
// left to luck.

#include "toy_programs.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static struct toy toy;
static struct learned learned;

// Threads that each update object 0 so many times.
static struct toy_program updaters(unsigned threads, unsigned updates)
{
    struct toy_program program = {.threads = threads};
    for (unsigned id = 0; id < threads; id++) {
        for (unsigned i = 0; i < updates; i++)
            program.lines[id][i] = (struct toy_line){OP_UPDATE, 0, 0, 0};
        program.lines[id][updates] = (struct toy_line){OP_EXIT, 0, 0, 0};
    }
    return program;
}

static void run(const struct toy_program *program, const struct chooser *chooser, uint64_t seed)
{
    struct schedule schedule = {.chooser = &chooser_turn, .seed = seed};
    toy_run(&toy, program, &schedule);
    learn(&learned, toy.steps, toy.count);
    schedule = (struct schedule){
        .chooser = chooser, .seed = seed, .length = toy.count, .learned = &learned};
    assert_true(toy_run(&toy, program, &schedule));
    assert_int_equal(toy_enabled(&toy), 0);
}

// The order of the steps on object 0, as a number: a digit for each step.
static unsigned order_of(const struct toy_program *program)
{
    unsigned order = 0;
    for (uint32_t i = 0; i < toy.count; i++)
        if (toy.steps[i].done.op == OP_UPDATE)
            order = order * program->threads + toy.steps[i].thread;
    return order;
}

enum { ORDERS_MOST = 1 << 12 };

// How often each order of the steps on object 0 came in `runs` runs. Gives how many orders there
// were.
static unsigned count_orders(const struct toy_program *program, const struct chooser *chooser,
                             unsigned runs, unsigned counts[ORDERS_MOST])
{
    unsigned orders = 0;
    memset(counts, 0, ORDERS_MOST * sizeof *counts);
    for (uint64_t seed = 1; seed <= runs; seed++) {
        uint64_t mixed = seed;
        run(program, chooser, random_next(&mixed));
        orders += counts[order_of(program)]++ == 0;
    }
    return orders;
}

static void test_every_order(void **state)
{
    static unsigned counts[ORDERS_MOST];
    struct toy_program two = updaters(2, 2), three = updaters(3, 1);
    (void)state;
    for (size_t i = 0; choosers[i] != NULL; i++) {
        assert_int_equal(count_orders(&two, choosers[i], 1000, counts), 6);
        assert_int_equal(count_orders(&three, choosers[i], 1000, counts), 6);
    }
    assert_int_equal(count_orders(&two, &chooser_turn, 10, counts), 1);
}

// The sum of squares of what is too much or too little, over what is expected.
static double chi_square(const unsigned counts[ORDERS_MOST], unsigned orders, unsigned runs)
{
    double expected = (double)runs / orders, sum = 0;
    for (unsigned order = 0; order < ORDERS_MOST; order++)
        if (counts[order] > 0)
            sum += (counts[order] - expected) * (counts[order] - expected) / expected;
    return sum;
}

// With 19 degrees of freedom, 43.8 is exceeded once in a thousand times; the walk is far from
// uniform.
static void test_surw_is_uniform(void **state)
{
    enum { RUNS = 8000, ORDERS = 20 };
    static unsigned counts[ORDERS_MOST];
    struct toy_program program = updaters(2, 3);
    (void)state;
    assert_int_equal(count_orders(&program, &chooser_surw, RUNS, counts), ORDERS);
    assert_true(chi_square(counts, ORDERS, RUNS) < 43.8);
    assert_int_equal(count_orders(&program, &chooser_walk, RUNS, counts), ORDERS);
    assert_true(chi_square(counts, ORDERS, RUNS) > 1000);
}

// Also if one thread creates the other, late, and steps elsewhere lie between.
static void test_surw_counts_children(void **state)
{
    enum { RUNS = 8000, ORDERS = 4 }; // where the creator's update stands among three
    static const struct toy_program program = {.threads = 2,
                                               .created = 2,
                                               .lines = {{{OP_CREATE, 1, 0, 0},
                                                          {OP_READ, 1, 0, 0},
                                                          {OP_READ, 1, 0, 0},
                                                          {OP_READ, 1, 0, 0},
                                                          {OP_UPDATE, 0, 0, 0},
                                                          {OP_EXIT, 0, 0, 0}},
                                                         {{OP_START, 1, 0, 0},
                                                          {OP_UPDATE, 0, 0, 0},
                                                          {OP_UPDATE, 0, 0, 0},
                                                          {OP_UPDATE, 0, 0, 0},
                                                          {OP_EXIT, 0, 0, 0}}}};
    static unsigned counts[ORDERS_MOST];
    (void)state;
    assert_int_equal(count_orders(&program, &chooser_surw, RUNS, counts), ORDERS);
    assert_true(chi_square(counts, ORDERS, RUNS) < 16.3); // once in a thousand, of 3
}

// An operation that conflicts with nothing keeps its priority, so that it comes last of eleven one
// time in eleven. Under a random walk that would be one time in a thousand.
static void test_pos_keeps_priorities(void **state)
{
    enum { RUNS = 4400 };
    struct toy_program program = updaters(2, 10);
    unsigned last = 0;
    (void)state;
    program.lines[1][0] = (struct toy_line){OP_WRITE, 1, 1, 0};
    program.lines[1][1] = (struct toy_line){OP_EXIT, 0, 0, 0};
    for (uint64_t seed = 1; seed <= RUNS; seed++) {
        uint32_t updates = 0;
        run(&program, &chooser_pos, seed * 77);
        for (uint32_t i = 0; toy.steps[i].done.op != OP_WRITE; i++)
            updates += toy.steps[i].done.op == OP_UPDATE;
        last += updates == 10;
    }
    assert_in_range(last, RUNS / 11 - 60, RUNS / 11 + 60); // three standard deviations
}

// How often a thread was left that could have gone on; `at` is set to where it was first.
static unsigned preemptions(uint32_t *at)
{
    unsigned count = 0;
    for (uint32_t i = 1; i < toy.count; i++) {
        uint8_t before = toy.steps[i - 1].thread;
        if (toy.steps[i].thread != before && (toy.steps[i].enabled >> before & 1) != 0 &&
            count++ == 0)
            *at = i;
    }
    return count;
}

// Threads run to their ends but for two changes, and these come at every step.
static void test_pct_changes_twice(void **state)
{
    enum { STEPS = 3 * 11 };
    struct toy_program program = updaters(3, 10);
    unsigned seen[STEPS] = {0}, most = 0;
    (void)state;
    for (uint64_t seed = 1; seed <= 2000; seed++) {
        uint32_t at = 0;
        run(&program, &chooser_pct, seed);
        unsigned count = preemptions(&at);
        most = count > most ? count : most;
        seen[at]++;
    }
    assert_int_equal(most, 2);
    for (unsigned i = 1; i < STEPS - 11; i++) // later, only one thread is left
        assert_true(seen[i] > 0 || i % 11 == 0);
}

// Whoever waits for another and yields meanwhile does not keep it from running for ever.
static void test_yields_end(void **state)
{
    static const struct toy_program program = {
        .threads = 3,
        .lines = {
            {{OP_READ, 0, 0, 2}, {OP_YIELD, 0, 0, 0}, {OP_NONE, 0, 0, -2}, {OP_EXIT, 0, 0, 0}},
            {{OP_READ, 0, 0, 2}, {OP_YIELD, 0, 0, 0}, {OP_NONE, 0, 0, -2}, {OP_EXIT, 0, 0, 0}},
            {{OP_WRITE, 0, 1, 0}, {OP_EXIT, 0, 0, 0}}}};
    (void)state;
    for (size_t i = 0; choosers[i] != NULL; i++)
        for (uint64_t seed = 1; seed <= 300; seed++) {
            run(&program, choosers[i], seed * 13);
            assert_true(toy.count < TOY_STEPS);
        }
    run(&program, &chooser_turn, 0);
    assert_true(toy.count < 12);
}

static void test_same_seed(void **state)
{
    struct toy_program program = updaters(3, 5);
    (void)state;
    for (size_t i = 0; choosers[i] != NULL; i++)
        for (uint64_t seed = 1; seed < 50; seed++) {
            run(&program, choosers[i], seed);
            struct toy first = toy;
            run(&program, choosers[i], seed);
            assert_int_equal(first.count, toy.count);
            for (uint32_t step = 0; step < toy.count; step++)
                assert_int_equal(first.steps[step].thread, toy.steps[step].thread);
        }
}

static void test_names(void **state)
{
    (void)state;
    assert_ptr_equal(chooser_named("surw"), &chooser_surw);
    assert_ptr_equal(chooser_named("turn"), &chooser_turn);
    assert_ptr_equal(chooser_named("reduction"), &chooser_reduction);
    assert_null(chooser_named("nobody"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_order),
        cmocka_unit_test(test_surw_is_uniform),
        cmocka_unit_test(test_surw_counts_children),
        cmocka_unit_test(test_pos_keeps_priorities),
        cmocka_unit_test(test_pct_changes_twice),
        cmocka_unit_test(test_yields_end),
        cmocka_unit_test(test_same_seed),
        cmocka_unit_test(test_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
