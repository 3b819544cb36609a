// Tests of output/: a class with every standing and hostile texts is written into a temporary
// folder, and every file is read back by a parser of its format.
#define _XOPEN_SOURCE 700 // nftw

#include "base/files.h"
#include "grade/class.h"
#include "output/class_output.h"
#include "output/html.h"
#include "output/plain.h"
#include "output/writers.h"

#include <ctype.h>
#include <expat.h>
#include <ftw.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <talloc.h>
#include <unistd.h>

#include <cmocka.h>

// A name as a submission might tell it, and what is left of it. The last byte is not UTF-8.
#define HOSTILE     "<script>alert(1)</script>\"=cmd|' /C calc'!A0\033[31m\a\xff"
#define HOSTILE_NOW "<script>alert(1)</script>\"=cmd|' /C calc'!A0\uFFFD\uFFFD"

// What a program and a compiler can be made to print.
#define HOSTILE_STORY                                                                              \
    "counter, yours, tsan: reported\n  \033[1mbold\033[0m \033]0;title\a ]]> </pre><SCRIPT>x()\n"  \
    "  c1 \xc2\x85 turned \u202e none \uffff\n"

enum { COUNT = 8, FILE_LIMIT = 1 << 24 };

static const char *const student_files[] = {
    "result.json", "feedback.txt", "feedback.html", "gradescope.json", "classroom.json", NULL,
};

// ---- the class ----

struct fixture {
    char *context;
    char *out; // an empty folder
    struct class class;
    struct student *ada, *eve;
    struct problem problem;
};

static json_t *judgement(const char *detector, const char *verdict, const char *story)
{
    return json_pack("{ss ss ss ss ss sf s[{ss ss s[{ss si}]}] ss ss}", "schema",
                     "racelings/judgement/v1", "exercise", "counter", "detector", detector,
                     "verdict", verdict, "reason", "a data race <on> counter\033->value", "seconds",
                     0.25, "findings", "kind", "data race", "what", "W\033ARNING", "accesses",
                     "file", "exercises/1/counter.c", "line", 24, "story", story, "output",
                     "want: 5, got: 2");
}

static json_t *assessment(json_t *refused, json_t *judgements)
{
    return json_pack("{ss ss sb so so}", "schema", "racelings/assessment/v2", "key", "0123abcd",
                     "sandbox", 1, "refused", refused, "judgements", judgements);
}

// A finding whose schedule is drawn.
static json_t *explored(const char *kind)
{
    return json_pack("{ss ss s{ss s[{si ss si ss ss}]}}", "kind", kind, "what", "all <are> told",
                     "story", "scene", "two at once", "rows", "thread", 1, "file", "counter.c",
                     "line", 24, "source", "if (a < b) a++;", "effect", "a 0 -> 1");
}

// An assessment by three judges, of whom the first two give `verdict`.
static json_t *judged(const char *verdict, const char *story)
{
    bool clean = strcmp(verdict, "clean") == 0;
    return assessment(
        json_null(), json_pack("[o o o]", judgement("tsan", verdict, story),
                               judgement("helgrind", verdict, clean ? story : "the second story\n"),
                               judgement("native", "clean", "CLEAN STORY")));
}

// One judge reports, and a tool fails.
static json_t *failed_tool(void)
{
    json_t *failure = judgement("helgrind", "ungradable", "tool failed\n");
    json_object_set_new(failure, "reason", json_string("valgrind \033ended early"));
    json_t *report = judgement("tsan", "reported", "a third story\n");
    json_object_set_new(report, "findings",
                        json_pack("[o o o o]", explored("data race"), explored("data race"),
                                  explored("wrong result"), explored("deadlock")));
    return assessment(json_null(), json_pack("[o o]", report, failure));
}

static json_t *refused(bool tampering)
{
    return assessment(json_pack("{ss si ss sb}", "file", "counter.c", "line", 12, "reason",
                                "it says <asm>\033, which no \"exercise\" needs.", "tampering",
                                tampering),
                      json_array());
}

static const char *const names[COUNT] = {
    [STANDING_MISSING] = "missing-one",   [STANDING_UNUSABLE] = "unusable-one",
    [STANDING_NOT_STARTED] = "untouched", [STANDING_PASSED] = "passed-one",
    [STANDING_FAILED] = "counter",        [STANDING_NOT_ALLOWED] = "not-allowed",
    [STANDING_REFUSED] = "refused-one",   [STANDING_UNGRADABLE] = "ungradable-one",
};

static void set_exercises(struct fixture *fixture)
{
    const void *context = fixture->context;
    struct exercise *all = talloc_zero_array(context, struct exercise, COUNT);
    const struct exercise **list = talloc_array(context, const struct exercise *, COUNT);
    for (size_t i = 0; i < COUNT; i++) {
        all[i].name = names[i];
        all[i].title = "A <title> & more";
        all[i].points = 10;
        list[i] = &all[i];
    }
    fixture->class.exercises = list;
    fixture->class.exercise_count = COUNT;
}

static void set_assessment(struct cell *cell, json_t *assessment)
{
    json_decref((json_t *)cell->assessment);
    cell->assessment = assessment;
}

// Every exercise in the standing of its number.
static void set_every_standing(struct fixture *fixture, struct student *student)
{
    for (size_t i = 0; i < COUNT; i++) {
        struct cell *cell = &student->cells[i];
        cell->standing = (enum standing)i;
        cell->most = 10;
    }
    student->cells[STANDING_PASSED].points = 7.5;
    student->cells[STANDING_PASSED].remark = "found by its name as \"hw1/<b>.c\"";
    student->cells[STANDING_FAILED].points = 0.125;
    student->cells[STANDING_UNUSABLE].message = "counter.c is a <symlink>.";
    student->points = 7.625;
    student->most = 70;
    student->late = "2 days late: 75 %";
    student->late_factor = 0.75;
    student->ungradable = student->refused = 1;
    set_assessment(&student->cells[STANDING_PASSED], judged("clean", "CLEAN STORY"));
    set_assessment(&student->cells[STANDING_FAILED], judged("reported", HOSTILE_STORY));
    set_assessment(&student->cells[STANDING_REFUSED], refused(true));
    set_assessment(&student->cells[STANDING_NOT_ALLOWED], refused(false));
    set_assessment(&student->cells[STANDING_UNGRADABLE], failed_tool());
    (void)fixture;
}

// Every exercise passed.
static void set_all_passed(struct student *student)
{
    for (size_t i = 0; i < COUNT; i++) {
        student->cells[i].standing = STANDING_PASSED;
        student->cells[i].points = student->cells[i].most = 10;
        set_assessment(&student->cells[i], judged("clean", "CLEAN STORY"));
    }
    student->points = student->most = 80;
    student->late_factor = 1;
}

static int set_up(void **state)
{
    char folder[] = "/tmp/test_outputs.XXXXXX";
    struct fixture *fixture = calloc(1, sizeof *fixture);
    if (!fixture || !mkdtemp(folder))
        return -1;
    fixture->context = talloc_strdup(NULL, "context");
    fixture->out = talloc_strdup(fixture->context, folder);
    set_exercises(fixture);
    fixture->class.students = talloc_zero_array(fixture->context, struct student, 2);
    fixture->class.count = 2;
    fixture->class.sandboxed = true;
    fixture->class.title = "HW 1 <&>";
    fixture->class.submissions = "hand ins";
    fixture->class.out = "graded";
    for (size_t i = 0; i < 2; i++) {
        struct student *student = &fixture->class.students[i];
        student->cells = talloc_zero_array(fixture->context, struct cell, COUNT);
        for (size_t j = 0; j < COUNT; j++)
            student->cells[j].exercise = fixture->class.exercises[j];
    }
    fixture->ada = &fixture->class.students[0];
    fixture->eve = &fixture->class.students[1];
    fixture->ada->id = "ada";
    fixture->ada->name = "Ada, Countess of \"Lovelace\"";
    set_all_passed(fixture->ada);
    fixture->eve->id = "eve-1.2";
    fixture->eve->name = HOSTILE;
    set_every_standing(fixture, fixture->eve);
    *state = fixture;
    return 0;
}

static int remove_entry(const char *path, const struct stat *status, int type, struct FTW *place)
{
    (void)status, (void)type, (void)place;
    return remove(path);
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    for (size_t i = 0; i < 2; i++)
        for (size_t j = 0; j < COUNT; j++)
            json_decref((json_t *)fixture->class.students[i].cells[j].assessment);
    int failed = nftw(fixture->out, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
    talloc_free(fixture->context);
    free(fixture);
    return failed;
}

static void write_all(struct fixture *fixture)
{
    if (!write_class(&fixture->class, fixture->out, &fixture->problem))
        fail_msg("cannot be written: %s", fixture->problem.text);
}

static char *text_of(struct fixture *fixture, const char *name)
{
    char *text =
        file_read(fixture->context, fixture->out, name, FILE_LIMIT, NULL, &fixture->problem);
    if (!text)
        fail_msg("%s", fixture->problem.text);
    return text;
}

static char *text_of_student(struct fixture *fixture, const struct student *student,
                             const char *name)
{
    return text_of(fixture, talloc_asprintf(fixture->context, "students/%s/%s", student->id, name));
}

static void assert_says(const char *text, const char *fragment)
{
    if (!strstr(text, fragment))
        fail_msg("\"%s\" is not said in \"%s\"", fragment, text);
}

static void assert_silent(const char *text, const char *fragment)
{
    if (strstr(text, fragment))
        fail_msg("\"%s\" is said in \"%s\"", fragment, text);
}

// ---- safe text ----

static void standings_have_names(void **state)
{
    (void)state;
    assert_string_equal(standing_name(STANDING_MISSING), "missing");
    assert_string_equal(standing_name(STANDING_UNUSABLE), "unusable");
    assert_string_equal(standing_name(STANDING_NOT_STARTED), "not started");
    assert_string_equal(standing_name(STANDING_PASSED), "passed");
    assert_string_equal(standing_name(STANDING_FAILED), "failed");
    assert_string_equal(standing_name(STANDING_NOT_ALLOWED), "not allowed");
    assert_string_equal(standing_name(STANDING_REFUSED), "refused");
    assert_string_equal(standing_name(STANDING_UNGRADABLE), "ungradable");
}

static void text_becomes_safe(void **state)
{
    struct fixture *fixture = *state;
    static const struct {
        const char *text, *safe;
    } texts[] = {
        {"", ""},
        {"plain\n\ttext~", "plain\n\ttext~"},
        {"\u00e9\u20ac\U0001F600 \u00a0", "\u00e9\u20ac\U0001F600 \u00a0"},
        {"a\001b\033c\177d", "a\uFFFDb\uFFFDc\uFFFDd"},
        {"\033[1;31mred\033[0m", "red"},
        {"\033[", "\uFFFD["},
        {"\033[3", "\uFFFD[3"},
        {"\033[\n", "\uFFFD[\n"},
        {"\xc2\x80\xc2\x9b\xc2\x9f", "\uFFFD\uFFFD\uFFFD"},
        {"one\r\ntwo\rthree\r", "one\ntwo\nthree\n"},
        {"\u202axyz\u202e\u2066\u2069\u2028", "\uFFFDxyz\uFFFD\uFFFD\uFFFD\uFFFD"},
        {"\u2027\u202f\u2065\u206a", "\u2027\u202f\u2065\u206a"},
        {"\uFFFE\uFFFF\U0001FFFE\uFFFD", "\uFFFD\uFFFD\uFFFD\uFFFD"},
        {"\xff\xc0\xaf\xc1z\x80", "\uFFFD\uFFFD\uFFFD\uFFFDz\uFFFD"}, // never in UTF-8
        {"\xe0\x80\x80", "\uFFFD\uFFFD\uFFFD"},                       // too long a form
        {"\xf0\x8f\xbf\xbf", "\uFFFD\uFFFD\uFFFD\uFFFD"},
        {"\xed\xa0\x80", "\uFFFD\uFFFD\uFFFD"},                       // a surrogate
        {"\xf4\x90\x80\x80\xf5", "\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD"},   // beyond Unicode
        {"\xe2\x82z\xf0\x9f\x98", "\uFFFD\uFFFDz\uFFFD\uFFFD\uFFFD"}, // cut short
        {"\xc3", "\uFFFD"},
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        assert_string_equal(plain_copy(fixture->context, texts[i].text), texts[i].safe);
    assert_string_equal(plain_copy(fixture->context, NULL), "");
}

static void a_line_is_one_line(void **state)
{
    struct fixture *fixture = *state;
    const void *context = fixture->context;
    assert_string_equal(plain_line(context, " \t one\ntwo\t three\r\n ", 80), "one two  three");
    assert_string_equal(plain_line(context, "four", 4), "four");
    assert_string_equal(plain_line(context, "fives", 4), "f...");
    assert_string_equal(plain_line(context, "\u00e9\u00e9\u00e9\u00e9", 4),
                        "\u00e9\u00e9\u00e9\u00e9");
    assert_string_equal(plain_line(context, "\u00e9\u00e9\u00e9\u00e9\u00e9", 4), "\u00e9...");
    assert_string_equal(plain_line(context, "  \n ", 4), "");
    assert_string_equal(plain_line(context, NULL, 4), "");
}

static void long_stories_are_cut(void **state)
{
    struct fixture *fixture = *state;
    char *text = talloc_array(fixture->context, char, 1000000);
    memset(text, 'x', 999999);
    text[999999] = '\0';
    char *story = plain_story(fixture->context, text);
    assert_int_equal(strlen(story), 121);
    assert_string_equal(story + 115, "xx...\n");
    for (size_t i = 1; i < 999999; i += 2)
        text[i] = '\n';
    story = plain_story(fixture->context, text);
    assert_true(strlen(story) < 8100);
    assert_says(story, "x\nx\n... and 496000 lines more\n");
    assert_string_equal(plain_story(fixture->context, "a\r\n\n b\n\n\n"), "a\n\n b\n");
    assert_string_equal(plain_story(fixture->context, "\n\n"), "");
}

static void numbers_are_short(void **state)
{
    struct fixture *fixture = *state;
    static const struct {
        double number;
        const char *text;
    } numbers[] = {{0, "0"},        {10, "10"},           {7.5, "7.5"},
                   {0.25, "0.25"},  {100.0 / 3, "33.33"}, {2.999, "3"},
                   {0.125, "0.13"}, {-0.001, "0"},        {1200, "1200"}};
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
        assert_string_equal(plain_number(fixture->context, numbers[i].number), numbers[i].text);
}

static void markup_is_escaped(void **state)
{
    struct fixture *fixture = *state;
    assert_string_equal(html_text(fixture->context, "<a b=\"c\" d='e'>&amp;\n\xff\033"),
                        "&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;amp;\n\uFFFD\uFFFD");
    assert_string_equal(html_line(fixture->context, "<<<<<", 4), "&lt;...");
}

// ---- all files ----

// UTF-8 (jansson tells) without anything that drives a terminal.
static void assert_safe(const char *name, const char *text)
{
    json_t *value = json_string(text);
    if (!value)
        fail_msg("%s: is not UTF-8", name);
    json_decref(value);
    bool csv = strstr(name, ".csv");
    for (const unsigned char *at = (const unsigned char *)text; *at; at++) {
        bool line_end = *at == '\n' || (csv && *at == '\r');
        if ((*at < ' ' && !line_end) || *at == 127 || (at[0] == 0xc2 && at[1] < 0xa0))
            fail_msg("%s: holds the control character %d", name, *at);
    }
    assert_silent(text, "\u202e");
}

static void all_files_are_safe_text(void **state)
{
    struct fixture *fixture = *state;
    static const char *const files[] = {"grades.csv", "junit.xml", "ungradable.txt", "refused.txt",
                                        NULL};
    write_all(fixture);
    for (size_t i = 0; files[i]; i++)
        assert_safe(files[i], text_of(fixture, files[i]));
    for (size_t i = 0; student_files[i]; i++)
        for (size_t j = 0; j < 2; j++)
            assert_safe(student_files[i],
                        text_of_student(fixture, &fixture->class.students[j], student_files[i]));
}

static void every_output_says_that_there_was_no_sandbox(void **state)
{
    struct fixture *fixture = *state;
    write_all(fixture);
    assert_silent(text_of(fixture, "grades.csv"), "sandbox");
    assert_silent(text_of_student(fixture, fixture->eve, "feedback.html"), "sandbox");
    assert_says(text_of_student(fixture, fixture->eve, "classroom.json"), "\"sandbox\": true");
    fixture->class.sandboxed = false;
    write_all(fixture);
    assert_says(text_of(fixture, "grades.csv"), ",unsafe\r\n");
    assert_says(text_of(fixture, "grades.csv"), ",judged without a sandbox\r\n");
    assert_says(text_of(fixture, "ungradable.txt"), UNSANDBOXED);
    assert_says(text_of(fixture, "refused.txt"), UNSANDBOXED);
    assert_says(text_of(fixture, "junit.xml"), "name=\"sandbox\" value=\"false\"");
    assert_says(text_of_student(fixture, fixture->ada, "feedback.txt"), UNSANDBOXED);
    assert_says(text_of_student(fixture, fixture->ada, "feedback.html"), UNSANDBOXED);
    assert_says(text_of_student(fixture, fixture->ada, "gradescope.json"), UNSANDBOXED);
    assert_says(text_of_student(fixture, fixture->ada, "result.json"),
                "\"sandbox\": false,\n  \"points\"");
    assert_says(text_of_student(fixture, fixture->ada, "classroom.json"), "\"sandbox\": false");
    assert_says(text_of(fixture, "ungradable.txt"), "ungradable-one --unsafe\n");
}

static void nothing_stays_in_memory(void **state)
{
    struct fixture *fixture = *state;
    write_all(fixture);
    size_t blocks = talloc_total_blocks(NULL);
    write_all(fixture);
    assert_int_equal(talloc_total_blocks(NULL), blocks);
}

// ---- result.json, gradescope.json, classroom.json ----

static json_t *document_of(struct fixture *fixture, const struct student *student, const char *name)
{
    json_error_t error;
    char *text = text_of_student(fixture, student, name);
    json_t *document = json_loads(text, JSON_REJECT_DUPLICATES, &error);
    if (!document)
        fail_msg("%s:%d: %s", name, error.line, error.text);
    return document;
}

static void assert_json(const json_t *value, const char *expected)
{
    json_t *wanted = json_loads(expected, JSON_DECODE_ANY, NULL);
    assert_non_null(wanted);
    if (!json_equal(value, wanted)) {
        char *text = json_dumps(value, JSON_ENCODE_ANY);
        print_error("got %s, want %s\n", text ? text : "nothing", expected);
        free(text);
        fail();
    }
    json_decref(wanted);
}

#define MEMBER(object, key, expected) assert_json(json_object_get(object, key), expected)

static void results_hold_everything(void **state)
{
    struct fixture *fixture = *state;
    write_all(fixture);
    json_t *result = document_of(fixture, fixture->eve, "result.json");
    MEMBER(result, "schema", "\"racelings/result/v1\"");
    MEMBER(json_object_get(result, "student"), "id", "\"eve-1.2\"");
    assert_string_equal(json_text(json_object_get(result, "student"), "name"), HOSTILE_NOW);
    MEMBER(result, "sandbox", "true");
    MEMBER(result, "points", "7.63");
    MEMBER(result, "most", "70");
    MEMBER(result, "late", "\"2 days late: 75 %\"");
    MEMBER(result, "late_factor", "0.75");
    MEMBER(result, "ungradable", "1");
    MEMBER(result, "refused", "1");
    MEMBER(result, "message", "null");
    const json_t *exercises = json_object_get(result, "exercises");
    assert_int_equal(json_array_size(exercises), COUNT);
    for (size_t i = 0; i < COUNT; i++) {
        const json_t *exercise = json_array_get(exercises, i);
        assert_string_equal(json_text(exercise, "exercise"), names[i]);
        assert_string_equal(json_text(exercise, "standing"), standing_name((enum standing)i));
        bool known = i != STANDING_UNGRADABLE;
        assert_true(json_is_null(json_object_get(exercise, "regrade")) == known);
        assert_true(json_is_number(json_object_get(exercise, "points")) == known);
    }
    MEMBER(json_array_get(exercises, STANDING_UNGRADABLE), "points", "null");
    MEMBER(json_array_get(exercises, STANDING_UNGRADABLE), "regrade",
           "\"racelings grade 'hand ins' --out graded --regrade eve-1.2/ungradable-one\"");
    MEMBER(json_array_get(exercises, STANDING_MISSING), "judgements", "[]");
    MEMBER(json_array_get(exercises, STANDING_MISSING), "key", "null");
    MEMBER(json_array_get(exercises, STANDING_UNUSABLE), "message",
           "\"counter.c is a <symlink>.\"");
    MEMBER(
        json_array_get(exercises, STANDING_REFUSED), "refused",
        "{\"file\": \"counter.c\", \"line\": 12, "
        "\"reason\": \"it says <asm>\uFFFD, which no \\\"exercise\\\" needs.\", \"tampering\": true}");
    const json_t *failed = json_array_get(exercises, STANDING_FAILED);
    MEMBER(failed, "key", "\"0123abcd\"");
    MEMBER(failed, "points", "0.13");
    const json_t *first = json_array_get(json_object_get(failed, "judgements"), 0);
    MEMBER(first, "verdict", "\"reported\"");
    MEMBER(first, "seconds", "0.25");
    MEMBER(first, "findings",
           "[{\"kind\": \"data race\", \"what\": \"W\uFFFDARNING\", "
           "\"accesses\": [{\"file\": \"exercises/1/counter.c\", \"line\": 24}]}]");
    assert_null(json_object_get(first, "story"));
    assert_null(json_object_get(first, "output"));
    json_decref(result);
}

static void gradescope_counts_what_is_known(void **state)
{
    struct fixture *fixture = *state;
    write_all(fixture);
    json_t *result = document_of(fixture, fixture->eve, "gradescope.json");
    MEMBER(result, "score", "7.63");
    MEMBER(result, "execution_time", "2.0");
    MEMBER(result, "stdout_visibility", "\"hidden\"");
    MEMBER(result, "extra_data", "{\"sandbox\": true, \"ungradable\": 1, \"refused\": 1}");
    assert_says(json_text(result, "output"), "7.63 of 70 points.");
    assert_says(json_text(result, "output"), "NOT COMPLETE: 1 exercise could not be graded");
    assert_says(json_text(result, "output"), "2 days late: 75 %");
    const json_t *tests = json_object_get(result, "tests");
    assert_int_equal(json_array_size(tests), COUNT);
    for (size_t i = 0; i < COUNT; i++) {
        const json_t *test = json_array_get(tests, i);
        const char *status = json_text(test, "status");
        assert_true(json_is_number(json_object_get(test, "score")) == (i != STANDING_UNGRADABLE));
        if (i == STANDING_UNGRADABLE)
            assert_null(status);
        else
            assert_string_equal(status, i == STANDING_PASSED ? "passed" : "failed");
        assert_string_equal(json_text(test, "output_format"), "text");
        assert_string_equal(json_text(test, "visibility"), "visible");
        MEMBER(test, "max_score", "10");
    }
    const json_t *ungradable = json_array_get(tests, STANDING_UNGRADABLE);
    MEMBER(ungradable, "name", "\"ungradable-one: ungradable\"");
    MEMBER(ungradable, "tags", "[\"ungradable\"]");
    MEMBER(json_object_get(ungradable, "extra_data"), "standing", "\"ungradable\"");
    assert_says(json_text(ungradable, "output"), "nothing you did");
    const json_t *failed = json_array_get(tests, STANDING_FAILED);
    MEMBER(failed, "score", "0.13");
    assert_says(json_text(failed, "output"), "bold \uFFFD]0;title\uFFFD ]]> </pre>");
    assert_says(json_text(failed, "output"), "the second story");
    assert_silent(json_text(failed, "output"), "CLEAN");
    assert_says(json_text(json_array_get(tests, STANDING_REFUSED), "output"), "counter.c:12");
    json_decref(result);
}

static void classroom_scores_are_whole_and_sum_up(void **state)
{
    struct fixture *fixture = *state;
    write_all(fixture);
    json_t *result = document_of(fixture, fixture->eve, "classroom.json");
    MEMBER(result, "schema", "\"classroom50/result/v1\"");
    static const char *const empty[] = {"classroom", "assignment", "submission",
                                        "commit",    "release",    "review"};
    for (size_t i = 0; i < 6; i++)
        MEMBER(result, empty[i], "\"\"");
    int year, month, day, hour, minute, second, length = 0;
    sscanf(json_text(result, "datetime"), "%4d-%2d-%2dT%2d:%2d:%2dZ%n", &year, &month, &day, &hour,
           &minute, &second, &length);
    assert_int_equal(length, 20);
    MEMBER(result, "score", "8");
    MEMBER(result, "max-score", "70");
    const json_t *tests = json_object_get(result, "tests");
    assert_json(
        json_array_get(tests, STANDING_PASSED),
        "{\"test-name\": \"passed-one\", \"passed\": true, \"score\": 8, \"max-score\": 10, "
        "\"standing\": \"passed\", \"points\": 7.5, \"sandbox\": true}");
    assert_json(json_array_get(tests, STANDING_UNGRADABLE),
                "{\"test-name\": \"ungradable-one\", \"passed\": false, \"score\": 0, "
                "\"max-score\": 0, \"standing\": \"ungradable\", \"points\": null, "
                "\"sandbox\": true}");
    MEMBER(json_array_get(tests, STANDING_FAILED), "passed", "false");
    json_decref(result);
}

// ---- grades.csv ----

// RFC 4180: the fields of one record, which ends with CR LF. Moves *at past it.
static const char **csv_record(struct fixture *fixture, const char **at)
{
    const char **fields = talloc_zero_array(fixture->context, const char *, 32);
    for (size_t count = 0; count < 31; count++) {
        char *field = talloc_zero_size(fields, strlen(*at) + 1), *out = field;
        if (**at == '"') {
            for ((*at)++; **at != '"' || (*at)[1] == '"'; (*at)++) {
                assert_true(**at != '\0');
                *at += **at == '"';
                *out++ = **at;
            }
            (*at)++;
        } else {
            size_t length = strcspn(*at, ",\r\n\"");
            memcpy(out, *at, length);
            *at += length;
        }
        fields[count] = field;
        if (**at != ',')
            break;
        (*at)++;
    }
    assert_memory_equal(*at, "\r\n", 2);
    *at += 2;
    return fields;
}

static void assert_record(struct fixture *fixture, const char **at, const char *const *expected)
{
    const char **fields = csv_record(fixture, at);
    size_t i = 0;
    for (; expected[i]; i++) {
        assert_non_null(fields[i]);
        assert_string_equal(fields[i], expected[i]);
    }
    assert_null(fields[i]);
}

#define RECORD(fixture, at, ...)                                                                   \
    assert_record(fixture, at, (const char *const[]){__VA_ARGS__, NULL})

static void grades_are_a_table(void **state)
{
    struct fixture *fixture = *state;
    write_all(fixture);
    const char *at = text_of(fixture, "grades.csv");
    RECORD(fixture, &at, "id", "name", "missing-one", "unusable-one", "untouched", "passed-one",
           "counter", "not-allowed", "refused-one", "ungradable-one", "total", "most", "percent",
           "late", "ungradable", "refused");
    RECORD(fixture, &at, "ada", "Ada, Countess of \"Lovelace\"", "10", "10", "10", "10", "10", "10",
           "10", "10", "80", "80", "100", "", "0", "0");
    RECORD(fixture, &at, "eve-1.2", "<script>alert(1)</script>\"'=cmd|' /C calc'!A0\uFFFD\uFFFD",
           "", "0", "0", "7.5", "0.13", "0", "refused", "ungradable", "7.63", "70", "10.89",
           "2 days late: 75 %", "1", "1");
    assert_string_equal(at, "");
}

static void names_are_no_formulas(void **state)
{
    struct fixture *fixture = *state;
    static const struct {
        const char *name, *field;
    } cases[] = {
        {"=1+1", "'=1+1"},
        {"+1", "'+1"},
        {"-1", "'-1"},
        {"@SUM(A1)", "'@SUM(A1)"},
        {"\t=1", "'=1"},
        {"\r\n =1", "'=1"},
        {"\uff1d1", "'\uff1d1"},
        {"a;=1", "a;'=1"},
        {"a, \"=1", "a, \"'=1"},
        {"a|@b", "a|'@b"},
        {"Ann-Marie", "Ann-Marie"},
        {"A = B", "A = B"},
        {"O'Neill", "O'Neill"},
        {"a\nb", "a b"},
        {"", ""},
        {"\U0001F600", "\U0001F600"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        fixture->ada->name = cases[i].name;
        assert_true(write_grades(&fixture->class, fixture->out, &fixture->problem));
        const char *at = text_of(fixture, "grades.csv");
        csv_record(fixture, &at);
        assert_string_equal(csv_record(fixture, &at)[1], cases[i].field);
    }
}

static void a_grade_of_nothing_has_no_percentage(void **state)
{
    struct fixture *fixture = *state;
    fixture->ada->points = fixture->ada->most = 0;
    write_all(fixture);
    const char *at = text_of(fixture, "grades.csv");
    csv_record(fixture, &at);
    assert_string_equal(csv_record(fixture, &at)[12], "");
}

// ---- junit.xml ----

struct junit {
    struct fixture *fixture;
    int depth, suites, cases, failures, errors, skipped;
    int sum_tests, sum_failures, sum_errors, sum_skipped; // as the suites say
    char *log;                                            // "suite/case: element type\n" ...
    char *suite, *name, *text;
};

static const char *attribute(const char **attributes, const char *name)
{
    for (; *attributes; attributes += 2)
        if (strcmp(attributes[0], name) == 0)
            return attributes[1];
    return "";
}

static void on_why(struct junit *junit, const char *element, const char **attributes)
{
    junit->failures += strcmp(element, "failure") == 0;
    junit->errors += strcmp(element, "error") == 0;
    junit->skipped += strcmp(element, "skipped") == 0;
    assert_true(*attribute(attributes, "message"));
    junit->log = talloc_asprintf_append(junit->log, "%s: %s %s\n", junit->name, element,
                                        attribute(attributes, "type"));
}

static void on_start(void *data, const char *element, const char **attributes)
{
    struct junit *junit = data;
    junit->depth++;
    if (strcmp(element, "testsuite") == 0) {
        junit->suites++;
        junit->suite = talloc_strdup(junit->fixture->context, attribute(attributes, "name"));
        junit->sum_tests += atoi(attribute(attributes, "tests"));
        junit->sum_failures += atoi(attribute(attributes, "failures"));
        junit->sum_errors += atoi(attribute(attributes, "errors"));
        junit->sum_skipped += atoi(attribute(attributes, "skipped"));
    } else if (strcmp(element, "testcase") == 0) {
        junit->cases++;
        junit->name = talloc_strdup(junit->fixture->context, attribute(attributes, "name"));
        assert_string_equal(attribute(attributes, "classname"), junit->suite);
    } else if (strcmp(element, "property") == 0) {
        junit->log = talloc_asprintf_append(junit->log, "%s=%s\n", attribute(attributes, "name"),
                                            attribute(attributes, "value"));
    } else if (strcmp(element, "testsuites") != 0 && strcmp(element, "properties") != 0) {
        on_why(junit, element, attributes);
    } else if (strcmp(element, "testsuites") == 0) {
        assert_string_equal(attribute(attributes, "name"), "HW 1 <&>");
        assert_string_equal(attribute(attributes, "tests"), "16");
        assert_string_equal(attribute(attributes, "time"), "8.000");
    }
}

static void on_end(void *data, const char *element)
{
    (void)element;
    ((struct junit *)data)->depth--;
}

static void on_text(void *data, const char *text, int length)
{
    struct junit *junit = data;
    junit->text = talloc_asprintf_append(junit->text, "%.*s", length, text);
}

static void junit_is_xml(void **state)
{
    struct fixture *fixture = *state;
    write_all(fixture);
    char *text = text_of(fixture, "junit.xml");
    struct junit junit = {.fixture = fixture,
                          .log = talloc_strdup(fixture->context, ""),
                          .text = talloc_strdup(fixture->context, "")};
    XML_Parser parser = XML_ParserCreate(NULL);
    XML_SetUserData(parser, &junit);
    XML_SetElementHandler(parser, on_start, on_end);
    XML_SetCharacterDataHandler(parser, on_text);
    if (XML_Parse(parser, text, (int)strlen(text), 1) != XML_STATUS_OK)
        fail_msg("%s in: %s", XML_ErrorString(XML_GetErrorCode(parser)), text);
    XML_ParserFree(parser);
    assert_int_equal(junit.depth, 0);
    assert_int_equal(junit.suites, 2);
    assert_int_equal(junit.cases, 16);
    assert_true(junit.cases == junit.sum_tests && junit.failures == junit.sum_failures &&
                junit.errors == junit.sum_errors && junit.skipped == junit.sum_skipped);
    assert_string_equal(junit.log, "student=Ada, Countess of \"Lovelace\"\n"
                                   "sandbox=true\n"
                                   "student=" HOSTILE_NOW "\n"
                                   "sandbox=true\n"
                                   "late=2 days late: 75 %\n"
                                   "missing-one: skipped \n"
                                   "unusable-one: failure unusable\n"
                                   "untouched: skipped \n"
                                   "counter: failure failed\n"
                                   "not-allowed: failure not allowed\n"
                                   "refused-one: failure refused\n"
                                   "ungradable-one: error ungradable\n");
    assert_says(junit.text, "]]> </pre><SCRIPT>x()");
    assert_says(junit.text, "counter.c:12");
    assert_silent(junit.text, "CLEAN");
    char *command = talloc_asprintf(
        fixture->context, "! command -v xmllint >/dev/null || xmllint --noout %s/junit.xml",
        fixture->out);
    assert_int_equal(system(command), 0);
}

// ---- feedback ----

static size_t columns(const char *line, size_t length)
{
    size_t count = 0;
    for (size_t i = 0; i < length; i++)
        count += ((unsigned char)line[i] & 0xc0) != 0x80;
    return count;
}

static void feedback_tells_what_to_know(void **state)
{
    struct fixture *fixture = *state;
    write_all(fixture);
    const char *text = text_of_student(fixture, fixture->eve, "feedback.txt");
    assert_says(text, "Handed in as: eve-1.2\n");
    assert_says(text, "You have 7.63 of 70 points.\nLate: 2 days late: 75 %\n");
    assert_says(text, "  passed-one      passed       7.5 of 10\n");
    assert_says(text, "  ungradable-one  ungradable   not counted\n");
    assert_says(text, "counter: failed, 0.13 of 10\n---------------------------\n\ncounter, yours");
    assert_says(text, "  bold \uFFFD]0;title\uFFFD ]]> </pre><SCRIPT>x()\n");
    assert_says(text, "the second story\n");
    assert_silent(text, "CLEAN");
    assert_says(text, "Refused because of counter.c:12: it says <asm>\uFFFD, which no");
    assert_says(text, "Not allowed here because of counter.c:12: it says <asm>\uFFFD, which");
    assert_says(text, "It is nothing you did;\nyour instructor has been told.");
    assert_says(text, "counter.c is a <symlink>.\n");
    assert_says(text,
                "passed-one: passed, 7.5 of 10\n-----------------------------\n\nNote: found");
    assert_says(text, "  missing-one     missing      0 of 10\n");
    assert_silent(text, "missing-one: ");
    assert_says(text, "a third story\n");
    assert_silent(text, "tool failed");
    for (const char *line = text; *line; line += strcspn(line, "\n") + 1)
        if (columns(line, strcspn(line, "\n")) > 80)
            fail_msg("too wide: %.*s", (int)strcspn(line, "\n"), line);
    const char *ada = text_of_student(fixture, fixture->ada, "feedback.txt");
    assert_says(ada, "  counter         passed       10 of 10\n");
    assert_silent(ada, "counter: ");
    assert_silent(ada, "CLEAN");
    assert_silent(ada, "Late");
}

// All judges compile the same text.
// A data race on `variable` between two lines.
static json_t *race(const char *variable, int one, int other)
{
    return json_pack("{ss ss ss s[{ss si} {ss si}]}", "kind", "data race", "what", "a race",
                     "variable", variable, "accesses", "file", "counter.c", "line", one, "file",
                     "counter.c", "line", other);
}

static json_t *reported(const char *detector, const char *story, json_t *findings)
{
    json_t *report = judgement(detector, "reported", story);
    json_object_set_new(report, "findings", findings);
    return report;
}

// Of several judges that found the same races one tells it, and the others are named; who found a
// race more tells all of it.
static void what_judges_agree_on_is_told_once(void **state)
{
    struct fixture *fixture = *state;
    json_t *judgements = json_pack(
        "[o o o o]",
        reported("explore", "STORY ONE\n", json_pack("[o o]", race("a", 1, 2), race("b", 3, 4))),
        reported("tsan", "STORY TWO\n", json_pack("[o]", race("a", 2, 1))),
        reported("helgrind", "STORY THREE\n",
                 json_pack("[o {ss}]", race("b", 3, 4), "kind", "advice")),
        reported("native", "STORY FOUR\n", json_pack("[o o]", race("a", 1, 2), race("c", 1, 2))));
    struct cell *cell = &fixture->ada->cells[STANDING_FAILED];
    cell->standing = STANDING_FAILED;
    set_assessment(cell, assessment(json_null(), judgements));
    write_all(fixture);
    static const char *const files[] = {"feedback.txt", "feedback.html", "gradescope.json"};
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        const char *text = text_of_student(fixture, fixture->ada, files[i]);
        assert_says(text, "STORY ONE");
        assert_says(text, "The same is found by tsan and helgrind.");
        assert_silent(text, "STORY TWO");
        assert_silent(text, "STORY THREE");
        assert_says(text, "STORY FOUR");
    }
}

static void what_does_not_build_is_told_once(void **state)
{
    struct fixture *fixture = *state;
    struct cell *cell = &fixture->ada->cells[STANDING_FAILED];
    cell->standing = STANDING_FAILED;
    set_assessment(cell, judged("does not build", "the one story\n"));
    write_all(fixture);
    const char *text = text_of_student(fixture, fixture->ada, "feedback.txt");
    assert_says(text, "the one story\n");
    assert_silent(text, "the second story");
    assert_silent(text_of_student(fixture, fixture->ada, "feedback.html"), "the second story");
}

// Checks one tag of a page, after its "<", and keeps the stack of those that are open.
static const char *read_tag(const char *at, char stack[][16], size_t *depth)
{
    static const char *const known[] = {
        "html", "head", "meta",   "title",   "style", "body", "main",    "h1",         "h2",
        "h3",   "p",    "strong", "bdi",     "table", "tr",   "caption", "thead",      "tbody",
        "th",   "td",   "a",      "section", "span",  "pre",  "figure",  "figcaption", "code",
        "div",  "svg",  "desc",   "text",    "tspan", "path", "circle"};
    bool closing = *at == '/';
    at += closing;
    size_t length = strspn(at, "abcdefghijklmnopqrstuvwxyz123456"), i = 0;
    char name[16] = "";
    assert_true(length > 0 && length < sizeof name);
    memcpy(name, at, length);
    while (i < sizeof known / sizeof known[0] && strcmp(known[i], name) != 0)
        i++;
    if (i == sizeof known / sizeof known[0])
        fail_msg("the page has a <%s>", name);
    for (at += length; *at == ' ';) { // attributes: name="value"
        at += 1 + strspn(at + 1, "abcdefghijklmnopqrstuvwxyz-B");
        assert_memory_equal(at, "=\"", 2);
        at = strchr(at + 2, '"');
        assert_non_null(at);
        at++;
    }
    bool empty = *at == '/';
    at += empty;
    assert_int_equal(*at, '>');
    if (closing) {
        assert_true(*depth > 0);
        assert_string_equal(stack[--*depth], name);
    } else if (!empty && strcmp(name, "meta") != 0) {
        assert_true(*depth < 16);
        strcpy(stack[(*depth)++], name);
    }
    return at + 1;
}

// Reads a page: known tags only, all balanced. Returns its text, references resolved.
static char *read_page(struct fixture *fixture, const char *page)
{
    static const struct {
        const char *name;
        char character;
    } references[] = {
        {"&lt;", '<'}, {"&gt;", '>'}, {"&amp;", '&'}, {"&quot;", '"'}, {"&#39;", '\''}};
    static const char doctype[] = "<!DOCTYPE html>\n";
    char *text = talloc_zero_size(fixture->context, strlen(page) + 1), *out = text;
    char stack[16][16];
    size_t depth = 0;
    assert_memory_equal(page, doctype, strlen(doctype));
    for (const char *at = page + strlen(doctype); *at;) {
        if (*at == '<') {
            at = read_tag(at + 1, stack, &depth);
            continue;
        }
        size_t i = 0;
        while (*at == '&' && strncmp(at, references[i].name, strlen(references[i].name)) != 0)
            assert_true(++i < 5);
        *out++ = *at == '&' ? references[i].character : *at;
        at += *at == '&' ? strlen(references[i].name) : 1;
    }
    assert_int_equal(depth, 0);
    return text;
}

static void the_page_is_html_that_holds_no_other(void **state)
{
    struct fixture *fixture = *state;
    write_all(fixture);
    char *page = text_of_student(fixture, fixture->eve, "feedback.html");
    char *text = read_page(fixture, page);
    assert_says(text, "Feedback for " HOSTILE_NOW);
    assert_says(text, "bold \uFFFD]0;title\uFFFD ]]> </pre><SCRIPT>x()\n");
    assert_says(text, "the second story");
    assert_says(text, "24 if (a < b) a++;");
    assert_says(text, "What can come of it: a broken promise, \"all <are> told\"");
    assert_silent(text, "deadlock"); // the first, and what comes of it
    assert_says(text,
                "Refused because of counter.c:12: it says <asm>\uFFFD, which no \"exercise\"");
    assert_says(text, "It is nothing you did; your instructor has been told.");
    assert_says(text, "A <title> & more");
    assert_says(text, "You have 7.63 of 70 points.");
    assert_silent(text, "CLEAN");
    for (char *at = page; *at; at++)
        *at = (char)tolower((unsigned char)*at);
    assert_silent(page, "<script");
    assert_silent(page, "http://");
    assert_silent(page, "https://");
    read_page(fixture, text_of_student(fixture, fixture->ada, "feedback.html"));
}

static void a_submission_that_cannot_be_read_says_so(void **state)
{
    struct fixture *fixture = *state;
    fixture->eve->message = "The archive is <damaged>\033.";
    fixture->eve->cells[STANDING_UNUSABLE].message = NULL;
    fixture->eve->cells[STANDING_REFUSED].message =
        "Look: it says <asm>\033, which no \"exercise\" needs.";
    write_all(fixture);
    const char *text = text_of_student(fixture, fixture->eve, "feedback.txt");
    assert_silent(text, "unusable-one: "); // said once, for the whole
    assert_silent(text, "Look:");          // said already
    assert_says(text_of_student(fixture, fixture->eve, "feedback.txt"),
                "The archive is <damaged>\uFFFD.");
    assert_says(text_of_student(fixture, fixture->eve, "feedback.html"),
                "is &lt;damaged&gt;\uFFFD.");
    assert_says(text_of_student(fixture, fixture->eve, "result.json"),
                "\"The archive is <damaged>");
    assert_says(text_of_student(fixture, fixture->eve, "gradescope.json"),
                "The archive is <damaged>");
    assert_says(text_of(fixture, "junit.xml"), "<system-err>The archive is &lt;damaged&gt;");
}

// ---- the lists ----

static void lists_name_what_is_to_be_done(void **state)
{
    struct fixture *fixture = *state;
    fixture->eve->name = "Eve";
    write_all(fixture);
    const char *ungradable = text_of(fixture, "ungradable.txt");
    assert_says(ungradable, "\neve-1.2 (Eve), ungradable-one\n"
                            "    helgrind: valgrind \uFFFDended early\n"
                            "    racelings grade 'hand ins' --out graded"
                            " --regrade eve-1.2/ungradable-one\n");
    assert_silent(ungradable, "ada (");
    assert_says(text_of(fixture, "refused.txt"),
                "\neve-1.2 (Eve), refused-one, counter.c:12\n"
                "    it says <asm>\uFFFD, which no \"exercise\" needs.\n");
}

static void empty_lists_are_removed(void **state)
{
    struct fixture *fixture = *state;
    write_all(fixture);
    set_all_passed(fixture->eve);
    for (int round = 0; round < 2; round++) { // there, then not there
        write_all(fixture);
        enum entry entry;
        assert_true(entry_look(fixture->out, "ungradable.txt", &entry, NULL));
        assert_int_equal(entry, ENTRY_MISSING);
        assert_true(entry_look(fixture->out, "refused.txt", &entry, NULL));
        assert_int_equal(entry, ENTRY_MISSING);
    }
}

// ---- what cannot be written ----

static void what_cannot_be_written_is_named(void **state)
{
    struct fixture *fixture = *state;
    assert_true(file_write(fixture->out, "file", "", 0, NULL));
    char *file = path_join(fixture->context, fixture->out, "file");
    assert_false(write_class(&fixture->class, file, &fixture->problem));
    assert_says(fixture->problem.text, "file: the folder cannot be made: Not a directory");
    char *lost = path_join(fixture->context, fixture->out, "no/such");
    assert_false(write_class(&fixture->class, lost, &fixture->problem));
    assert_says(fixture->problem.text, "No such file or directory");
    assert_false(write_grades(&fixture->class, lost, &fixture->problem));
    assert_says(fixture->problem.text, "grades.csv: cannot be written: No such file");
    write_all(fixture);
    char *taken = path_join(fixture->context, fixture->out, "students/ada/result.json");
    assert_int_equal(remove(taken), 0);
    assert_int_equal(mkdir(taken, 0777), 0);
    assert_false(write_class(&fixture->class, fixture->out, &fixture->problem));
    assert_says(fixture->problem.text, "students/ada/result.json: cannot be written: ");
}

// The names in a folder, hidden ones too.
static size_t entries_of(struct fixture *fixture, const char *name)
{
    char *command = talloc_asprintf(fixture->context, "ls -A %s/%s | wc -l", fixture->out, name);
    FILE *pipe = popen(command, "r");
    size_t count = 0;
    assert_int_equal(fscanf(pipe, "%zu", &count), 1);
    pclose(pipe);
    return count;
}

// A full disk: the old file stays, whole, and nothing is left beside it.
static void old_files_survive_a_full_disk(void **state)
{
    struct fixture *fixture = *state;
    static const char *const files[] = {"students/eve-1.2/feedback.html",
                                        "students/eve-1.2/result.json"};
    write_all(fixture);
    size_t entries = entries_of(fixture, "students/eve-1.2");
    assert_int_equal(entries, 5);
    struct rlimit old, tight;
    getrlimit(RLIMIT_FSIZE, &old);
    tight = old;
    signal(SIGXFSZ, SIG_IGN);
    for (rlim_t limit = 0; limit <= 4000; limit += 2000) {
        char *before[2];
        for (size_t i = 0; i < 2; i++)
            before[i] = text_of(fixture, files[i]);
        tight.rlim_cur = limit;
        setrlimit(RLIMIT_FSIZE, &tight);
        bool page =
            write_feedback_page(&fixture->class, fixture->eve, fixture->out, &fixture->problem);
        bool result = write_result(&fixture->class, fixture->eve, fixture->out, &fixture->problem);
        setrlimit(RLIMIT_FSIZE, &old);
        assert_false(page || result);
        assert_says(fixture->problem.text, "students/eve-1.2/result.json: cannot be written: ");
        for (size_t i = 0; i < 2; i++)
            assert_string_equal(text_of(fixture, files[i]), before[i]);
    }
    signal(SIGXFSZ, SIG_DFL);
    assert_int_equal(entries_of(fixture, "students/eve-1.2"), entries);
}

// A disk that is full for a while only: what was lost then is not forgotten.
static void a_failed_write_is_remembered(void **state)
{
    struct fixture *fixture = *state;
    struct rlimit old, tight;
    getrlimit(RLIMIT_FSIZE, &old);
    tight = old;
    tight.rlim_cur = 1000;
    signal(SIGXFSZ, SIG_IGN);
    struct draft *draft = draft_begin(fixture->context, fixture->out, "file", &fixture->problem);
    assert_non_null(draft);
    setrlimit(RLIMIT_FSIZE, &tight);
    fprintf(draft->out, "%2000d", 1);
    int flushed = fflush(draft->out);
    setrlimit(RLIMIT_FSIZE, &old);
    signal(SIGXFSZ, SIG_DFL);
    assert_int_not_equal(flushed, 0);
    assert_false(draft_finish(draft, &fixture->problem));
    assert_int_equal(entries_of(fixture, "."), 0);
}

static void a_draft_given_up_leaves_nothing(void **state)
{
    struct fixture *fixture = *state;
    struct draft *draft = draft_begin(fixture->context, fixture->out, "file", &fixture->problem);
    assert_non_null(draft);
    fputs("half", draft->out);
    talloc_free(draft);
    assert_int_equal(entries_of(fixture, "."), 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    talloc_enable_null_tracking();
    const struct CMUnitTest tests[] = {
        TEST(standings_have_names),
        TEST(text_becomes_safe),
        TEST(a_line_is_one_line),
        TEST(long_stories_are_cut),
        TEST(numbers_are_short),
        TEST(markup_is_escaped),
        TEST(all_files_are_safe_text),
        TEST(every_output_says_that_there_was_no_sandbox),
        TEST(nothing_stays_in_memory),
        TEST(results_hold_everything),
        TEST(gradescope_counts_what_is_known),
        TEST(classroom_scores_are_whole_and_sum_up),
        TEST(grades_are_a_table),
        TEST(names_are_no_formulas),
        TEST(a_grade_of_nothing_has_no_percentage),
        TEST(junit_is_xml),
        TEST(feedback_tells_what_to_know),
        TEST(what_judges_agree_on_is_told_once),
        TEST(what_does_not_build_is_told_once),
        TEST(the_page_is_html_that_holds_no_other),
        TEST(a_submission_that_cannot_be_read_says_so),
        TEST(lists_name_what_is_to_be_done),
        TEST(empty_lists_are_removed),
        TEST(what_cannot_be_written_is_named),
        TEST(old_files_survive_a_full_disk),
        TEST(a_failed_write_is_remembered),
        TEST(a_draft_given_up_leaves_nothing),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    talloc_disable_null_tracking();
    return failed;
}
