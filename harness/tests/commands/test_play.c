// `racelings play` by keys from a pipe, on a course of one exercise and on programs of one's own. What a
// terminal adds is in play_session.sh.

#include "tests/commands/one_exercise.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

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
    };
    return cmocka_run_group_tests(tests, one_exercise_setup, one_exercise_teardown);
}
