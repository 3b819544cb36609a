// `racelings play` by keys from a pipe, on a course of one exercise and on programs of one's own.
// What a terminal adds is in play_session.sh.

#include "tests/commands/one_exercise.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <jansson.h>
#include <stdbool.h>
#include <string.h>
#include <talloc.h>

// Plays with `keys`, which printf writes; checks the status and what is shown at last or before.
static void play(struct scene *scene, const char *keys, const char *arguments, int status,
                 const char *words)
{
    shell(scene, "printf '%s' | " RACELINGS " play %s", keys, arguments);
    assert_ended(scene, arguments, status);
    assert_said(scene, words);
}

#define BROKEN "counter --variant broken --scene two_at_once"
#define FIXED  "counter --variant fixed --scene two_at_once"

// How often `words` are in what was said.
static size_t times_said(const struct scene *scene, const char *words)
{
    size_t count = 0;
    for (const char *at = scene->output; (at = strstr(at, words)) != NULL; at++)
        count++;
    return count;
}

static void a_lost_update(void **state)
{
    struct scene *scene = *state;
    play(scene, "1\n2\n1\n2\n", BROKEN, 0, "Broken, in 4 steps: a promise is broken");
    assert_said(scene, "counter->value 0 -> 1");
    assert_said(scene, "counter->value stays 1");
    assert_null(strchr(scene->output, '\033'));
    assert_int_equal(times_said(scene, "Who goes next?"), 4);
}

// The string that is shown leads `racelings replay` to the same end.
static void its_schedule_is_replayed(void **state)
{
    struct scene *scene = *state;
    play(scene, "1212", BROKEN, 0, "  racelings replay counter --variant broken two_at_once/x1:");
    char *command = talloc_strdup(scene, strstr(scene->output, "racelings replay "));
    *strchr(command, '\n') = '\0';
    expect(scene, command + strlen("racelings "), 1, "a broken promise, \"the");
    assert_said(scene, "counter->value stays 1");
}

static void steps_are_taken_back(void **state)
{
    struct scene *scene = *state;
    play(scene, "1212uuu122", BROKEN, 0, "This time all went well. Another order does not");
    assert_said(scene, "counter->value 1 -> 2");
    play(scene, "ur", BROKEN, 0, "This is the beginning.");
    play(scene, "12r", BROKEN, 0, "step 2");
    assert_int_equal(times_said(scene, "step 0"), 2);
}

static void the_explorer_shows_how(void **state)
{
    struct scene *scene = *state;
    play(scene, "b", BROKEN, 0, "Broken, in 1 step: a promise is broken");
    play(scene, "b", FIXED, 0, "The explorer knows no order in which it goes wrong.");
}

static void what_is_right_cannot_be_broken(void **state)
{
    struct scene *scene = *state;
    play(scene, "11112222", FIXED, 0, "Can you break it? You cannot: 3 interleavings, all right.");
    play(scene, "12", FIXED, 0, "T2 has to wait: another one must go first.");
    assert_said(scene, "waits for counter->lock");
}

static void the_last_thread_goes_on(void **state)
{
    struct scene *scene = *state;
    play(scene, "1.2", FIXED, 0, "step 3");
    assert_int_equal(times_said(scene, "unlocks counter->lock"), 2); // after steps 2 and 3
    play(scene, "1.2.", FIXED, 0, "You cannot: 3 interleavings");
    play(scene, ".", FIXED, 0, "Nobody has made a step yet.");
}

static void scenes_are_chosen(void **state)
{
    struct scene *scene = *state;
    play(scene, "2\ns\n3\n", "counter --variant broken", 0, "counter, broken: which scene?");
    assert_said(scene, "counter, broken: two at once");
    assert_said(scene, "counter, broken: three at once");
    assert_said(scene, "3  T3");
    play(scene, "Y", "counter --variant broken", 0, "There is no scene Y.");
    play(scene, "", "counter --scene two_at_onc", 2,
         "not \"two_at_onc\"; did you mean two at once?");
    play(scene, "", "counter --variant broken --scene driver", 0, "5  T5");
    play(scene, "", "", 2, "Usage: racelings play NAME");
}

static void programs_of_ones_own(void **state)
{
    struct scene *scene = *state;
    shell(scene, "cp %s/deadlock.c .; echo 'int main(void) { return x; }' > bad.c", KINDS);
    play(scene, "12", "deadlock.c", 0, "Broken, in 2 steps");
    assert_said(scene, "reports a deadlock");
    assert_said(scene, "waits for ");
    assert_said(scene, "  racelings replay deadlock.c x1:");
    play(scene, "", "bad.c", 2, "bad.c does not build: ");
}

// ---- The page ----

// Writes the page of what `arguments` name, and reads its data back.
static json_t *page_data(struct scene *scene, const char *arguments)
{
    static const char start[] = "<script type=\"application/json\" id=\"data\">";
    expect(scene, talloc_asprintf(scene, "play --html page.html %s", arguments), 0, "page.html: ");
    shell(scene, "cat page.html");
    const char *from = strstr(scene->output, start);
    assert_non_null(from);
    from += strlen(start);
    json_t *data = json_loadb(from, (size_t)(strstr(from, "</script>") - from), 0, NULL);
    assert_non_null(data);
    assert_string_equal(json_string_value(json_object_get(data, "schema")), "racelings/play/v1");
    return data;
}

static const char *text_in(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text ? text : "";
}

// Whether `racelings replay` finds that something goes wrong in the node's schedule, rather than
// that it could.
static bool replay_breaks(struct scene *scene, const json_t *data, const json_t *node)
{
    shell(scene, RACELINGS " %s%s --json - 2>&1", text_in(data, "replay") + strlen("racelings "),
          text_in(node, "schedule"));
    json_t *all = json_loads(scene->output, 0, NULL);
    const json_t *judgement = json_array_get(json_object_get(all, "judgements"), 0);
    const json_t *findings = json_object_get(judgement, "findings");
    bool breaks = false;
    assert_non_null(judgement);
    for (size_t i = 0; i < json_array_size(findings); i++) {
        const char *kind = text_in(json_array_get(findings, i), "kind");
        breaks |= strcmp(kind, "wrong result") == 0 || strcmp(kind, "deadlock") == 0;
    }
    json_decref(all);
    return breaks;
}

// Checks every end in the page. Returns how many there are, and in `broken` how many go wrong.
static size_t check_ends(struct scene *scene, const json_t *data, size_t *broken)
{
    const json_t *nodes = json_object_get(json_object_get(data, "tree"), "nodes");
    size_t ends = 0;
    *broken = 0;
    for (size_t i = 0; i < json_array_size(nodes); i++) {
        const json_t *node = json_array_get(nodes, i);
        bool ended = text_in(node, "end")[0] != '\0';
        assert_int_equal(ended, json_array_size(json_object_get(node, "choices")) == 0);
        if (!ended)
            continue;
        bool breaks = strcmp(text_in(node, "end"), "broken") == 0;
        assert_int_equal(breaks, replay_breaks(scene, data, node));
        *broken += breaks;
        ends++;
    }
    return ends;
}

// Walks from node to node by the moves; every one is reached once, but that which is shown by
// itself.
static size_t count_reached(const json_t *data, size_t number)
{
    const json_t *nodes = json_object_get(json_object_get(data, "tree"), "nodes");
    const json_t *choices = json_object_get(json_array_get(nodes, number), "choices");
    size_t count = 1;
    for (size_t i = 0; i < json_array_size(choices); i++) {
        const json_t *choice = json_array_get(choices, i), *to = json_object_get(choice, "to");
        assert_int_equal(json_is_integer(to), json_is_true(json_object_get(choice, "goes")));
        if (json_is_integer(to))
            count += count_reached(data, (size_t)json_integer_value(to));
    }
    return count;
}

// Of the six orders of two reads and two writes only the two without a switch between are right.
static void every_end_of_the_page_is_replayed(void **state)
{
    struct scene *scene = *state;
    size_t broken;
    json_t *data = page_data(scene, BROKEN);
    const json_t *nodes = json_object_get(json_object_get(data, "tree"), "nodes");
    assert_int_equal(check_ends(scene, data, &broken), 6 + 1); // one that the explorer shows
    assert_int_equal(broken, 4 + 1);
    assert_int_equal(count_reached(data, 0), json_array_size(nodes) - 1);
    assert_int_equal(json_integer_value(json_object_get(data, "broken")),
                     json_array_size(nodes) - 1);
    json_decref(data);
    data = page_data(scene, FIXED);
    check_ends(scene, data, &broken);
    assert_int_equal(broken, 0);
    assert_true(json_is_null(json_object_get(data, "broken")));
    assert_non_null(strstr(text_in(data, "well"), "You cannot: 3 interleavings, all right."));
    json_decref(data);
}

static void a_page_of_ones_own_program(void **state)
{
    struct scene *scene = *state;
    size_t broken;
    shell(scene, "cp %s/deadlock.c .", KINDS);
    json_t *data = page_data(scene, "deadlock.c");
    assert_true(check_ends(scene, data, &broken) > 1 && broken > 0);
    assert_string_equal(text_in(data, "play"), "racelings play deadlock.c");
    json_decref(data);
    play(scene, "", "--html page.html counter --scene nowhere", 2, "--scene takes one of");
    play(scene, "", "--html no/such/page.html " FIXED, 2, "page.html");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_lost_update),
        cmocka_unit_test(its_schedule_is_replayed),
        cmocka_unit_test(steps_are_taken_back),
        cmocka_unit_test(the_explorer_shows_how),
        cmocka_unit_test(what_is_right_cannot_be_broken),
        cmocka_unit_test(the_last_thread_goes_on),
        cmocka_unit_test(scenes_are_chosen),
        cmocka_unit_test(programs_of_ones_own),
        cmocka_unit_test(every_end_of_the_page_is_replayed),
        cmocka_unit_test(a_page_of_ones_own_program),
    };
    return cmocka_run_group_tests(tests, one_exercise_setup, one_exercise_teardown);
}
