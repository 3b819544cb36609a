// Judging as people and scripts meet it: the program itself is run, on a course of one exercise.

#include "base/files.h"
#include "run/workspace.h"
#include "tests/commands/one_exercise.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <talloc.h>

static void no_folder_for_temporary_files(void **state)
{
    struct scene *scene = *state;
    shell(scene, "echo 'int main(void) { return 0; }' > a.c");
    scene->temp = "/nowhere";
    expect(scene, "try a.c", 3, "TMPDIR to a folder");
    scene->temp = "/proc";
    expect(scene, "check --course . counter --variant broken", 3, "TMPDIR to a folder");
}

// As after half a `git checkout`: the others go on, and nobody believes that this was all.
static void an_exercise_without_its_description(void **state)
{
    struct scene *scene = *state;
    static const char left_out[] = "left out: exercises/1-lost-updates/09-half/exercise.json";
    shell(scene, "mkdir exercises/1-lost-updates/09-half");
    expect(scene, "list --course .", 0, left_out);
    assert_said(scene, "01 counter");
    expect(scene, "check --course . counter", 77, left_out);
    expect(scene, "check --course .", 2, left_out);
    expect(scene, "check --course . 1-lost-updates", 2, left_out);
    expect(scene, "hint --course . half", 2, "racelings: exercises/1-lost-updates/09-half/exercise");
    expect(scene, "verify --course . --inventory", 2, "09-half/exercise.json");
    expect(scene, "handout --course . out", 2, "09-half/exercise.json");
    expect(scene, "grade --course . exercises --out grades", 2, "09-half/exercise.json");
}

static void programs_of_ones_own(void **state)
{
    struct scene *scene = *state;
    shell(scene, "cp %s/data_race.c racy.c; echo 'int main(void) { return x; }' > bad.c; "
          "echo '#include <stdlib.h>\nint main(int n, char **v) { return n == 3 && atoi(v[2]) == 5 ? 0 : 1; }'"
          " > args.c", KINDS);
    expect(scene, "try racy.c --detector tsan", 1, "data race on total");
    assert_said(scene, " 8 bytes, holding blue\n"); // which thread comes first is the scheduler's
    assert_said(scene, " 8 bytes, holding red\n");
    assert_said(scene, "racy.c:22, in add_blue");
    assert_said(scene, "two different locks order nothing");
    expect(scene, "try bad.c --detector native", 1, "does not build");
    assert_said(scene, "use of undeclared identifier 'x'");
    expect(scene, "try args.c -- -j 5", 0, "clean");
    expect(scene, "try args.c --detector native -- 5", 1, "wrong result");
    expect(scene, "try args.c --quiet -- -j 5", 0, "");
    assert_string_equal(scene->output, "");
}

// The story tells what a read has found, also if the memory has become part of another function's
// stack before the thread's next step.
static const char returns_what_was_told[] =
    "#include <pthread.h>\n"
    "#include <sched.h>\n"
    "#include <stdatomic.h>\n"
    "#include <wchar.h>\n"
    "static atomic_int told;\n"
    "static void *tell(void *votes) { atomic_store((atomic_long *)votes, 4711); told = 1; return NULL; }\n"
    "__attribute__((noinline)) static long ask(pthread_t *teller) {\n"
    "    atomic_long votes = 0;\n"
    "    pthread_create(teller, NULL, tell, &votes);\n"
    "    while (!told) sched_yield();\n"
    "    return votes; }\n"
    "int main(void) {\n"
    "    pthread_t teller;\n"
    "    long votes = ask(&teller);\n"
    "    wcstod(L\"1.2345678901234567890e300\", NULL);\n"
    "    pthread_join(teller, NULL);\n"
    "    return votes == 4711; }\n";

static void a_read_of_a_stack_that_is_used_otherwise_later(void **state)
{
    struct scene *scene = *state;
    struct problem problem;
    assert_true(file_put(scene->folder, "told.c", returns_what_was_told,
                         sizeof returns_what_was_told - 1, &problem));
    expect(scene, "try told.c --detector explore", 1, "votes 0 -> 4711");
    assert_said(scene, "votes is 4711");
}

static void a_pipe_that_nobody_reads(void **state)
{
    struct scene *scene = *state;
    shell(scene, "echo '#include <signal.h>\n#include <unistd.h>\nint main(int count, char **ignore) {\n"
          "    int ends[2];\n    (void)ignore;\n    if (count > 1)\n        signal(SIGPIPE, SIG_IGN);\n"
          "    return pipe(ends) != 0 || close(ends[0]) != 0 || write(ends[1], \"\", 1) == 1;\n}' > pipe.c");
    expect(scene, "try pipe.c --detector explore", 1, "main writes into a pipe that nobody reads at ");
    assert_said(scene, "pipe.c:8");
    expect(scene, "try pipe.c --detector explore -- ignored", 0, "");
}

// Two threads, the same two lines, and a lock that is called differently in each.
static void a_lock_order_inversion(void **state)
{
    struct scene *scene = *state;
    shell(scene, "cp %s/lock_order*.c .; sed 's/lock(&left)/lock(1 ? \\&left : NULL)/' lock_order.c > odd.c",
          KINDS);
    expect(scene, "try lock_order_names.c --detector tsan", 1, "  one thread takes M0\n");
    assert_said(scene, "  another thread takes M1\n");
    assert_said(scene, "The same lock has different names in the two places.");
    expect(scene, "try lock_order_names.c --detector helgrind", 1, "  one thread takes M0\n");
    assert_said(scene, "  another thread, holding M1, wants M0\n");
    assert_said(scene, "The same lock has different names in the two places.");
    expect(scene, "try lock_order.c --detector helgrind", 1, "  one thread takes left\n");
    assert_said(scene, "  another thread, holding right, wants left\n");
    expect(scene, "try odd.c --detector helgrind", 1, "  one thread takes left\n"); // known to the tool
    expect(scene, "try lock_order_alone.c --detector helgrind", 1, "  one thread takes p->left\n");
    assert_said(scene, "  the same thread, another time, holding p->right, wants p->left\n");
}

static void an_untouched_exercise(void **state)
{
    struct scene *scene = *state;
    expect(scene, "check --course . counter", 77, "not started");
    assert_said(scene, "counter.c is as it was handed out");
    expect(scene, "check --course .", 77, "1 exercise not started.\nBegin with " EXERCISE "/README.md\n");
    assert_string_equal(scene->output, "1 exercise not started.\nBegin with " EXERCISE "/README.md\n");
    expect(scene, "check --course . --quiet", 77, "");
    assert_string_equal(scene->output, "");
    expect(scene, "check --course . 01-counter --variant broken", 0, "data race on counter->value");
    expect(scene, "check --course . counter --variant fixed", 0, "clean");
    expect(scene, "list --course .", 0, "not started");
    assert_null(strchr(scene->output, '\033')); // no colour into a pipe
}

static void an_edited_exercise(void **state)
{
    struct scene *scene = *state;
    shell(scene, "cp " SOLUTION "/still-wrong/volatile.c " EXERCISE "/counter.c");
    expect(scene, "check --course . counter --detector tsan", 1, "reported");
    assert_said(scene, EXERCISE "/counter.c:");
    assert_said(scene, "counter->value++;\n");
    assert_said(scene, "^\n");
    assert_said(scene, "holding no lock");
    assert_said(scene, "neither happens before the other");
    assert_said(scene, "Read on: " EXERCISE "/README.md");
    expect(scene, "check --course . counter --variant broken", 77, "counter.c was\n    edited, so the starting program is gone");
    expect(scene, "check --course . --variant broken", 77, "1 exercise skipped: the starting program");
    expect(scene, "list --course .", 0, "failing");
    shell(scene, "echo >> " EXERCISE "/counter.c");
    expect(scene, "list --course .", 0, "edited");

    shell(scene, "cp " SOLUTION "/counter.c " EXERCISE "/counter.c");
    expect(scene, "check --course . counter", 0, "clean");
    expect(scene, "list --course .", 0, "done");
    shell(scene, "cp " SOLUTION "/still-wrong/load_then_store.c " EXERCISE "/counter.c");
    expect(scene, "check --course . counter", 1, "wrong result");
    expect(scene, "list --course .", 0, "failing");
}

static const char computes_a_minute[] =
    "#include <time.h>\n"
    "static unsigned compute(long value) {\n"
    "    unsigned number = 1;\n"
    "    if (value == 10 && time(NULL) % 1000000 < 60)\n"
    "        for (long i = 0; i < 50000000000; i++)\n"
    "            number = number * 1664525 + 1013904223;\n"
    "    return number; }\n";

// It computes for a minute at the end of the driver where the clock stands still, which is where the
// explorer runs it; all others find it clean. What grading makes of that, an attack shows (computes_for_seconds).
static void what_loses_the_explorer_is_not_done(void **state)
{
    struct scene *scene = *state;
    assert_true(
        file_put(scene->folder, "early.c", computes_a_minute, sizeof computes_a_minute - 1, NULL));
    shell(scene, "sed 's/return value;/return value + (compute(value) == 7 \\&\\& value < 0);/' " SOLUTION
                 "/counter.c | cat early.c - > " EXERCISE "/counter.c");
    expect(scene, "check --course . counter --quiet", 3, "no answer needs that, so nothing is decided");
    assert_said(scene, "Nothing is decided about counter, which may be right or wrong. The explorer has to judge it");
    expect(scene, "list --course .", 0, "edited");
    expect(scene, "watch --course . counter --once", 3, "no answer needs that, so nothing is decided");
    assert_said(scene, "native    clean\n");
    assert_said(scene, "Nothing is decided about counter");
    expect(scene, "list --course .", 0, "edited");
}

// Each leaves with status 0 and nothing to report. (ThreadSanitizer's runtime never ends after
// pthread_exit in the main thread, which is a verdict of its own.)
static void a_driver_cut_short(void **state)
{
    static const struct {
        const char *detector, *edit;
    } tricks[] = {
        {"tsan", "s/return value;/exit(value == 0);/"},
        {"helgrind", "s/return value;/exit(value == 0);/"},
        {"native", "s/return value;/exit(value == 0);/"},
        {"helgrind", "s/return value;/pthread_exit(value ? NULL : counter);/"},
        {"native", "s/return value;/pthread_exit(value ? NULL : counter);/"},
    };
    struct scene *scene = *state;
    for (size_t i = 0; i < sizeof tricks / sizeof tricks[0]; i++) {
        shell(scene, "sed '%s' " SOLUTION "/counter.c > trick.c", tricks[i].edit);
        shell(scene, RACELINGS " check --course . counter --answer trick.c --detector %s",
              tricks[i].detector);
        assert_int_equal(scene->status, 1);
        assert_said(scene, "before its main function did");
    }
}

// How often `words` are in what was said.
static size_t count_said(const struct scene *scene, const char *words)
{
    size_t count = 0;
    for (const char *at = scene->output; (at = strstr(at, words)); at++)
        count++;
    return count;
}

// What no judge minds and grading does, whether all judges have compiled it or one.
static void grading_is_foretold(void **state)
{
    struct scene *scene = *state;
    shell(scene, "(cat " SOLUTION "/counter.c && echo '__attribute__((constructor)) static void early(void) {}')"
                 " > early.c");
    expect(scene, "check --course . counter --answer early.c", 0, "score nothing");
    assert_said(scene, "`constructor` runs code before the driver");
    expect(scene, "check --course . counter --answer early.c --detector native", 0, "score nothing");
    expect(scene, "check --course . counter --answer " SOLUTION "/counter.c", 0, "clean");
    assert_int_equal(count_said(scene, "Handed in like this"), 0);
}

static void nothing_is_told_twice(void **state)
{
    struct scene *scene = *state;
    shell(scene, "cp " SOLUTION "/still-wrong/volatile.c " EXERCISE "/counter.c");
    expect(scene, "check --course . counter", 1,
           "The explorer and ThreadSanitizer agree: the same data race on counter->value.\n");
    assert_said(scene, "The explorer and Helgrind agree: the same data race on counter->value.\n");
    assert_int_equal(count_said(scene, "counter, yours, explore: reported"), 1);
    assert_int_equal(count_said(scene, "counter, yours, tsan: reported"), 0);
    assert_int_equal(count_said(scene, "neither happens before the other"), 1);
    shell(scene, "sed -i s/counter-.value++/counter-\\>none++/ " EXERCISE "/counter.c");
    expect(scene, "check --course . 1-lost-updates", 1, "counter, yours: does not build\n");
    assert_int_equal(count_said(scene, "The compiler says"), 1);
    assert_int_equal(count_said(scene, "does not build"), 1);
    shell(scene, "cp " EXERCISE "/counter.c .");
    expect(scene, "try counter.c", 1, "counter.c, try: does not build\n");
    assert_int_equal(count_said(scene, "does not build"), 1);
}

// The command that a finding names shows the finding again, and nothing where the program is
// mended.
static void a_schedule_is_replayed(void **state)
{
    static const char mark[] = "See it again: racelings replay ";
    struct scene *scene = *state;
    shell(scene, "cp " COURSE "/harness/tests/programs/two_atomic_steps.c steps.c");
    expect(scene, "try steps.c --detector explore", 1, mark);
    const char *said = strstr(scene->output, mark) + strlen(mark);
    char *replay = talloc_strndup(scene, said, strcspn(said, "\n"));
    expect(scene, talloc_asprintf(scene, "replay %s", replay), 1, "wrong result");
    assert_said(scene, strrchr(replay, ' ') + 1); // the very schedule
    assert_said(scene, "atomic_store(&count, seen + 1);");
    shell(scene, "sed -i 's/int seen = .*/atomic_fetch_add(\\&count, 1);/; /atomic_store/d' steps.c");
    expect(scene, talloc_asprintf(scene, "replay %s", replay), 0, "What happens in that schedule");
    expect(scene, "replay steps.c --schedule x1:", 0, "clean");
    expect(scene, "replay steps.c", 2, "which schedule of which program?");
    expect(scene, "replay steps.c x1:9-nonsense", 2, "x1:9-nonsense is no schedule");
}

static void success_says_what_comes_next(void **state)
{
    static const char plus[] = "exercises/1-lost-updates/02-plus-equals";
    struct scene *scene = *state;
    shell(scene, "cp " SOLUTION "/counter.c " EXERCISE "/counter.c");
    expect(scene, "check --course . counter --detector native", 0,
           "Now ask the other judges, too: racelings check counter\n");
    expect(scene, "check --course .", 0, "\nEvery exercise is done: ");
    assert_said(scene, "racelings try FILE.c judges");
    expect(scene, "check --course . --variant fixed --detector native", 0, "clean");
    assert_int_equal(count_said(scene, "done"), 0);
    shell(scene, "cp -r %s/%s %s", COURSE, plus, plus);
    expect(scene, "check --course . --detector native", 0, "\n1 exercise not started.\n");
    assert_said(scene, talloc_asprintf(scene, "\nDone: 1 of 2. Next: plus-equals, What += is made of\n"
                                       "  %s/README.md\n", plus));
    expect(scene, "check --course . --detector native --quiet", 0, "");
    assert_string_equal(scene->output, "");
    shell(scene, "cp %s/solutions/1-lost-updates/02-plus-equals/*.c %s", COURSE, plus);
    expect(scene, "check --course . plus-equals", 0, "\nEvery exercise is done: all 2 of them.");
    assert_said(scene, "\nWhat orders it now in our solution:\n  The mutex. `pthread_mutex_unlock` happens before");
    assert_said(scene, "\n  The whole story: racelings solution plus-equals\n");
    shell(scene, "cp " SOLUTION "/still-wrong/volatile.c " EXERCISE "/counter.c");
    expect(scene, "check --course . plus-equals", 0, "\nDone: 1 of 2. Next: counter, ");
}

static void hints_come_one_by_one(void **state)
{
    struct scene *scene = *state;
    expect(scene, "hint --course .", 2, "for which exercise?");
    expect(scene, "hint --course . countre", 2, "did you mean counter");
    expect(scene, "hint --course . counter", 0, "Hint 1 of 4\n\nHow many things must happen");
    expect(scene, "hint --course . counter", 0, "Hint 2 of 4\n\nThe three steps");
    expect(scene, "hint --course . counter", 0, "Hint 3 of 4");
    static const char last[] = "Hint 4 of 4\n\nPut the mutex";
    expect(scene, "hint --course . counter", 0, last);
    assert_said(scene, "the read in `counter_value`.\n\nThat was the last of 4.");
    expect(scene, "hint --course . counter", 0, last); // it does not begin anew
    shell(scene, "rm -r .racelings");
    expect(scene, "hint --course . counter", 0, "Hint 1 of 4");
}

static void the_list_shows_how_far_one_is(void **state)
{
    static const char plus[] = "exercises/1-lost-updates/02-plus-equals";
    struct scene *scene = *state;
    shell(scene, "cp -r %s/%s %s", COURSE, plus, plus);
    expect(scene, "list --course .", 0, "1-lost-updates      [--] 0 of 2\n"
           "  01 counter     not started  A counter that loses updates\n"
           "  02 plus-equals not started  What += is made of\n");
    assert_said(scene, "[----------------------------------------] 0 of 2 done, next: counter\n");
    expect(scene, "next --course .", 0, "counter, A counter that loses updates\n"
           "  Make the count right, however the threads run.\n");
    shell(scene, "cp " SOLUTION "/counter.c " EXERCISE "/counter.c");
    expect(scene, "check --course . counter", 0, "Done: 1 of 2. Next: plus-equals");
    expect(scene, "list --course . counter", 0, "1-lost-updates      [#-] 1 of 2\n  01 counter done         A counter");
    assert_int_equal(count_said(scene, "next:"), 0);
    expect(scene, "list --course .", 0, "[####################--------------------] 1 of 2 done");
    expect(scene, "next --course .", 0, "plus-equals, What += is made of\n");
    expect(scene, "next --course . counter", 2, "takes no name");
    shell(scene, "rm -r .racelings");
    expect(scene, "list --course .", 0, "0 of 2 done, next: counter");
    expect(scene, "check --course . counter", 0, "Done: 1 of 2. Next: plus-equals");
}

// Every name has room, long ones and short ones, and nothing is wider than 80 columns.
static void names_stand_in_a_column(void **state)
{
    struct scene *scene = *state;
    shell(scene, "cp -r %s/exercises %s/solutions . && " RACELINGS " list --course . > list; "
          "awk 'length > 80' list", COURSE, COURSE);
    assert_string_equal(scene->output, "");
    shell(scene, "awk '/^  [0-9]/ && substr($0, 28, 12) != \"not started \"' list");
    assert_string_equal(scene->output, "");
    shell(scene, "cat list");
    assert_said(scene, "  02 from-the-wrong-thread not started  A request show\n");
    assert_said(scene, "not started  A limit that is checked at the door,\n"
                       "                                        outside the lock\n");
    expect(scene, "check --course . counter stale-lock-file --variant fixed --detector explore", 0,
           "counter         explore   clean          nothing to report in ");
    assert_said(scene, "\nstale-lock-file explore   abstains       The explorer cannot follow fork\n"
                       "                                         ");
    shell(scene, RACELINGS " check --course . from-the-wrong-thread counter 2>&1 | awk 'length > 80'");
    assert_string_equal(scene->output, "");
}

// Without git, and whatever was made of the file: it is kept.
static void reset_brings_the_start_back(void **state)
{
    struct scene *scene = *state;
    shell(scene, "cp " EXERCISE "/counter.c start.c");
    expect(scene, "reset --course . counter", 0, "counter.c is as it was handed out: nothing to do.\n");
    expect(scene, "list --course .", 0, "not started"); // whoever looks first keeps what is untouched
    shell(scene, "echo '// mine' >> " EXERCISE "/counter.c");
    expect(scene, "reset --course . counter", 0, "Yours is kept: " EXERCISE "/counter.c.1.mine\n");
    shell(scene, "cmp start.c " EXERCISE "/counter.c && tail -n 1 " EXERCISE "/counter.c.1.mine");
    assert_ended(scene, "the start is back", 0);
    assert_string_equal(scene->output, "// mine\n");
    expect(scene, "list --course .", 0, "not started");

    shell(scene, "echo again > " EXERCISE "/counter.c");
    expect(scene, "hint --course . counter", 0, "Hint 1 of 4");
    expect(scene, "reset --course . counter", 0, "/counter.c.2.mine\n");
    expect(scene, "hint --course . counter", 0, "Hint 1 of 4");
    shell(scene, "cmp start.c " EXERCISE "/counter.c && cat " EXERCISE "/counter.c.[12].mine | tail -n 2");
    assert_string_equal(scene->output, "// mine\nagain\n");

    shell(scene, "rm " EXERCISE "/counter.c");
    expect(scene, "reset --course . counter", 0, "counter is as it was handed out.\n");
    shell(scene, "cmp start.c " EXERCISE "/counter.c");
    assert_ended(scene, "a file that was deleted", 0);

    // What is not the start is not taken for it.
    shell(scene, "echo x >> .racelings/start/" EXERCISE "/counter.c; echo x > " EXERCISE "/counter.c; "
          "sed -i 's/\"start\": \"...../\"start\": \"00000/' " EXERCISE "/exercise.json");
    expect(scene, "reset --course . counter", 2, "the starting program of counter is not kept here");
    shell(scene, "cat " EXERCISE "/counter.c");
    assert_string_equal(scene->output, "x\n");
}

static void solutions_come_when_all_is_done(void **state)
{
    struct scene *scene = *state;
    expect(scene, "solution --course . counter", 2, "counter is not done yet");
    expect(scene, "solution --course . counter --anyway", 0, "# A counter that loses updates: the solution");
    shell(scene, "cp " SOLUTION "/counter.c " EXERCISE "/counter.c");
    expect(scene, "check --course . counter", 0, "Every exercise is done: the course has no other.");
    expect(scene, "solution --course . counter", 0, "## Why the tempting ones are wrong");
    assert_said(scene, "/" SOLUTION "/counter.c\n");
    shell(scene, "echo >> " EXERCISE "/counter.c");
    expect(scene, "solution --course . counter", 2, "not done yet");
    expect(scene, "solution --course .", 2, "for which exercise?");
}

static void a_handout_has_no_solutions(void **state)
{
    struct scene *scene = *state;
    shell(scene, "mv solutions answers");
    expect(scene, "check --course . counter --variant fixed", 77, "no solutions");
    expect(scene, "check --course . --variant fixed", 77, "1 exercise skipped: there are no solutions");
    expect(scene, "check --course . counter --variant broken --detector tsan", 0, "data race");
}

static void judgements_as_json(void **state)
{
    struct scene *scene = *state;
    expect(scene, "check --course . counter --variant broken --detector tsan --json -", 0, "{");
    json_error_t error;
    json_t *object = json_loads(scene->output, 0, &error);
    json_t *judgement = json_array_get(json_object_get(object, "judgements"), 0);
    json_t *finding = json_array_get(json_object_get(judgement, "findings"), 0);
    json_t *access = json_array_get(json_object_get(finding, "accesses"), 0);
    const char *texts[][2] = {{"schema", "racelings/judgement/v1"}, {"exercise", "counter"},
                              {"variant", "broken"}, {"detector", "tsan"}, {"verdict", "reported"}};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        assert_string_equal(json_string_value(json_object_get(judgement, texts[i][0])), texts[i][1]);
    assert_true(json_real_value(json_object_get(judgement, "seconds")) > 0);
    assert_string_equal(json_string_value(json_object_get(finding, "kind")), "data race");
    assert_string_equal(json_string_value(json_object_get(finding, "variable")), "counter->value");
    assert_int_equal(json_array_size(json_object_get(finding, "accesses")), 2);
    assert_string_equal(json_string_value(json_object_get(access, "function")), "counter_increment");
    assert_string_equal(json_string_value(json_object_get(access, "file")), EXERCISE "/counter.c");
    assert_string_equal(json_string_value(json_object_get(access, "access")), "write");
    assert_int_equal(json_integer_value(json_object_get(access, "size")), 8);
    assert_true(json_is_array(json_object_get(access, "locks")));
    json_decref(object);
    expect(scene, "check --course . counter --variant fixed --detector native --json out.json", 0, "clean");
    object = json_load_file(talloc_asprintf(scene, "%s/out.json", scene->folder), 0, &error);
    assert_non_null(object);
    json_decref(object);
    expect(scene, "check --course . counter --variant fixed --detector native --json /nowhere/o", 2,
           "/nowhere/o");
    expect(scene, "list --course . --json", 0, "\"state\": \"not started\"");
}

static void commands_by_hand(void **state)
{
    struct scene *scene = *state;
    shell(scene, RACELINGS " check counter --course . --variant broken --detector native --commands > c");
    assert_int_equal(scene->status, 0);
    shell(scene, "sh c");
    assert_said(scene, "want: 500000, got: ");
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, one_exercise_setup, one_exercise_teardown)
    const struct CMUnitTest tests[] = {
        TEST(no_folder_for_temporary_files),
        TEST(an_exercise_without_its_description),
        TEST(programs_of_ones_own),
        TEST(an_untouched_exercise),
        TEST(a_read_of_a_stack_that_is_used_otherwise_later),
        TEST(a_pipe_that_nobody_reads),
        TEST(a_lock_order_inversion),
        TEST(an_edited_exercise),
        TEST(what_loses_the_explorer_is_not_done),
        TEST(a_driver_cut_short),
        TEST(grading_is_foretold),
        TEST(nothing_is_told_twice),
        TEST(a_schedule_is_replayed),
        TEST(success_says_what_comes_next),
        TEST(hints_come_one_by_one),
        TEST(the_list_shows_how_far_one_is),
        TEST(names_stand_in_a_column),
        TEST(reset_brings_the_start_back),
        TEST(solutions_come_when_all_is_done),
        TEST(a_handout_has_no_solutions),
        TEST(judgements_as_json),
        TEST(commands_by_hand),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
