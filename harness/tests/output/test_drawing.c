// The drawing of a story, made here as JSON: its lanes, switches and marks, and that nothing in it
// can break out of the page.

#include "output/story_drawing.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>
#include <talloc.h>

#define BREAK_OUT "</text><script>\"'&"

static char *drawn; // by the test that runs

static json_t *row(int thread, int line, const char *source, const char *effect)
{
    return json_pack("{si sb si ss ss ss}", "thread", thread, "decisive", 0, "line", line, "file",
                     "exercises/1/a.c", "source", source, "effect", effect);
}

static json_t *set(json_t *row, const char *key)
{
    json_object_set_new(row, key, json_true());
    return row;
}

static json_t *lost_update(void)
{
    const char *source = "counter->value++;";
    return json_pack("{s[o o o o] s[o o]}", "rows", row(1, 24, source, "counter->value is 0"),
                     set(row(2, 24, source, "counter->value is 0"), "decisive"),
                     row(2, 24, source, "counter->value 0 -> 1"),
                     row(1, 24, source, "counter->value stays 1"), "good",
                     set(row(1, 24, source, "counter->value 0 -> 1"), "decisive"),
                     row(2, 24, source, "counter->value 1 -> 2"));
}

// Draws, and frees the story.
static const char *draw(json_t *story, const char *title)
{
    size_t size;
    free(drawn);
    FILE *out = open_memstream(&drawn, &size);
    story_draw(out, story, title, "d");
    fclose(out);
    json_decref(story);
    return drawn;
}

static size_t times(const char *text, const char *what)
{
    size_t count = 0;
    while ((text = strstr(text, what)))
        text += strlen(what), count++;
    return count;
}

// The number that follows `what` after `from`.
static int number_after(const char *from, const char *what)
{
    const char *at = strstr(from, what);
    assert_non_null(at);
    return atoi(at + strlen(what));
}

static void a_lost_update(void **state)
{
    (void)state;
    const char *page = draw(lost_update(), "a title");
    assert_int_equal(times(page, "<svg"), 2);
    assert_int_equal(times(page, "<circle"), 6);
    assert_int_equal(times(page, "\"switch turn\""), 1); // from T1 to T2; the good one begins there
    assert_int_equal(times(page, "class=\"switch\""), 2); // back to T1, and on in the good one
    assert_int_equal(times(page, "class=\"band\""), 2);
    assert_int_equal(times(page, "class=\"kept c1\""), 1); // T1 between two of its lines
    assert_int_equal(times(page, "class=\"runs c2\""), 1);
    assert_non_null(strstr(page, "<strong>a title</strong>"));
    assert_non_null(strstr(page, "the lines are those of <code>a.c</code>"));
    assert_non_null(strstr(page, "goes well, T1 goes on there."));
    assert_non_null(strstr(page, "counter-&gt;value <tspan class=\"before\">0</tspan> \u2192 "
                                 "<tspan class=\"after\">1</tspan>"));
    assert_non_null(strstr(page, ">T1: line 24, counter-&gt;value++; counter-&gt;value is 0. "
                                 "Here it turns. T2: line 24, counter-&gt;value++; "));
}

// Lanes stand side by side, and rows below each other.
static void places(void **state)
{
    (void)state;
    const char *page = draw(lost_update(), NULL);
    const char *first = strstr(page, "<circle"), *second = strstr(first + 1, "<circle");
    const char *third = strstr(second + 1, "<circle");
    int width = number_after(page, "width=\""), height = number_after(page, "height=\"");
    assert_true(number_after(first, "cx=\"") < number_after(second, "cx=\""));
    assert_int_equal(number_after(second, "cx=\""), number_after(third, "cx=\""));
    assert_true(number_after(second, "cx=\"") < number_after(page, "class=\"effect quiet\" x=\""));
    assert_true(number_after(page, "class=\"effect quiet\" x=\"") < width);
    assert_true(number_after(first, "cy=\"") < number_after(second, "cy=\""));
    assert_true(number_after(third, "cy=\"") < height);
    assert_null(strstr(page, "<strong>"));
}

static void folds_and_waits(void **state)
{
    (void)state;
    json_t *story =
        json_pack("{s[o o o o] sn}", "rows", json_pack("{si si}", "thread", -1, "folded", 12),
                  json_pack("{si si sb}", "thread", 2, "folded", 9, "whole", 1),
                  json_pack("{si si}", "thread", 0, "folded", 1),
                  set(row(1, 3, "pthread_mutex_lock(&lock);", "waits for lock"), "stuck"), "good");
    const char *page = draw(story, NULL);
    assert_int_equal(times(page, "<svg"), 1);
    assert_non_null(strstr(page, ">12 more steps</text>"));
    assert_non_null(strstr(page, ">runs from start to end</text>"));
    assert_non_null(strstr(page, ">1 more step</text>"));
    assert_non_null(strstr(page, "class=\"stuck\""));
    assert_int_equal(times(page, "class=\"halt c1\""), 1);
    assert_int_equal(times(page, "<circle"), 0);
    assert_non_null(strstr(page, "Several threads: 12 more steps. "));
    assert_null(strstr(page, "goes on there"));
    assert_non_null(strstr(page, ">main</text>"));
}

static void nothing_breaks_out(void **state)
{
    (void)state;
    json_t *step = row(1, 1, BREAK_OUT, BREAK_OUT " 0 -> " BREAK_OUT);
    json_object_set_new(step, "file", json_string(BREAK_OUT "/" BREAK_OUT));
    json_t *other = row(1, 1, BREAK_OUT, BREAK_OUT);
    json_object_set_new(other, "file", json_string("b" BREAK_OUT));
    const char *page =
        draw(json_pack("{s[o o o]}", "rows", step, json_incref(step), other), BREAK_OUT);
    assert_null(strstr(page, "<script"));
    assert_null(strstr(page, "\"'&\""));
    assert_non_null(strstr(page, "&lt;script&gt;&quot;&#39;&amp;"));
    assert_int_equal(times(page, "id=\"d-title\""), 1);
    assert_int_equal(times(page, "<text"), times(page, "</text>"));
}

static void nothing_to_draw(void **state)
{
    (void)state;
    assert_string_equal(draw(json_pack("{s[]}", "rows"), "a title"), "");
    assert_string_equal(draw(json_null(), NULL), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_lost_update),   cmocka_unit_test(places),
        cmocka_unit_test(folds_and_waits), cmocka_unit_test(nothing_breaks_out),
        cmocka_unit_test(nothing_to_draw),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    free(drawn);
    return failed;
}
