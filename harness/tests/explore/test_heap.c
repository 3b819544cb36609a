// The heap: blocks, every way to misuse them, and what is left at the end.

#include "fake_engine.h"

#include "heap.h"
#include "races.h"
#include "racy.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <string.h>

static char *take(size_t size)
{
    return heap_take(size, 16, 0x100);
}

// The kind of fault that an access of the bytes ends the run with; KIND_NONE if it may be made.
static enum kind access_of(const void *address, size_t size)
{
    fake_fault_count = 0;
    return ENDS_RUN(heap_check_access(address, size, ACCESS_WRITE, 0x200)) ? fake_faults[0].kind
                                                                           : KIND_NONE;
}

static enum kind free_of(void *block)
{
    fake_fault_count = 0;
    return ENDS_RUN(heap_give_back(block, 0x300)) ? fake_faults[0].kind : KIND_NONE;
}

// For blocks of every small size: every access of 1 to 16 bytes in and around it.
static void to_the_byte(void **state)
{
    (void)state;
    fake_begin();
    for (ptrdiff_t size = 0; size < 40; size++) {
        char *block = take((size_t)size);
        assert_int_equal((uintptr_t)block % 16, 0);
        take(1); // a neighbour
        for (ptrdiff_t at = -16; at < size + 8; at++)
            for (ptrdiff_t length = 1; length <= 16; length++) {
                bool inside = at >= 0 && at + length <= size;
                assert_int_equal(access_of(block + at, (size_t)length),
                                 inside ? KIND_NONE : KIND_OVERFLOW);
            }
    }
}

static void beyond_the_heap(void **state)
{
    (void)state;
    fake_begin();
    char local[100];
    assert_int_equal(access_of(local, sizeof local), KIND_NONE);
    assert_int_equal(access_of(NULL, 8), KIND_NONE); // the processor's to refuse
    char *block = take(100);
    assert_int_equal(access_of(block, 101), KIND_OVERFLOW);
    assert_int_equal(access_of(block, (size_t)1 << 40), KIND_OVERFLOW);
}

static void used_after_free(void **state)
{
    (void)state;
    fake_begin();
    char *block = take(24);
    memset(block, 1, 24);
    assert_int_equal(free_of(block), KIND_NONE);
    assert_int_equal(block[3] == 1, false); // its content is gone
    assert_int_equal(access_of(block + 20, 4), KIND_USE_AFTER_FREE);
    const struct fault *fault = &fake_faults[0];
    assert_int_equal(fault->block, (uintptr_t)block);
    assert_int_equal(fault->block_size, 24);
    assert_int_equal(fault->allocated.frames[0], 0x100);
    assert_int_equal(fault->access_count, 2);
    assert_true(fault->accesses[0].frees);
    assert_int_equal(fault->accesses[0].stack.frames[0], 0x300);
    assert_int_equal(fault->accesses[1].stack.frames[0], 0x200);
    assert_int_equal(access_of(block + 24, 1), KIND_OVERFLOW);
    char *other = take(24);
    assert_true(other >= block + 24); // never used again
    assert_int_equal(access_of(block, 1), KIND_USE_AFTER_FREE);
}

static void freed_wrongly(void **state)
{
    (void)state;
    fake_begin();
    char *block = take(100), local[32];
    memset(block, 0, 100); // what looks like the number of the first block
    assert_int_equal(free_of(block + 16), KIND_BAD_FREE);
    assert_int_equal(free_of(block + 1), KIND_BAD_FREE);
    assert_int_equal(free_of(block + 128), KIND_BAD_FREE);
    assert_int_equal(free_of(local), KIND_BAD_FREE);
    assert_int_equal(free_of(block), KIND_NONE);
    assert_int_equal(free_of(block), KIND_DOUBLE_FREE);
    assert_int_equal(fake_faults[0].accesses[0].stack.frames[0], 0x300);
    char *empty = take(0);
    assert_int_equal(free_of(empty), KIND_NONE);
    assert_int_equal(free_of(empty), KIND_DOUBLE_FREE);
}

static void what_is_left(void **state)
{
    (void)state;
    fake_begin();
    struct fault fault;
    assert_false(heap_leak(&fault));
    char *first = take(8), *second = heap_take(16, 16, 0x111);
    heap_own(64); // not the program's
    assert_int_equal(heap_live(), 2);
    heap_give_back(first, 0x300);
    assert_int_equal(heap_live(), 1);
    assert_true(heap_leak(&fault));
    assert_int_equal(fault.kind, KIND_LEAK);
    assert_int_equal(fault.block, (uintptr_t)second);
    assert_int_equal(fault.allocated.frames[0], 0x111);
    heap_give_back(second, 0x300);
    assert_int_equal(heap_live(), 0);
    assert_false(heap_leak(&fault));
}

// The same addresses in every run, whatever other threads take.
static void addresses(void **state)
{
    (void)state;
    char *before[2] = {0};
    for (int run = 0; run < 2; run++) {
        fake_begin();
        fake_create(1);
        char *mine = take(100);
        fake_switch(1);
        for (int i = 0; i <= run; i++)
            take(10);
        fake_switch(0);
        char *next = take(100);
        if (run == 1) {
            assert_ptr_equal(mine, before[0]);
            assert_ptr_equal(next, before[1]);
        }
        before[0] = mine;
        before[1] = next;
    }
    fake_begin();
    assert_int_equal(access_of(before[0], 1), KIND_OVERFLOW); // the old run's blocks are gone
}

static void contents_and_alignment(void **state)
{
    (void)state;
    fake_begin();
    for (size_t alignment = 1; alignment <= 4096; alignment *= 2) {
        unsigned char *block = heap_take(10, alignment, 0x100);
        assert_int_equal((uintptr_t)block % alignment, 0);
        for (int i = 0; i < 10; i++)
            assert_int_not_equal(block[i], 0);
        assert_int_equal(heap_size(block), 10);
    }
    errno = 0;
    assert_null(take(SIZE_MAX));
    assert_int_equal(errno, ENOMEM);
}

static void too_much(void **state)
{
    (void)state;
    fake_begin();
    fake_fault_count = 0;
    bool ended = false;
    for (int i = 0; i < 100 && !ended; i++)
        ended = ENDS_RUN(take((size_t)1 << 20));
    assert_true(ended);
    assert_int_equal(fake_faults[0].kind, KIND_NONE); // "not supported", no fault of the program's
}

// Two threads, of which the one frees what the other reads.
static void free_races(void **state)
{
    (void)state;
    fake_begin();
    racy_forget();
    fake_create(1);
    char *block = take(64);
    races_access(block + 40, 4, ACCESS_READ, 0x200);
    fake_switch(1);
    heap_give_back(block, 0x300);
    assert_int_equal(fake_fault_count, 1);
    assert_int_equal(fake_faults[0].kind, KIND_RACE);
    assert_true(fake_faults[0].accesses[1].frees);
    assert_int_equal(fake_faults[0].allocated.frames[0], 0x100);
    racy_settle();
    assert_ptr_equal(racy_within(block, 64), block + 40);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(to_the_byte),
        cmocka_unit_test(beyond_the_heap),
        cmocka_unit_test(used_after_free),
        cmocka_unit_test(freed_wrongly),
        cmocka_unit_test(what_is_left),
        cmocka_unit_test(addresses),
        cmocka_unit_test(contents_and_alignment),
        cmocka_unit_test(too_much),
        cmocka_unit_test(free_races),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
