// What is told of one program by several judges, and that nothing of it is told twice.

#include "base/terminal.h"
#include "judge/detectors/detector.h"
#include "output/explain.h"
#include "output/telling.h"
#include "tests/tty.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

static const struct subject program = {.name = "a.c", .variant = "try", .sources = {.root = "/"}};
static const struct subject another = {.name = "b.c", .variant = "try", .sources = {.root = "/"}};

// A race between two lines of a.c. The judgement's own, so that a test may change it.
struct race {
    struct place places[2];
    struct access accesses[2];
    struct finding finding;
};

static void make_race(struct race *race, int line, int earlier_line)
{
    *race =
        (struct race){.places = {{"work", "a.c", line, 0, 0}, {"work", "a.c", earlier_line, 0, 0}}};
    for (int i = 0; i < 2; i++)
        race->accesses[i] =
            (struct access){.thread = i + 1, .size = 8, .trace = {&race->places[i], 1}};
    race->finding = (struct finding){.kind = KIND_DATA_RACE,
                                     .what = "data race",
                                     .variable = "total",
                                     .accesses = race->accesses,
                                     .access_count = 2};
}

static struct judgement reported(const struct detector *detector, struct finding *findings,
                                 size_t count)
{
    return (struct judgement){.subject = &program,
                              .detector = detector,
                              .verdict = VERDICT_REPORTED,
                              .reason = "reports a data race on total",
                              .reading = {.findings = findings, .count = count},
                              .output = "",
                              .messages = ""};
}

static struct judgement rejected(const struct detector *detector, const char *reason)
{
    return (struct judgement){.subject = &program,
                              .detector = detector,
                              .verdict = VERDICT_DOES_NOT_BUILD,
                              .reason = reason,
                              .output = "",
                              .messages = "a.c:3:7: error: unknown\n"};
}

// What is told of `second` once `first` was told; to be freed.
static char *told_after(const struct judgement *first, const struct judgement *second)
{
    char *text = NULL;
    size_t size = 0;
    struct telling telling = {0};
    FILE *out = open_memstream(&text, &size);
    tell_story(out, &telling, first);
    fflush(out);
    size_t before = size;
    tell_story(out, &telling, second);
    fclose(out);
    memmove(text, text + before, size - before + 1);
    return text;
}

static void assert_told(const struct judgement *first, const struct judgement *second,
                        const char *expected)
{
    char *text = told_after(first, second);
    assert_string_equal(text, expected);
    free(text);
}

static void assert_told_in_full(const struct judgement *first, const struct judgement *second)
{
    char *text = told_after(first, second);
    assert_null(strstr(text, "agree"));
    assert_non_null(strstr(text, "a.c, try"));
    free(text);
}

static void one_race_is_told_once(void **state)
{
    (void)state;
    static const char agreed[] =
        "ThreadSanitizer and Helgrind agree: the same data race on total.\n\n";
    struct race here, there;
    make_race(&here, 10, 20);
    make_race(&there, 20, 10); // the other access came first
    struct judgement tsan = reported(&tsan_detector, &here.finding, 1);
    struct judgement helgrind = reported(&helgrind_detector, &there.finding, 1);
    assert_told(&tsan, &helgrind, agreed);
    there.finding.variable = NULL; // a judge that cannot name it
    assert_told(&tsan, &helgrind, "ThreadSanitizer and Helgrind agree: the same data race.\n\n");
    there.finding.variable = "other";
    assert_told_in_full(&tsan, &helgrind);
}

static void what_one_judge_alone_says_is_told(void **state)
{
    (void)state;
    struct race here, there;
    make_race(&here, 10, 20);
    make_race(&there, 10, 21);
    struct finding both[] = {here.finding, there.finding};
    struct judgement one = reported(&tsan_detector, &here.finding, 1);
    struct judgement other = reported(&helgrind_detector, &there.finding, 1);
    struct judgement more = reported(&helgrind_detector, both, 2);
    assert_told_in_full(&one, &other);
    assert_told_in_full(&one, &more);
    assert_told(&more, &one,
                "Helgrind and ThreadSanitizer agree: the same data race on total.\n\n");
    there.places[0].file = here.places[0].file = NULL; // places that are unknown are not the same
    assert_told_in_full(&one, &one);
    other.subject = &another;
    make_race(&there, 10, 20);
    make_race(&here, 10, 20);
    char *text = told_after(&one, &other);
    assert_null(strstr(text, "agree"));
    free(text);
}

static void a_complaint_of_the_compiler_is_told_once(void **state)
{
    (void)state;
    struct judgement tsan = rejected(&tsan_detector, "a.c:3: error: unknown");
    struct judgement helgrind = rejected(&helgrind_detector, "a.c:3: error: unknown");
    struct judgement native = rejected(&native_detector, "a.c:4: error: another");
    assert_told(&tsan, &helgrind, "");
    assert_told_in_full(&tsan, &native);
}

static struct judgement judged(const struct detector *detector, enum verdict verdict)
{
    struct judgement judgement = reported(detector, NULL, 0);
    judgement.verdict = verdict;
    judgement.reason = "the program itself says that its result is wrong";
    return judgement;
}

// What is told of the last once all were heard; to be freed.
static char *told_in_company(const struct judgement *const *all)
{
    char *text = NULL;
    size_t size = 0, last = 0;
    struct telling telling = {0};
    FILE *out = open_memstream(&text, &size);
    for (size_t i = 0; all[i]; i++, last = i - 1)
        telling_hear(&telling, all[i]);
    tell_story(out, &telling, all[last]);
    fclose(out);
    return text;
}

static void assert_excluded(const struct judgement *const *all, bool excluded)
{
    char *text = told_in_company(all);
    assert_non_null(strstr(text, "its result is wrong"));
    assert_int_equal(strstr(text, "It is no data race") != NULL, excluded);
    free(text);
}

// Only where all who look for races have looked and found none, and only of a plain run: past what
// one of them cannot follow, a fork for one, the others may not see either.
static void a_wrong_result_without_a_race_is_told_as_that(void **state)
{
    (void)state;
    struct race race;
    make_race(&race, 10, 20);
    struct judgement tsan = judged(&tsan_detector, VERDICT_CLEAN);
    struct judgement helgrind = judged(&helgrind_detector, VERDICT_WRONG_RESULT);
    struct judgement racy = reported(&helgrind_detector, &race.finding, 1);
    struct judgement unsure = judged(&helgrind_detector, VERDICT_ABSTAINS);
    struct judgement native = judged(&native_detector, VERDICT_WRONG_RESULT);
    struct judgement hung = judged(&native_detector, VERDICT_HUNG);
    const struct judgement *none[] = {&tsan, &helgrind, &native, NULL};
    const struct judgement *one[] = {&tsan, &racy, &native, NULL};
    const struct judgement *few[] = {&tsan, &unsure, &native, NULL};
    struct judgement forked = judged(&explore_detector, VERDICT_ABSTAINS);
    const struct judgement *blind[] = {&forked, &tsan, &helgrind, &native, NULL};
    const struct judgement *slow[] = {&tsan, &helgrind, &hung, NULL};
    const struct judgement *other[] = {&tsan, &native, &helgrind, NULL};
    assert_excluded(none, true);
    assert_excluded(one, false);
    assert_excluded(few, false);
    assert_excluded(blind, false);
    assert_excluded(slow, false);
    assert_excluded(other, false);

    struct search driver = {.schedules = 400, .threads = 2};
    struct judgement explored = judged(&explore_detector, VERDICT_WRONG_RESULT);
    explored.reading.searches = &driver;
    explored.reading.search_count = 1;
    const struct judgement *counted[] = {&explored, &tsan, &helgrind, &native, NULL};
    assert_excluded(counted, true);
    driver.threads = 1; // nothing comes in between
    assert_excluded(counted, false);
}

// Told once; but in full where another judge saw something else, or has more to say of it.
static void a_wrong_result_is_told_once(void **state)
{
    (void)state;
    struct judgement tsan = judged(&tsan_detector, VERDICT_WRONG_RESULT);
    struct judgement native = judged(&native_detector, VERDICT_WRONG_RESULT);
    tsan.runs = native.runs = 1;
    tsan.output = "want: 8, got: 4\n";
    native.output = "want: 8, got: 4\n";
    assert_told(&tsan, &native,
                "ThreadSanitizer and the plain run agree: the result is wrong.\n\n");
    native.output = "want: 80, got: 40\n"; // it ran for longer
    assert_told(&tsan, &native,
                "ThreadSanitizer and the plain run agree: the result is wrong.\n\n");
    native.races_excluded = true;
    char *text = told_after(&tsan, &native);
    assert_non_null(strstr(text, "agree: the result is wrong.\n\n  It is no data race"));
    free(text);
    native.races_excluded = false;
    native.output = "want: 8, got: 4, and late\n";
    assert_told_in_full(&tsan, &native);
    native.output = "want: 8, got: none\n";
    assert_told_in_full(&tsan, &native);
    tsan.output = native.output = "";
    assert_told_in_full(&tsan, &native);
}

// Everything that is told of one program, in `columns`; to be freed.
static char *told_at(unsigned short columns, const struct judgement *const *all)
{
    char *text = NULL;
    size_t size = 0;
    struct telling telling = {0};
    struct tty tty = tty_begin(columns);
    FILE *out = open_memstream(&text, &size);
    for (size_t i = 0; all[i]; i++) {
        explain_line(out, 12, all[i]);
        tell_story(out, &telling, all[i]);
    }
    fclose(out);
    tty_end(tty);
    return text;
}

// A terminal that is narrower than eighty columns gets shorter lines, with the same words in them; what goes
// to files is as wide as always.
static void a_narrow_terminal_gets_shorter_lines(void **state)
{
    (void)state;
    struct race race;
    make_race(&race, 10, 20);
    race.finding.variable = "the_whole_total";
    race.accesses[0].locks = (const char *[]){"the_lock_of_the_first", "another_lock", NULL};
    struct judgement tsan = reported(&tsan_detector, &race.finding, 1);
    struct judgement helgrind = reported(&helgrind_detector, &race.finding, 1);
    struct judgement native = judged(&native_detector, VERDICT_WRONG_RESULT);
    native.races_excluded = true;
    const struct judgement *const all[] = {&tsan, &helgrind, &native, NULL};
    char *wide = told_at(80, all);
    assert_fits(wide, 80);
    for (unsigned short columns = 40; columns < 80; columns++) {
        char *narrow = told_at(columns, all);
        assert_fits(narrow, columns);
        assert_non_null(strstr(narrow, "critical"));
        free(narrow);
    }
    char *least = told_at(10, all), *same = told_at(40, all); // narrower still: as for 40
    assert_string_equal(least, same);
    assert_non_null(strstr(same, "\n    another_lock\n"));
    paint_nothing();
    char *file = told_at(40, all);
    assert_string_equal(file, wide);
    free(wide), free(least), free(same), free(file);
}

int main(void)
{
    setenv("NO_COLOR", "1", 1);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_wrong_result_without_a_race_is_told_as_that),
        cmocka_unit_test(a_wrong_result_is_told_once),
        cmocka_unit_test(one_race_is_told_once),
        cmocka_unit_test(what_one_judge_alone_says_is_told),
        cmocka_unit_test(a_complaint_of_the_compiler_is_told_once),
        cmocka_unit_test(a_narrow_terminal_gets_shorter_lines), // the last: it paints nothing more
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
