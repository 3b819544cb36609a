// Schedules as text: what is printed can be read, and nothing else.

#include "engine.h"
#include "schedule_string.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "toy.h"

static struct script script, again;
static char text[1 << 20];

static void assert_same(const struct script *one, const struct script *other)
{
    assert_int_equal(one->segment_count, other->segment_count);
    assert_int_equal(one->pick_count, other->pick_count);
    for (uint32_t i = 0; i < one->segment_count; i++) {
        assert_int_equal(one->segments[i].thread, other->segments[i].thread);
        assert_int_equal(one->segments[i].until, other->segments[i].until);
    }
    for (uint32_t i = 0; i < one->pick_count; i++) {
        assert_int_equal(one->picks[i].thread, other->picks[i].thread);
        assert_int_equal(one->picks[i].event, other->picks[i].event);
        assert_int_equal(one->picks[i].value, other->picks[i].value);
    }
}

static void test_printed(void **state)
{
    (void)state;
    script = (struct script){.segment_count = 2,
                             .pick_count = 1,
                             .segments = {{1, 5}, {2, 9}},
                             .picks = {{.thread = 2, .event = 7, .value = 1}}};
    assert_int_equal(script_print(&script, text, sizeof text), strlen("x1:1.5-2.9~2.7.1"));
    assert_string_equal(text, "x1:1.5-2.9~2.7.1");
    script.segment_count = script.pick_count = 0;
    script_print(&script, text, sizeof text);
    assert_string_equal(text, "x1:");
}

static void make_up(uint64_t random)
{
    script.segment_count = (uint32_t)(random_next(&random) % 40);
    script.pick_count = (uint32_t)(random_next(&random) % 4);
    for (uint32_t i = 0; i < script.segment_count; i++)
        script.segments[i] = (struct segment){(uint8_t)(random_next(&random) % THREADS_MAX),
                                              (uint32_t)random_next(&random)};
    for (uint32_t i = 0; i < script.pick_count; i++)
        script.picks[i] =
            (struct pick){(uint8_t)(random_next(&random) % THREADS_MAX),
                          (uint8_t)random_next(&random), (uint32_t)random_next(&random)};
}

static void test_round_trip(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < 2000; seed++) {
        make_up(seed);
        size_t length = script_print(&script, text, sizeof text);
        assert_int_equal(length, strlen(text));
        assert_null(script_parse(&again, text));
        assert_same(&script, &again);
    }
}

// The longest that there can be.
static void test_longest(void **state)
{
    (void)state;
    script.segment_count = SEGMENTS_MOST;
    script.pick_count = PICKS_MOST;
    for (uint32_t i = 0; i < SEGMENTS_MOST; i++)
        script.segments[i] = (struct segment){THREADS_MAX - 1, UINT32_MAX};
    for (uint32_t i = 0; i < PICKS_MOST; i++)
        script.picks[i] = (struct pick){THREADS_MAX - 1, UINT8_MAX, UINT32_MAX};
    size_t length = script_print(&script, text, sizeof text);
    assert_true(length < sizeof text);
    assert_null(script_parse(&again, text));
    assert_same(&script, &again);
    strcpy(text + length, "~0.0.1"); // one pick more than there is room for
    assert_ptr_equal(script_parse(&again, text), text + length + 1);
}

// Cut short like snprintf, never overrun.
static void test_cut_short(void **state)
{
    char small[8];
    (void)state;
    script = (struct script){.segment_count = 2, .segments = {{1, 500}, {2, 900}}};
    memset(small, '#', sizeof small);
    assert_int_equal(script_print(&script, small, 6), strlen("x1:1.500-2.900"));
    assert_string_equal(small, "x1:1.");
    assert_int_equal(small[6], '#');
    assert_int_equal(script_print(&script, NULL, 0), strlen("x1:1.500-2.900"));
}

static void test_senseless(void **state)
{
    static const struct {
        const char *text;
        size_t good; // characters that make sense
    } table[] = {
        {"", 0},           {"x", 1},        {"x2:", 1},         {"1.5", 0},
        {"x1:1", 4},       {"x1:1.", 5},    {"x1:1.5-", 7},     {"x1:1.5 ", 6},
        {"x1:1.5,2.9", 6}, {"x1:64.1", 3},  {"x1:-1.5", 3},     {"x1:1.4294967296", 5},
        {"x1:~1.2", 7},    {"x1:~1.2.", 8}, {"x1:~1.2.256", 8}, {"x1:1.5~1.2.1-2.9", 12},
        {"x1: 1.5", 3},    {"x1:0x1.5", 4},
    };
    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        assert_ptr_equal(script_parse(&again, table[i].text), table[i].text + table[i].good);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_printed),   cmocka_unit_test(test_round_trip),
        cmocka_unit_test(test_longest),   cmocka_unit_test(test_cut_short),
        cmocka_unit_test(test_senseless),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
