// The shadow memory: bytes told apart, what stands for what, places that become points, call stacks,
// and the driver's own variables.

#include "fake_engine.h"

#include "calls.h"
#include "clocks.h"
#include "races.h"
#include "racy.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static _Alignas(16) unsigned char memory[4096];

// Two threads, 1 and 2, that nothing orders; 1 runs.
static void begin_two(void)
{
    fake_begin();
    racy_forget();
    fake_create(1);
    fake_create(2);
    fake_switch(1);
}

// Whether the bytes [from, from + size) written by one thread and [other, other + length) read by
// another race.
static bool bytes_race(size_t from, size_t size, size_t other, size_t length)
{
    begin_two();
    races_access(memory + from, size, ACCESS_WRITE, 1);
    fake_switch(2);
    races_access(memory + other, length, ACCESS_READ, 2);
    return fake_fault_count > 0;
}

// Against the plain question whether the two have a byte in common.
static void bytes_are_told_apart(void **state)
{
    (void)state;
    static const size_t sizes[] = {1, 2, 4, 8, 16, 24, 37};
    for (size_t from = 0; from < 20; from++)
        for (size_t i = 0; i < 7; i++)
            for (size_t other = 0; other < 20; other++)
                for (size_t j = 0; j < 7; j++) {
                    bool common = from < other + sizes[j] && other < from + sizes[i];
                    assert_int_equal(bytes_race(from, sizes[i], other, sizes[j]), common);
                }
}

static void what_conflicts(void **state)
{
    (void)state;
    enum { R = ACCESS_READ, W = ACCESS_WRITE, A = ACCESS_ATOMIC };
    static const struct {
        int first, second;
        bool race;
    } table[] = {{R, R, false},        {R, W, true},          {W, W, true},
                 {R, A | R, false},    {R, A | W, true},      {W, A | R, true},
                 {W, A | W, true},     {A | R, A | R, false}, {A | R, A | W, false},
                 {A | W, A | W, false}};
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        for (int swapped = 0; swapped < 2; swapped++) {
            begin_two();
            races_access(memory, 4, swapped ? table[i].second : table[i].first, 1);
            fake_switch(2);
            races_access(memory, 4, swapped ? table[i].first : table[i].second, 2);
            assert_int_equal(fake_fault_count, table[i].race);
        }
}

// Many accesses of one granule by its own thread do not push out the one that races, as they would
// where only a few are kept.
static void nothing_is_pushed_out(void **state)
{
    (void)state;
    begin_two();
    races_access(memory, 1, ACCESS_WRITE, 1);
    for (unsigned i = 0; i < 1000; i++) {
        races_access(memory + 1 + i % 7, 1, ACCESS_READ, 100 + i);
        clock_release(memory + 100); // time goes on
    }
    fake_switch(2);
    races_access(memory, 1, ACCESS_READ, 2);
    assert_int_equal(fake_fault_count, 1);
    assert_int_equal(fake_faults[0].accesses[0].stack.frames[0], 1);
}

// A read stays though its own thread then writes half of its bytes.
static void half_covered(void **state)
{
    (void)state;
    begin_two();
    races_access(memory, 8, ACCESS_READ, 1);
    races_access(memory, 4, ACCESS_WRITE, 2);
    fake_switch(2);
    races_access(memory + 4, 4, ACCESS_WRITE, 3);
    assert_int_equal(fake_fault_count, 1);
    assert_int_equal(fake_faults[0].accesses[0].stack.frames[0], 1);
}

static void a_report(void **state)
{
    (void)state;
    begin_two();
    calls_enter(0x10, 900);
    calls_enter(0x20, 800);
    races_access(memory + 8, 4, ACCESS_WRITE, 0x30);
    calls_leave();
    calls_enter(0x21, 800);
    fake_switch(2);
    calls_enter(0x40, 900);
    races_access(memory + 8, 8, ACCESS_READ | ACCESS_ATOMIC, 0x50);
    assert_int_equal(fake_fault_count, 1);
    const struct fault *fault = &fake_faults[0];
    assert_int_equal(fault->kind, KIND_RACE);
    assert_int_equal(fault->access_count, 2);
    const struct access *first = &fault->accesses[0], *second = &fault->accesses[1];
    assert_int_equal(first->thread, 1);
    assert_true(first->write && !first->atomic && first->size == 4);
    assert_ptr_equal(first->address, memory + 8);
    assert_int_equal(first->stack.depth, 3);
    assert_int_equal(first->stack.frames[0], 0x30);
    assert_int_equal(first->stack.frames[1], 0x20);
    assert_int_equal(first->stack.frames[2], 0x10);
    assert_int_equal(second->thread, 2);
    assert_true(!second->write && second->atomic && second->size == 8);
    assert_int_equal(second->stack.depth, 2);
    assert_int_equal(second->stack.frames[1], 0x40);
    races_access(memory + 8, 8, ACCESS_READ | ACCESS_ATOMIC, 0x50);
    assert_int_equal(fake_fault_count, 1); // told once
}

// The same place called by two others.
static void paths_are_told_apart(void **state)
{
    (void)state;
    begin_two();
    uint32_t paths[2];
    for (unsigned i = 0; i < 2; i++) {
        calls_enter(0x10 + i, 900);
        calls_enter(0x20, 800);
        paths[i] = calls_now();
        calls_leave();
        calls_leave();
    }
    for (unsigned i = 0; i < 2; i++) {
        struct stack stack;
        calls_stack(paths[i], 0x30, &stack);
        assert_int_equal(stack.depth, 3);
        assert_int_equal(stack.frames[2], 0x10 + i);
    }
}

// Functions left by longjmp are off the stack as soon as their part of it is used again.
static void calls_left_by_a_jump(void **state)
{
    (void)state;
    begin_two();
    calls_enter(0x10, 900);
    calls_enter(0x20, 800);
    calls_enter(0x30, 700);
    calls_enter(0x40, 800); // called by the first
    struct stack stack;
    stack_take(thread_self(), 0x50, &stack);
    assert_int_equal(stack.depth, 3);
    assert_int_equal(stack.frames[1], 0x40);
    assert_int_equal(stack.frames[2], 0x10);
}

// Deeper than is kept, and back again.
static void deep_recursion(void **state)
{
    (void)state;
    begin_two();
    calls_enter(0x10, 100000);
    for (unsigned i = 0; i < 1000; i++)
        calls_enter(0x20, 90000 - i);
    struct stack stack;
    stack_take(thread_self(), 0x50, &stack);
    assert_int_equal(stack.depth, STACK_MOST);
    assert_int_equal(stack.frames[STACK_MOST - 1], 0x20);
    for (unsigned i = 0; i < 1000; i++)
        calls_leave();
    stack_take(thread_self(), 0x50, &stack);
    assert_int_equal(stack.depth, 2);
    assert_int_equal(stack.frames[1], 0x10);
}

// What raced in one run is a point of choice in the next, not before.
static void racy_from_the_next_run_on(void **state)
{
    (void)state;
    assert_true(bytes_race(20, 4, 20, 4));
    assert_false(races_is_racy(memory + 20));
    assert_int_equal(racy_new(), 1);
    fake_begin();
    assert_int_equal(racy_new(), 0);
    assert_true(races_is_racy(memory + 16));
    assert_false(races_is_racy(memory + 24));
    assert_ptr_equal(racy_within(memory, 100), memory + 16);
    assert_null(racy_within(memory, 16));
    racy_add((uintptr_t)memory / GRANULE);
    assert_null(racy_within(memory, 16));
    racy_take_back();
    fake_begin();
    assert_null(racy_within(memory, 16));
    assert_true(races_is_racy(memory + 16));
    racy_forget();
    assert_false(races_is_racy(memory + 16));
}

// An old run's accesses are gone.
static void runs_are_apart(void **state)
{
    (void)state;
    begin_two();
    races_access(memory, 8, ACCESS_WRITE, 1);
    begin_two();
    fake_switch(2);
    races_access(memory, 8, ACCESS_WRITE, 2);
    assert_int_equal(fake_fault_count, 0);
}

// The slot of a joined thread is used again: by a thread that knows of its end it may be, and the new
// thread is not taken for the old one.
static void slots_used_again(void **state)
{
    (void)state;
    begin_two();
    races_access(memory, 8, ACCESS_WRITE, 1);
    fake_switch(0);
    assert_false(clock_may_reuse(1));
    fake_join(1);
    assert_true(clock_may_reuse(1));
    fake_create(1);
    fake_switch(2);
    assert_false(clock_may_reuse(1));
    races_access(memory + 8, 8, ACCESS_WRITE, 2);
    fake_switch(1);
    races_access(memory, 8, ACCESS_WRITE, 3);
    assert_int_equal(fake_fault_count, 0);
    races_access(memory + 8, 8, ACCESS_WRITE, 4);
    assert_int_equal(fake_fault_count, 1);
    fake_switch(2);
    races_access(memory, 8, ACCESS_READ, 5);
    assert_int_equal(fake_fault_count, 2);
}

// The table grows, and no number becomes another path's; what does not fit is told without its
// innermost call. (The last test: the table is full from now on.)
static void many_paths(void **state)
{
    enum { MANY = 60000, FIT = 48000, FIRST = 0x1000 };
    static uint32_t paths[MANY];
    (void)state;
    begin_two();
    calls_enter(0x10, 900);
    const uint32_t outer = calls_now();
    for (unsigned i = 0; i < MANY; i++) {
        calls_enter(FIRST + i, 800);
        paths[i] = calls_now();
        calls_leave();
    }
    for (unsigned i = 0; i < MANY; i++) {
        struct stack stack;
        bool fits = paths[i] != outer;
        calls_stack(paths[i], 0x30, &stack);
        assert_int_equal(stack.depth, fits ? 3 : 2);
        assert_int_equal(stack.frames[1], fits ? FIRST + i : 0x10);
        assert_true(fits || i >= FIT);
        calls_enter(FIRST + i, 800);
        assert_int_equal(calls_now(), paths[i]);
        calls_leave();
    }
    assert_int_equal(paths[MANY - 1], outer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bytes_are_told_apart),
        cmocka_unit_test(what_conflicts),
        cmocka_unit_test(nothing_is_pushed_out),
        cmocka_unit_test(half_covered),
        cmocka_unit_test(a_report),
        cmocka_unit_test(paths_are_told_apart),
        cmocka_unit_test(calls_left_by_a_jump),
        cmocka_unit_test(deep_recursion),
        cmocka_unit_test(racy_from_the_next_run_on),
        cmocka_unit_test(runs_are_apart),
        cmocka_unit_test(slots_used_again),
        cmocka_unit_test(many_paths),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
