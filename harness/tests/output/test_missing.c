// What is said of a data race: that nothing orders the two accesses, and why the atomic operations
// between them do not.

#include "judge/story.h"
#include "output/missing.h"
#include "tests/fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>
#include <talloc.h>

enum { VALUE = 0x10000, FLAG = 0x20000, LOCK = 0x30000 };

// The lines that the steps are on. Line 1 is the earlier access, line 9 the later one.
enum { FIRST = 1, STORE = 3, LOAD = 5, OTHER = 6, SECOND = 9 };

static struct step step_at(int thread, enum deed deed, unsigned long object, const char *order,
                           int line)
{
    return (struct step){
        .thread = thread,
        .deed = deed,
        .object = object,
        .size = 8,
        .order = order,
        .name = object == FLAG ? "flag" : NULL,
        .place = {.file = "a.c", .line = line, .address = 0x1000UL + (unsigned)line}};
}

// What is said of a race between line FIRST of T1 and line SECOND of T2 with `between` in between,
// all locks known; `locks` are those at the later access.
static char *said(struct fixture *fixture, const struct step *between, size_t count)
{
    struct step steps[8] = {step_at(1, DEED_WRITE, VALUE, NULL, FIRST)};
    memcpy(steps + 1, between, count * sizeof *between);
    steps[count + 1] = step_at(2, DEED_READ, VALUE, NULL, SECOND);
    struct place places[] = {{.file = "a.c", .line = SECOND, .address = 0x1000 + SECOND},
                             {.file = "a.c", .line = FIRST, .address = 0x1000 + FIRST}};
    struct access accesses[] = {{.thread = 2, .size = 8, .trace = {&places[0], 1}},
                                {.thread = 1, .size = 8, .write = true, .trace = {&places[1], 1}}};
    struct story story = {.schedule = "x1:", .bad = {steps, count + 2}, .memory = VALUE};
    struct finding finding = {.kind = KIND_DATA_RACE,
                              .what = "race",
                              .accesses = accesses,
                              .access_count = 2,
                              .story = &story};
    story_name(fixture->context, fixture->root, &finding);
    return missing_order(fixture->context, &finding);
}

// Between the accesses: T1 stores to the flag with one order, T2 loads it with another.
static char *handed_over(struct fixture *fixture, const char *store, const char *load)
{
    const struct step between[] = {step_at(1, DEED_WRITE, FLAG, store, STORE),
                                   step_at(2, DEED_READ, FLAG, load, LOAD)};
    return said(fixture, between, 2);
}

static void orders_that_are_missing(void **state)
{
    const char *text = handed_over(*state, "relaxed", "relaxed");
    assert_non_null(strstr(text, "T1 wrote to flag at line 3, and T2 read that at line 5."));
    assert_non_null(strstr(text, "memory_order_release is missing at line 3, and "
                                 "memory_order_acquire at line 5"));
    text = handed_over(*state, "relaxed", "acquire");
    assert_non_null(strstr(text, "memory_order_release is missing at line 3:"));
    assert_null(strstr(text, "memory_order_acquire"));
    text = handed_over(*state, "release", "relaxed");
    assert_non_null(strstr(text, "memory_order_acquire is missing at line 5:"));
    assert_null(strstr(text, "memory_order_release"));
    text = handed_over(*state, "acquire", "seq_cst");
    assert_non_null(strstr(text, "memory_order_release is missing at line 3:"));
}

// Then the orders are not what is missing.
static void no_hand_over(void **state)
{
    struct fixture *fixture = *state;
    const struct step twice[] = {step_at(1, DEED_WRITE, FLAG, "relaxed", STORE),
                                 step_at(3, DEED_WRITE, FLAG, "relaxed", OTHER),
                                 step_at(2, DEED_READ, FLAG, "relaxed", LOAD)};
    const struct step fenced[] = {step_at(1, DEED_FENCE, 0, "seq_cst", OTHER),
                                  step_at(1, DEED_WRITE, FLAG, "relaxed", STORE),
                                  step_at(2, DEED_READ, FLAG, "relaxed", LOAD)};
    const struct step plain[] = {step_at(1, DEED_WRITE, FLAG, NULL, STORE),
                                 step_at(2, DEED_READ, FLAG, "relaxed", LOAD)};
    const char *generic = "Nothing orders these two accesses: no lock";
    assert_memory_equal(said(fixture, twice, 3), generic, strlen(generic)); // another's was read
    assert_memory_equal(said(fixture, fenced, 3), generic, strlen(generic));
    assert_memory_equal(said(fixture, plain, 2), generic, strlen(generic));
    assert_memory_equal(handed_over(fixture, "release", "acquire"), generic, strlen(generic));
    assert_memory_equal(said(fixture, plain, 0), generic, strlen(generic));
}

static void locks(void **state)
{
    struct fixture *fixture = *state;
    const struct step one[] = {step_at(2, DEED_LOCK, LOCK, NULL, OTHER)};
    const struct step tried[] = {step_at(2, DEED_TRY_LOCK, LOCK, NULL, OTHER)};
    assert_non_null(strstr(said(fixture, one, 1), "Only one of them holds a lock"));
    assert_non_null(strstr(said(fixture, tried, 1), "neither thread waits for the other"));
}

// A thread looks at the flag and finds what stood there before the other one's store.
static void stores_that_are_late(void **state)
{
    struct fixture *fixture = *state;
    struct step steps[] = {step_at(1, DEED_WRITE, FLAG, "release", STORE),
                           step_at(2, DEED_WRITE, FLAG, "release", OTHER),
                           step_at(2, DEED_READ, FLAG, "acquire", LOAD)};
    struct story story = {.schedule = "x1:", .bad = {steps, 3}};
    struct finding finding = {.kind = KIND_WRONG_RESULT, .what = "wrong", .story = &story};
    assert_null(missing_arrival(fixture->context, &finding));
    steps[2].older = true;
    const char *text = missing_arrival(fixture->context, &finding);
    const char *begins =
        "What T1 stores in flag at line 3 has not reached T2 yet when that loads it "
        "at line 5.";
    assert_memory_equal(text, begins, strlen(begins));
    finding.story = NULL;
    assert_null(missing_arrival(fixture->context, &finding));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {TEST(orders_that_are_missing), TEST(no_hand_over),
                                       TEST(locks), TEST(stores_that_are_late)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
