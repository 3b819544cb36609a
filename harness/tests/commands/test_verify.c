// `racelings verify` on a course of one exercise, which is spoilt in one way after the other.

#include "tests/commands/one_exercise.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define JUDGED "--detector tsan"
#define UNJUDGED "--inventory"

// With as few answers as an exercise must have: all are judged each time.
static int few_answers_setup(void **state)
{
    one_exercise_setup(state);
    struct scene *scene = *state;
    shell(scene,
          "cd " SOLUTION
          "/also-right && mkdir ../kept && mv atomic_int.c relaxed.c ../kept && rm * && "
          "mv ../kept/* . && cd ../still-wrong && mv volatile.c take_out.c trylock.c ../kept && "
          "rm * && mv ../kept/* . && rmdir ../kept");
    return scene->status;
}

// What "verify" must notice, each with its message. What needs no judge is looked for without any,
// but once: that is quick.
static void a_claim_that_does_not_hold(void **state)
{
    static const struct {
        const char *how, *spoil, *words;
    } cases[] = {
        {JUDGED, "cp " EXERCISE "/counter.c " SOLUTION "/counter.c", "a right answer is rejected"},
        {JUDGED, "cp " EXERCISE "/counter.c " SOLUTION "/also-right/atomic_int.c && "
         "sed -i '1i // Also right: no.\\n' " SOLUTION "/also-right/atomic_int.c",
         "also-right/atomic_int.c, answer, tsan: a right answer is rejected"},
        {JUDGED, "cp " SOLUTION "/counter.c " SOLUTION "/still-wrong/volatile.c && "
         "sed -i '1i // Still wrong: no.\\n// Caught by: tsan\\n' " SOLUTION "/still-wrong/volatile.c",
         "still-wrong/volatile.c, answer, tsan: a wrong answer is accepted"},
        {"counter --answer " SOLUTION "/also-right/atomic_int.c",
         "echo '__attribute__((constructor)) static void early(void) {}' >> " SOLUTION
         "/also-right/atomic_int.c",
         "also-right/atomic_int.c, answer: grading refuses it: counter.c:34: "},
        {UNJUDGED, "sed -i 's/^### Hint [34]$/Hint/' " EXERCISE "/README.md", "has 2 hints"},
        {UNJUDGED, "sed -i 's/^## What orders it now/## Now/' " SOLUTION "/README.md", "does not begin a section"},
        {JUDGED, "sed -i s/counter_increment/counter_decrement/ " EXERCISE "/exercise.json",
         "promised is a data race in counter_decrement"},
        {JUDGED, "touch " EXERCISE "/notes.txt", "notes.txt: is a stray file"},
        {UNJUDGED, "touch " SOLUTION "/still-wrong/old.txt", "old.txt: is a stray file"},
        {UNJUDGED, "rm " SOLUTION "/README.md", "README.md: cannot be read"},
        {UNJUDGED, "rm " SOLUTION "/still-wrong/[b-u]*", "fewer than 3"},
        {UNJUDGED, "rm -r solutions", "has no twin below solutions/"},
        {UNJUDGED, "echo nothing > exercises/README.md", "lacks the row that exercise.json asks for: | [counter]"},
        {JUDGED, "echo >> " EXERCISE "/counter.c", "not those of \"start\""},
        {JUDGED, "sed -i 's/\"tsan\": {[^}]*}/\"tsan\": { \"silent\": \"no\" }/' " EXERCISE "/exercise.json",
         "promised is that tsan says nothing"},
        {JUDGED, "sed -i 's/return NULL;/int spare; return NULL;/' " EXERCISE "/main.c", "warning"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct scene *scene = *state;
        print_message("%s\n", cases[i].spoil);
        shell(scene, "%s", cases[i].spoil);
        assert_int_equal(scene->status, 0);
        shell(scene, RACELINGS " verify --course . %s --quiet > said 2>&1; status=$?; "
              "tr '\\n' ' ' < said | tr -s ' '; exit $status",
              cases[i].how);
        assert_ended(scene, cases[i].spoil, 1);
        assert_said(scene, cases[i].words);
        one_exercise_teardown(state);
        assert_int_equal(few_answers_setup(state), 0);
    }
    expect(*state, "verify --course . --detector tsan", 0, "All holds.");
}

// Each time is a judgement of its own, of what holds and of what does not.
static void several_times(void **state)
{
    struct scene *scene = *state;
    shell(scene, "cp " SOLUTION "/counter.c " SOLUTION "/still-wrong/volatile.c && "
          "sed -i '1i // Still wrong: no.\\n// Caught by: tsan\\n' " SOLUTION "/still-wrong/volatile.c && "
          RACELINGS " verify --course . --detector tsan --times 3 > said; status=$?; "
          "tr '\\n' ' ' < said | tr -s ' '; exit $status");
    assert_ended(scene, "a wrong claim, three times", 1);
    assert_said(scene, "tsan, 1 of 3: a wrong answer is accepted");
    assert_said(scene, "tsan, 2 of 3: a wrong answer is accepted");
    assert_said(scene, "tsan, 3 of 3: a wrong answer is accepted");
    assert_said(scene, "9/12"); // the solution, two right answers and that one
    expect(scene, "verify --course . --times 0", 2, "--times");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(several_times, few_answers_setup, one_exercise_teardown),
        cmocka_unit_test_setup_teardown(a_claim_that_does_not_hold, few_answers_setup,
                                        one_exercise_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
