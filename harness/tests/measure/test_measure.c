// What is measured is really done, in each of the ways, and the lesson tells of each. How long it
// takes is not asked: that is the machine's business.

#include "measure/measure.h"

#include "base/files.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>
#include <talloc.h>

// The lesson quotes what the command prints.
static void assert_quoted(const char *printed)
{
    char *text = file_read(NULL, COURSE, "exercises/TOOLS.md", 100000, NULL, NULL);
    assert_non_null(text);
    if (!strstr(text, talloc_asprintf(text, "\n    %s", printed)))
        fail_msg("exercises/TOOLS.md does not show \"%s\"", printed);
    talloc_free(text);
}

static void assert_has_bar(const char *way)
{
    char *start = talloc_asprintf(NULL, "  %s ", way);
    assert_quoted(start);
    talloc_free(start);
}

static void each_way_ends_all_waits(void **state)
{
    (void)state;
    struct measured ways[WAYS_TO_WAIT];
    struct problem problem = {""};
    if (!measure_waits(ways, &problem))
        fail_msg("%s", problem.text);
    for (int i = 0; i < WAYS_TO_WAIT; i++) {
        assert_int_equal(ways[i].result, WAITS);
        assert_true(ways[i].seconds > 0);
        assert_has_bar(ways[i].way);
    }
}

static void each_way_finds_all_primes(void **state)
{
    (void)state;
    static const int workers[] = {1, 2, 5, WORKERS_MOST};
    for (size_t i = 0; i < sizeof workers / sizeof *workers; i++) {
        struct measured ways[WAYS_TO_COMPUTE];
        struct problem problem = {""};
        if (!measure_primes(ways, workers[i], &problem))
            fail_msg("%s", problem.text);
        for (int j = 0; j < WAYS_TO_COMPUTE; j++) {
            assert_int_equal(ways[j].result, 9592);
            if (workers[i] == 2)
                assert_has_bar(ways[j].way);
        }
    }
}

static void bars_are_as_long_as_it_took(void **state)
{
    (void)state;
    static const struct measured ways[] = {
        {"one after the other", 2, 0}, {"a thread for each", 0.5, 0}, {"at once", 0, 0}};
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    measure_draw(out, ways, 3);
    fclose(out);
    assert_string_equal(text, "  one after the other      2.000 s  "
                              "########################################\n"
                              "  a thread for each        0.500 s  ##########\n"
                              "  at once                  0.000 s  #\n");
    free(text);
}

// Its headings are those of the lesson, and it says what it has counted.
static void the_command_prints_what_the_lesson_shows(void **state)
{
    (void)state;
    char line[256];
    int headings = 0, bars = 0;
    FILE *output = popen(RACELINGS " measure", "r");
    assert_non_null(output);
    while (fgets(line, sizeof line, output)) {
        assert_true(strlen(line) <= 80 + strlen("\n"));
        if (strstr(line, " s  #"))
            bars++;
        else if (strncmp(line, "Each found", strlen("Each found")) == 0)
            assert_non_null(strstr(line, "found 9592 primes. exercises/TOOLS.md"));
        else if (line[0] != '\n' && ++headings)
            assert_quoted(line);
    }
    assert_int_equal(pclose(output), 0);
    assert_int_equal(headings, 2);
    assert_int_equal(bars, WAYS_TO_WAIT + WAYS_TO_COMPUTE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_way_ends_all_waits),
        cmocka_unit_test(each_way_finds_all_primes),
        cmocka_unit_test(bars_are_as_long_as_it_took),
        cmocka_unit_test(the_command_prints_what_the_lesson_shows),
    };
    return cmocka_run_group_tests_name("measure", tests, NULL, NULL);
}
