// What clang calls: each function announces the bytes and the kind of access that its name tells; atomic
// operations compute what they should, with the order that they are given; only racy places are
// points of choice.

#define _GNU_SOURCE
#include "fake_engine.h"

#include "driver_statics.h"
#include "images.h"
#include "races.h"
#include "racy.h"

#include <ctype.h>
#include <dlfcn.h>
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include <string.h>

typedef unsigned __int128 uint128_t;

static _Alignas(16) unsigned char memory[64];

static void begin_two(void)
{
    fake_begin();
    racy_forget();
    fake_create(1);
    fake_create(2);
    fake_switch(1);
}

// ---- Plain accesses ----

#define PLAIN(name)                                                                                \
    void __tsan_##name##1(void *), __tsan_##name##2(void *), __tsan_##name##4(void *),             \
        __tsan_##name##8(void *), __tsan_##name##16(void *)
PLAIN(read);
PLAIN(write);
PLAIN(unaligned_read);
PLAIN(unaligned_write);
PLAIN(volatile_read);
PLAIN(volatile_write);
PLAIN(unaligned_volatile_read);
PLAIN(unaligned_volatile_write);
PLAIN(read_write);
PLAIN(unaligned_read_write);
void __tsan_vptr_read(void *), __tsan_vptr_update(void *, void *);

enum { R = 1, W = 2 };

#define ROWS(name, kinds)                                                                          \
    {__tsan_##name##1, 1, kinds}, {__tsan_##name##2, 2, kinds}, {__tsan_##name##4, 4, kinds},      \
        {__tsan_##name##8, 8, kinds},                                                              \
    {                                                                                              \
        __tsan_##name##16, 16, kinds                                                               \
    }

static const struct {
    void (*call)(void *);
    unsigned size;
    int kinds;
} plain[] = {
    ROWS(read, R),
    ROWS(write, W),
    ROWS(unaligned_read, R),
    ROWS(unaligned_write, W),
    ROWS(volatile_read, R),
    ROWS(volatile_write, W),
    ROWS(unaligned_volatile_read, R),
    ROWS(unaligned_volatile_write, W),
    ROWS(read_write, R | W),
    ROWS(unaligned_read_write, R | W),
    {__tsan_vptr_read, sizeof(void *), R},
};

// Whether what `call` announces of memory + at races with an access of byte `byte`.
static bool races_with(void (*call)(void *), unsigned at, unsigned byte, int flags)
{
    begin_two();
    call(memory + at);
    fake_switch(2);
    races_access(memory + byte, 1, flags, 2);
    return fake_fault_count > 0;
}

static void bytes_and_kinds(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
        for (unsigned at = 0; at < 16; at += 5)
            for (unsigned byte = 0; byte < sizeof memory; byte++) {
                bool inside = byte >= at && byte < at + plain[i].size;
                assert_int_equal(races_with(plain[i].call, at, byte, ACCESS_WRITE), inside);
                assert_int_equal(races_with(plain[i].call, at, byte, ACCESS_READ),
                                 inside && (plain[i].kinds & W) != 0);
            }
}

static void only_racy_places_are_points(void **state)
{
    (void)state;
    begin_two();
    __tsan_write4(memory + 4);
    assert_int_equal(fake_points, 0);
    assert_int_equal(fake_events, 1);
    racy_add((uintptr_t)memory / GRANULE);
    racy_settle();
    __tsan_write4(memory + 4);
    assert_int_equal(fake_points, 1);
    assert_ptr_equal(fake_point_object, memory); // the same for all that touches the 8 bytes
    __tsan_read1(memory + 8);
    assert_int_equal(fake_points, 1);
    assert_int_equal(fake_events, 2);
}

// ---- Atomic operations ----

#define UPDATES(bits, type)                                                                        \
    X(bits, type, exchange, operand)                                                               \
    X(bits, type, fetch_add, old + operand)                                                        \
    X(bits, type, fetch_sub, old - operand)                                                        \
    X(bits, type, fetch_and, old &operand)                                                         \
    X(bits, type, fetch_or, old | operand)                                                         \
    X(bits, type, fetch_xor, old ^ operand)                                                        \
    X(bits, type, fetch_nand, ~(old & operand))

#define X(bits, type, name, result) type __tsan_atomic##bits##_##name(volatile type *, type, int);
#define DECLARE(bits, type)                                                                        \
    UPDATES(bits, type)                                                                            \
    type __tsan_atomic##bits##_load(const volatile type *, int);                                   \
    void __tsan_atomic##bits##_store(volatile type *, type, int);                                  \
    type __tsan_atomic##bits##_compare_exchange_val(volatile type *, type, type, int, int);        \
    int __tsan_atomic##bits##_compare_exchange_strong(volatile type *, type *, type, int, int);    \
    int __tsan_atomic##bits##_compare_exchange_weak(volatile type *, type *, type, int, int);
DECLARE(8, uint8_t)
DECLARE(16, uint16_t)
DECLARE(32, uint32_t)
DECLARE(64, uint64_t)
DECLARE(128, uint128_t)
#undef X

// The object, and whether the bytes around it are as they were.
static const unsigned char around[16] = "0123456789abcdef";

static void *object_between(void)
{
    memcpy(memory, around, 16);
    memcpy(memory + 32, around, 16);
    memset(memory + 16, 0, 16);
    return memory + 16;
}

static bool neighbours_are_left_alone(size_t size)
{
    for (size_t i = size; i < 16; i++)
        if (memory[16 + i] != 0)
            return false;
    return memcmp(memory, around, 16) == 0 && memcmp(memory + 32, around, 16) == 0;
}

#define X(bits, type, name, result)                                                                \
    {                                                                                              \
        const type old = (type)UINT64_C(0xf1e2d3c4b5a69788) + (type)1, operand = (type)0x3c5a;     \
        *object = old;                                                                             \
        assert_true(__tsan_atomic##bits##_##name(object, operand, __ATOMIC_SEQ_CST) == old);       \
        assert_true(*object == (type)(result));                                                    \
        assert_true(neighbours_are_left_alone(sizeof *object));                                    \
    }
#define COMPUTES(bits, type)                                                                       \
    static void computes##bits(void)                                                               \
    {                                                                                              \
        type *object = object_between(), expected = 1;                                             \
        UPDATES(bits, type)                                                                        \
        __tsan_atomic##bits##_store(object, 7, __ATOMIC_RELEASE);                                  \
        assert_true(__tsan_atomic##bits##_load(object, __ATOMIC_ACQUIRE) == 7);                    \
        assert_true(__tsan_atomic##bits##_compare_exchange_val(object, 6, 9, 0, 0) == 7);          \
        assert_true(__tsan_atomic##bits##_compare_exchange_val(object, 7, 9, 0, 0) == 7);          \
        assert_false(__tsan_atomic##bits##_compare_exchange_strong(object, &expected, 2, 0, 0));   \
        assert_true(expected == 9 && *object == 9);                                                \
        assert_true(__tsan_atomic##bits##_compare_exchange_weak(object, &expected, 2, 0, 0));      \
        assert_true(expected == 9 && *object == 2);                                                \
        assert_true(neighbours_are_left_alone(sizeof *object));                                    \
    }
COMPUTES(8, uint8_t)
COMPUTES(16, uint16_t)
COMPUTES(32, uint32_t)
COMPUTES(64, uint64_t)
COMPUTES(128, uint128_t)

static void compute(void)
{
    computes8();
    computes16();
    computes32();
    computes64();
    computes128();
}

// Before a run, and in one.
static void results(void **state)
{
    (void)state;
    fake_off();
    compute();
    assert_int_equal(fake_points, 0);
    begin_two();
    compute();
    assert_int_equal(fake_points, 5 * 13);
    assert_int_equal(fake_fault_count, 0);
}

static uint32_t flag;
static uint64_t data;

// Thread 1 writes data and sets the flag to 1 by a release; thread 2 compares the flag with `expected`
// and then reads data. Whether that races.
static bool compare_exchange_races(uint32_t expected, int success, int failure)
{
    flag = 0;
    begin_two();
    races_access(&data, sizeof data, ACCESS_WRITE, 1);
    __tsan_atomic32_store(&flag, 1, __ATOMIC_RELEASE);
    fake_switch(2);
    __tsan_atomic32_compare_exchange_val(&flag, expected, 2, success, failure);
    races_access(&data, sizeof data, ACCESS_READ, 2);
    return fake_fault_count > 0;
}

static void orders_of_a_compare_exchange(void **state)
{
    (void)state;
    assert_false(compare_exchange_races(1, __ATOMIC_ACQUIRE, __ATOMIC_RELAXED));
    assert_true(compare_exchange_races(1, __ATOMIC_RELEASE, __ATOMIC_RELAXED));
    assert_false(compare_exchange_races(0, __ATOMIC_RELAXED, __ATOMIC_ACQUIRE));
    assert_true(compare_exchange_races(0, __ATOMIC_ACQ_REL, __ATOMIC_RELAXED));
}

// One that fails only reads: no race with a plain read.
static void a_failed_compare_exchange_reads(void **state)
{
    (void)state;
    for (uint32_t expected = 0; expected < 2; expected++) {
        flag = 0;
        begin_two();
        races_access(&flag, sizeof flag, ACCESS_READ, 1);
        fake_switch(2);
        __tsan_atomic32_compare_exchange_val(&flag, expected, 2, 0, 0);
        assert_int_equal(fake_fault_count, expected == 0);
    }
}

// An atomic operation on a racy place is a point about the place.
static void atomics_of_racy_places(void **state)
{
    (void)state;
    begin_two();
    uint32_t *object = (uint32_t *)(void *)(memory + 4);
    __tsan_atomic32_load(object, __ATOMIC_RELAXED);
    assert_ptr_equal(fake_point_object, object);
    racy_add((uintptr_t)memory / GRANULE);
    racy_settle();
    __tsan_atomic32_load(object, __ATOMIC_RELAXED);
    assert_ptr_equal(fake_point_object, memory);
}

// ---- The driver's own variables ----

__attribute__((section("driver_data"))) static int secret[4] = {1};
__attribute__((section("driver_bss"))) static int counts[4];
__attribute__((section("explore_bss"))) static int of_the_runtime[4];
static int other_data[4];

__attribute__((section("student_text"))) static void student_code(void)
{
}

static bool is_fault(enum kind kind, void (*code)(void), uintptr_t address, size_t size)
{
    fake_fault_count = 0;
    driver_statics_check((const void *)address, size, ACCESS_WRITE, (uintptr_t)code);
    return fake_fault_count == 1 && fake_faults[0].kind == kind;
}

static bool touches(void (*code)(void), uintptr_t address, size_t size)
{
    return is_fault(KIND_TOUCHES_DRIVER, code, address, size);
}

static void own_variables_of_the_driver(void **state)
{
    (void)state;
    begin_two();
    uintptr_t own = (uintptr_t)secret;
    assert_true(touches(student_code, own, 4));
    assert_true(touches(student_code, (uintptr_t)counts + 12, 4));
    assert_true(touches(student_code, own + sizeof secret - 1, 100));
    assert_true(touches(student_code, (uintptr_t)of_the_runtime, 4));
    assert_false(touches(student_code, (uintptr_t)other_data, 4));
    assert_false(touches(begin_two, own, 4));
    __tsan_write4(secret); // by the test's own code
    assert_int_equal(fake_fault_count, 0);
}

// The head of a library, its code, and a name among its symbols; not what it keeps for its callers.
static void code_and_symbols(void **state)
{
    (void)state;
    begin_two();
    images_set_up();
    Dl_info library;
    assert_int_not_equal(dladdr((void *)qsort, &library), 0);
    assert_true(is_fault(KIND_READS_CODE, student_code, (uintptr_t)library.dli_fbase, 4));
    assert_true(is_fault(KIND_READS_CODE, student_code, (uintptr_t)library.dli_saddr, 1));
    assert_true(is_fault(KIND_READS_CODE, student_code, (uintptr_t)library.dli_sname, 1));
    assert_true(is_fault(KIND_READS_CODE, student_code, (uintptr_t)begin_two, 1));
    assert_false(is_fault(KIND_READS_CODE, begin_two, (uintptr_t)library.dli_fbase, 4));
    assert_false(is_fault(KIND_READS_CODE, student_code, (uintptr_t)stdout, sizeof *stdout));
    assert_false(is_fault(KIND_READS_CODE, student_code, (uintptr_t)*__ctype_b_loc(), 2));
    assert_false(is_fault(KIND_READS_CODE, student_code, (uintptr_t)strerror(ENOMEM), 1));
    assert_false(is_fault(KIND_READS_CODE, student_code, (uintptr_t) "constant", 1));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bytes_and_kinds),
        cmocka_unit_test(only_racy_places_are_points),
        cmocka_unit_test(results),
        cmocka_unit_test(orders_of_a_compare_exchange),
        cmocka_unit_test(a_failed_compare_exchange_reads),
        cmocka_unit_test(atomics_of_racy_places),
        cmocka_unit_test(own_variables_of_the_driver),
        cmocka_unit_test(code_and_symbols),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
