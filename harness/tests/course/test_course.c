// Tests of course.c and files.c: small courses are written into a temporary folder and loaded.
#define _XOPEN_SOURCE 700

#include "base/files.h"
#include "course/course.h"
#include "course/names.h"
#include "course/pages.h"
#include "tests/fixture.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <talloc.h>
#include <unistd.h>

#include <cmocka.h>

#define COUNTER "exercises/1-lost-updates/01-counter"
#define BANK    "exercises/1-lost-updates/02-bank"
#define FLAG    "exercises/2-publishing/01-flag"
#define SOLVED  "solutions/1-lost-updates/01-counter"

// printf 'int counter;\n' | sha256sum
#define COUNTER_START "5337e809769bd7d89fc25066de5e3d2c7388077e30c5527a358285deddee802d"
// printf 'int flag;\nint bank;\n' | sha256sum
#define BANK_START "244d476cbb68565d28cfee8dc5a7eba03c498b45478889f5cbb8cede98b9413e"

static const char *const detectors[] = {"tsan", "helgrind", "native", NULL};

static const char json[] =
    "{ \"title\": \"A counter that loses updates\",\n"
    "  \"edit\": [\"counter.c\"],\n"
    "  \"points\": 10,\n"
    "  \"bug\": \"data race\",\n"
    "  \"expect\": {\n"
    "    \"native\": { \"luck\": \"two cores lose updates\" },\n"
    "    \"tsan\": { \"report\": \"data race\",\n"
    "              \"function\": \"increment\", \"variable\": \"n\" },\n"
    "    \"helgrind\": { \"silent\": \"too quick for it\" } },\n"
    "  \"rounds\": { \"native\": 100000, \"tsan\": 1000, \"helgrind\": 200 },\n"
    "  \"start\": \"" COUNTER_START "\" }\n";

// ---- writing a course ----

// `text` with the first `old` replaced.
static const char *replaced(const struct fixture *fixture, const char *text, const char *old,
                            const char *new)
{
    const char *found = strstr(text, old);
    assert_non_null(found);
    return talloc_asprintf(fixture->texts, "%.*s%s%s", (int)(found - text), text, new,
                           found + strlen(old));
}

// COUNTER's exercise.json with one passage replaced.
static void put_json(const struct fixture *fixture, const char *old, const char *new)
{
    put(fixture, COUNTER "/exercise.json", replaced(fixture, json, old, new));
}

static void put_exercise(const struct fixture *fixture, const char *folder)
{
    const char *files[] = {"exercise.json", "counter.c", "main.c", "counter.h"};
    const char *texts[] = {json, "int counter;\n", "int main(void) {}\n", "\n"};
    for (size_t i = 0; i < 4; i++)
        put(fixture, path_join(fixture->texts, folder, files[i]), texts[i]);
}

// ---- looking at what came of it ----

static struct course *load(struct fixture *fixture)
{
    struct course *course = course_load(fixture->context, fixture->root, detectors,
                                        COURSE_WITH_ANSWERS, &fixture->problem);
    if (!course)
        fail_msg("does not load: %s", fixture->problem.text);
    return course;
}

static void assert_says(const char *text, const char *fragment)
{
    if (!strstr(text, fragment))
        fail_msg("\"%s\" does not say \"%s\"", text, fragment);
}

// Loading fails, leaves nothing allocated, and the message holds all of `fragments`.
static void assert_refused(struct fixture *fixture, const char *const *fragments)
{
    size_t blocks = talloc_total_blocks(fixture->context);
    if (course_load(fixture->context, fixture->root, detectors, COURSE_WITH_ANSWERS,
                    &fixture->problem))
        fail_msg("loads, but should have been refused: %s", fragments[0]);
    assert_int_equal(talloc_total_blocks(fixture->context), blocks);
    for (; *fragments; fragments++)
        assert_says(fixture->problem.text, *fragments);
}

#define REFUSED(fixture, ...) assert_refused(fixture, (const char *const[]){__VA_ARGS__, NULL})

static void assert_list(const char *const *list, const char *const *expected)
{
    for (; *expected; list++, expected++) {
        assert_non_null(*list);
        assert_string_equal(*list, *expected);
    }
    assert_null(*list);
}

#define LIST(list, ...)                                                                            \
    assert_list((const char *const *)(list), (const char *const[]){__VA_ARGS__, NULL})

// ---- a course as it should be ----

static void every_field_is_read(void **state)
{
    struct fixture *fixture = *state;
    put_exercise(fixture, COUNTER);
    put(fixture, COUNTER "/a.c", "");
    put(fixture, COUNTER "/.hidden.c", "");
    struct course *course = load(fixture);
    assert_string_equal(course->root, fixture->root);
    assert_int_equal(course->count, 1);
    const struct exercise *counter = course->exercises[0];
    assert_string_equal(counter->name, "counter");
    assert_string_equal(counter->chapter, "1-lost-updates");
    assert_string_equal(counter->number, "01");
    assert_string_equal(counter->folder, COUNTER);
    assert_null(counter->solution);
    assert_string_equal(counter->title, "A counter that loses updates");
    assert_string_equal(counter->bug, "data race");
    assert_int_equal(counter->points, 10);
    LIST(counter->edit, "counter.c");
    LIST(counter->sources, "a.c", "counter.c", "main.c");
    assert_string_equal(counter->start, COUNTER_START);
    assert_int_equal(counter->also_right_count + counter->still_wrong_count, 0);
    assert_true(talloc_total_size(course) < 8192); // what was read to get there is gone
    talloc_free(course);
    assert_int_equal(talloc_total_blocks(fixture->context), 1);
}

static void scenes_are_no_source_of_the_program(void **state)
{
    struct fixture *fixture = *state;
    put_exercise(fixture, COUNTER);
    assert_null(load(fixture)->exercises[0]->scenes);
    put(fixture, COUNTER "/scenes.c", "");
    const struct exercise *counter = load(fixture)->exercises[0];
    assert_string_equal(counter->scenes, "scenes.c");
    LIST(counter->sources, "counter.c", "main.c");
}

static void what_is_allowed_is_read(void **state)
{
    struct fixture *fixture = *state;
    put_exercise(fixture, COUNTER);
    assert_null(load(fixture)->exercises[0]->allow[0]);
    put_json(fixture, "10,", "10, \"allow\": [\"socket\", \"poll\"],");
    LIST(load(fixture)->exercises[0]->allow, "socket", "poll");
}

static void promises_and_rounds_come_in_the_order_of_the_detectors(void **state)
{
    struct fixture *fixture = *state;
    put_exercise(fixture, COUNTER);
    const struct exercise *counter = load(fixture)->exercises[0];
    const long rounds[] = {1000, 200, 100000};
    assert_int_equal(counter->detector_count, 3);
    for (size_t i = 0; i < 3; i++) {
        assert_string_equal(counter->promises[i].detector, detectors[i]);
        assert_string_equal(counter->rounds[i].detector, detectors[i]);
        assert_int_equal(counter->rounds[i].count, rounds[i]);
        assert_ptr_equal(exercise_promise(counter, detectors[i]), &counter->promises[i]);
        assert_int_equal(exercise_rounds(counter, detectors[i]), rounds[i]);
    }
    const struct promise *tsan = &counter->promises[0];
    assert_string_equal(tsan->report, "data race");
    assert_string_equal(tsan->function, "increment");
    assert_string_equal(tsan->variable, "n");
    assert_true(!tsan->silent && !tsan->luck);
    const struct promise *helgrind = &counter->promises[1];
    assert_string_equal(helgrind->silent, "too quick for it");
    assert_true(!helgrind->report && !helgrind->function && !helgrind->variable && !helgrind->luck);
    const struct promise *native = &counter->promises[2];
    assert_string_equal(native->luck, "two cores lose updates");
    assert_true(!native->report && !native->function && !native->variable && !native->silent);
    assert_false(exercise_does_without(counter, "native"));
    assert_null(counter->abstains[0]);
    assert_null(exercise_promise(counter, "drd"));
    assert_int_equal(exercise_rounds(counter, "drd"), 0);
}

// Who cannot follow the starting program cannot follow the solution; more may be listed, nobody
// twice.
static void a_promise_to_abstain_holds_for_the_solution(void **state)
{
    struct fixture *fixture = *state;
    put_exercise(fixture, COUNTER);
    put_json(fixture, "\"silent\": \"too quick for it\" } },",
             "\"abstains\": \"it cannot follow fork\" } },\n  \"abstains\": [\"tsan\"],");
    struct course *course = load(fixture);
    const struct exercise *counter = course->exercises[0];
    assert_string_equal(exercise_promise(counter, "helgrind")->abstains, "it cannot follow fork");
    assert_true(exercise_does_without(counter, "helgrind"));
    assert_false(exercise_does_without(counter, "tsan"));
    LIST(counter->abstains, "helgrind", "tsan");
    talloc_free(course);
    put_json(fixture, "\"silent\": \"too quick for it\" } },",
             "\"abstains\": \"it cannot follow fork\" } },\n  \"abstains\": [\"helgrind\"],");
    REFUSED(fixture, COUNTER "/exercise.json: ", "besides those promised to abstain");
}

static void exercises_come_in_the_order_of_chapter_and_number(void **state)
{
    struct fixture *fixture = *state;
    const char *folders[] = {"exercises/10-loop/01-last", FLAG, "exercises/1-lost-updates/10-tenth",
                             BANK, COUNTER};
    for (size_t i = 0; i < 5; i++)
        put_exercise(fixture, folders[i]);
    put(fixture, "exercises/README.md", "the map\n");
    put(fixture, "exercises/1-lost-updates/README.md", "the lesson\n");
    put(fixture, "exercises/.idea/workspace.xml", "an editor's own\n");
    put_folder(fixture, "exercises/9-to-come");
    struct course *course = load(fixture);
    const char *order[] = {"counter", "bank", "tenth", "flag", "last"};
    assert_int_equal(course->count, 5);
    for (size_t i = 0; i < 5; i++)
        assert_string_equal(course->exercises[i]->name, order[i]);
    assert_string_equal(course->exercises[2]->number, "10");
    assert_string_equal(course->exercises[3]->chapter, "2-publishing");
    assert_string_equal(course->exercises[4]->chapter, "10-loop");
}

static void answers_are_read_with_their_head_comments(void **state)
{
    struct fixture *fixture = *state;
    put_exercise(fixture, COUNTER);
    put_exercise(fixture, BANK);
    put(fixture, SOLVED "/counter.c", "");
    put(fixture, SOLVED "/still-wrong/README.md", "");
    put(fixture, SOLVED "/also-right/mutex.c",
        "// Also right: a mutex\n//orders it.\r\n#include\n");
    put(fixture, SOLVED "/also-right/mutex-pair.c",
        "// Also right: two of them.\n// Abstains: tsan, native\nint x;\n");
    put(fixture, SOLVED "/still-wrong/volatile.c",
        "// Still wrong: volatile stops the compiler,\n// not\n//   another core. \n"
        "// Caught by: native ,tsan\nint x; // Caught by: nobody\n");
    put(fixture, SOLVED "/still-wrong/bare.c",
        "// Still wrong:\n//\tit is.\n// Caught by: helgrind");
    struct course *course = load(fixture);
    const struct exercise *counter = course->exercises[0];
    assert_string_equal(counter->solution, SOLVED);
    assert_int_equal(counter->also_right_count, 2);
    assert_string_equal(counter->also_right[0].name, "mutex");
    assert_string_equal(counter->also_right[0].path, SOLVED "/also-right/mutex.c");
    assert_string_equal(counter->also_right[0].reason, "a mutex orders it.");
    assert_null(counter->also_right[0].caught_by[0]);
    assert_null(counter->also_right[0].abstains[0]);
    assert_string_equal(counter->also_right[1].reason, "two of them.");
    assert_string_equal(counter->also_right[1].abstains[0], "tsan");
    assert_string_equal(counter->also_right[1].abstains[1], "native");
    assert_null(counter->also_right[1].abstains[2]);
    assert_string_equal(counter->also_right[1].name, "mutex-pair");
    assert_string_equal(counter->also_right[1].reason, "two of them.");
    assert_int_equal(counter->still_wrong_count, 2);
    assert_string_equal(counter->still_wrong[0].reason, "it is.");
    LIST(counter->still_wrong[0].caught_by, "helgrind");
    assert_string_equal(counter->still_wrong[1].name, "volatile");
    assert_string_equal(counter->still_wrong[1].path, SOLVED "/still-wrong/volatile.c");
    assert_string_equal(counter->still_wrong[1].reason,
                        "volatile stops the compiler, not another core.");
    LIST(counter->still_wrong[1].caught_by, "native", "tsan");
    assert_null(course->exercises[1]->solution); // no twin, which is for `verify` to say
    talloc_free(course);
    assert_int_equal(talloc_total_blocks(fixture->context), 1);
}

// What is wrong with the answers of one exercise does not keep another from being proved.
static void answers_are_read_later_of_chosen_exercises(void **state)
{
    struct fixture *fixture = *state;
    put_exercise(fixture, COUNTER);
    put_exercise(fixture, BANK);
    put(fixture, SOLVED "/still-wrong/bare.c", "// Still wrong: it is.\n// Caught by: helgrind\n");
    put(fixture, "solutions/1-lost-updates/02-bank/still-wrong/no_reason.c", "int x;\n");
    struct course *course = course_load(fixture->context, fixture->root, detectors,
                                        COURSE_ANSWERS_LATER, &fixture->problem);
    assert_non_null(course);
    assert_int_equal(course->exercises[0]->still_wrong_count, 0);
    const struct exercise *counter[] = {course->exercises[0], NULL},
                          *bank[] = {course->exercises[1], NULL};
    assert_true(course_load_answers(course, counter, detectors, &fixture->problem));
    assert_int_equal(counter[0]->still_wrong_count, 1);
    assert_string_equal(counter[0]->still_wrong[0].name, "bare");
    assert_false(course_load_answers(course, bank, detectors, &fixture->problem));
    assert_says(fixture->problem.text, "must start with a comment");
}

// ---- exercise.json as it should not be ----

static void faults_in_exercise_json_are_named(void **state)
{
    struct fixture *fixture = *state;
    static const struct {
        const char *old, *new, *message;
    } faults[] = {
        {"\"expect\"", "\"expct\"",
         "unknown key \"expct\"; the keys are title, edit, points, bug, expect, rounds, start"},
        {"\"bug\": \"data race\",", "", "\"bug\" is missing; the keys are title,"},
        {"\"title\": \"A counter that loses updates\",", "", "\"title\" is missing"},
        {"\"A counter that loses updates\"", "\"\"", "\"title\" must be a text"},
        {"\"A counter that loses updates\"", "null", "\"title\" must be a text"},
        {"\"bug\": \"data race\"", "\"bug\": 7", "\"bug\" must be a text"},
        {"10,", "10, \"allow\": \"socket\",", "\"allow\" must be a list of functions"},
        {"10,", "10, \"allow\": [],", "\"allow\" must be a list of functions"},
        {"10,", "10, \"allow\": [\"\"],", "\"allow\" must be a list of the names"},
        {"10,", "10, \"allow\": [7],", "\"allow\" must be a list of the names"},
        {"10,", "10, \"allow\": [\"exec*\"],", "\"allow\" must be a list of the names"},
        {"10,", "10, \"allow\": [\"send\", \"send\"],", "\"allow\" names send twice"},
        {"10,", "0,", "\"points\" must be a whole number from 1 to"},
        {"10,", "10.0,", "\"points\" must be a whole number"},
        {"10,", "\"10\",", "\"points\" must be a whole number"},
        {"10,", "2147483648,", "\"points\" must be a whole number"},
        {"[\"counter.c\"]", "\"counter.c\"", "\"edit\" must be a list"},
        {"[\"counter.c\"]", "[]", "\"edit\" must be a list of at least one file"},
        {"[\"counter.c\"]", "[\"\"]", "\"edit\" must be a list of plain file names"},
        {"[\"counter.c\"]", "[3]", "\"edit\" must be a list of plain file names"},
        {"[\"counter.c\"]", "[\"../01-counter/counter.c\"]", "without any \"/\""},
        {"[\"counter.c\"]", "[\"countr.c\"]", "\"edit\" names countr.c, but there is no such file"},
        {"[\"counter.c\"]", "[\"counter.c\", \"..\"]", "\"edit\" names .., but there is no such"},
        {"[\"counter.c\"]", "[\"counter.c\", \"counter.c\"]", "\"edit\" names counter.c twice"},
        {"\"tsan\": {", "\"tsn\": {",
         "unknown key \"expect.tsn\"; the keys are tsan, helgrind, native"},
        {"\"native\": { \"luck\": \"two cores lose updates\" },", "",
         "\"expect.native\" is missing; the keys are tsan, helgrind, native"},
        {"{ \"luck\": \"two cores lose updates\" }", "\"luck\"",
         "\"expect.native\" must be an object"},
        {"\"luck\": \"two cores lose updates\"", "",
         "\"expect.native\" must hold exactly one of report, silent, luck and abstains"},
        {"{ \"luck\"", "{ \"silent\": \"why\", \"luck\"",
         "\"expect.native\" must hold exactly one"},
        {"{ \"luck\"", "{ \"abstains\": \"why\", \"luck\"",
         "\"expect.native\" must hold exactly one"},
        {"{ \"luck\"", "{ \"function\": \"f\", \"luck\"",
         "\"expect.native\" must not hold function, variable or scene"},
        {"{ \"luck\"", "{ \"variable\": \"v\", \"luck\"",
         "\"expect.native\" must not hold function"},
        {"{ \"luck\"", "{ \"why\": \"v\", \"luck\"",
         "unknown key \"expect.native.why\"; the keys are report, function, variable, scene, silent, "
         "luck, abstains"},
        {"\"increment\"", "\"\"", "\"expect.tsan.function\" must be a text"},
        {"\"n\"", "[]", "\"expect.tsan.variable\" must be a text"},
        {"\"too quick for it\"", "true", "\"expect.helgrind.silent\" must be a text"},
        {"{ \"native\": 100000, \"tsan\": 1000, \"helgrind\": 200 }", "[]",
         "\"rounds\" must be an object"},
        {"\"tsan\": 1000,", "", "\"rounds.tsan\" is missing"},
        {"\"tsan\": 1000,", "\"tsan\": 1000, \"drd\": 5,", "unknown key \"rounds.drd\""},
        {"1000,", "0,", "\"rounds.tsan\" must be a whole number from 1"},
        {"200 }", "-1 }", "\"rounds.helgrind\" must be a whole number"},
        {COUNTER_START, "5337", "\"start\" must be the 64 hexadecimal digits"},
        {COUNTER_START, COUNTER_START "0", "\"start\" must be the 64 hexadecimal digits"},
        {COUNTER_START, COUNTER_START "g", "\"start\" must be the 64 hexadecimal digits"},
        {"\"5337e8", "\"5337E8", "\"start\" must be the 64 hexadecimal digits (0-9, a-f)"},
    };
    put_exercise(fixture, COUNTER);
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
        put_json(fixture, faults[i].old, faults[i].new);
        REFUSED(fixture, COUNTER "/exercise.json: ", faults[i].message);
    }
}

static void broken_json_is_located(void **state)
{
    struct fixture *fixture = *state;
    static const struct {
        const char *old, *new, *place, *message;
    } faults[] = {
        {"10,", "10", "exercise.json:4:7: ", "'}' expected near '\"bug\"'"},
        {"\"points\"", "\"edit\"", "exercise.json:3:8: ", "duplicate object key near '\"edit\"'"},
        {"\"luck\":", "\"luck\": \"a\", \"luck\":", "exercise.json:6:35: ", "duplicate object key"},
        {"updates\",", "updates,", "exercise.json:1:", "unexpected newline"},
        {"updates\",", "\\u0000\",", "exercise.json:1:", "\\u0000 is not allowed"},
        {"updates\",", "\xFF\",", "exercise.json:1:", "unable to decode byte 0xff"},
        {"\" }\n", "\" }\n}\n", "exercise.json:12:1: ", "end of file expected near '}'"},
        {"10,", "10, // much\n", "exercise.json:3:", "near '/'"},
        {"{ \"title\"", "\xEF\xBB\xBF{ \"title\"", "exercise.json:1:1: ", "byte order mark"},
    };
    put_exercise(fixture, COUNTER);
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
        put_json(fixture, faults[i].old, faults[i].new);
        REFUSED(fixture, faults[i].place, faults[i].message);
    }
}

static void a_file_that_is_no_json_at_all_is_refused(void **state)
{
    struct fixture *fixture = *state;
    const char *file = COUNTER "/exercise.json";
    put_exercise(fixture, COUNTER);
    put(fixture, file, "");
    REFUSED(fixture, COUNTER "/exercise.json: is empty");
    put(fixture, file, " \r\n\t\n");
    REFUSED(fixture, COUNTER "/exercise.json: is empty");
    put(fixture, file, "[1, 2]");
    REFUSED(fixture, COUNTER "/exercise.json: must hold one object");
    put_bytes(fixture, file, json, sizeof json); // with the NUL at its end
    REFUSED(fixture, COUNTER "/exercise.json:12: holds a NUL byte");

    const size_t limit = 1024 * 1024;
    char *padded = talloc_size(fixture->context, limit + 1);
    memset(padded, ' ', limit + 1);
    memcpy(padded, json, strlen(json));
    put_bytes(fixture, file, padded, limit + 1);
    REFUSED(fixture, COUNTER "/exercise.json: is larger than the 1048576 bytes");
    put_bytes(fixture, file, padded, limit);
    talloc_free(padded);
    load(fixture);
}

static void something_else_than_a_readable_file_is_refused(void **state)
{
    struct fixture *fixture = *state;
    const char *path = at(fixture, COUNTER "/exercise.json");
    put_exercise(fixture, COUNTER);
    assert_int_equal(remove(path), 0);
    REFUSED(fixture, COUNTER "/exercise.json: is missing");
    assert_int_equal(mkdir(path, 0777), 0);
    REFUSED(fixture, COUNTER "/exercise.json: is a folder where a file is expected");
    assert_int_equal(remove(path), 0);
    assert_int_equal(mkfifo(path, 0666), 0);
    REFUSED(fixture, COUNTER "/exercise.json: is a device or a pipe");
    assert_int_equal(remove(path), 0);
    assert_int_equal(symlink("exercise.json", path), 0);
    REFUSED(fixture, COUNTER "/exercise.json: ", "Too many levels of symbolic links");
}

static void an_unreadable_file_is_refused(void **state)
{
    struct fixture *fixture = *state;
    if (geteuid() == 0)
        skip(); // root reads everything
    put_exercise(fixture, COUNTER);
    assert_int_equal(chmod(at(fixture, COUNTER "/exercise.json"), 0), 0);
    REFUSED(fixture, COUNTER "/exercise.json: cannot be read: Permission denied");
    assert_int_equal(chmod(at(fixture, COUNTER), 0), 0);
    REFUSED(fixture, COUNTER, "Permission denied");
    assert_int_equal(chmod(at(fixture, COUNTER), 0777), 0);
}

// ---- folders as they should not be ----

static void misnamed_folders_are_refused(void **state)
{
    struct fixture *fixture = *state;
    static const struct {
        const char *folder, *form;
    } faults[] = {
        {"exercises/0-zero", "1-lost-updates"},
        {"exercises/01-one", "1-lost-updates"},
        {"exercises/123-many", "1-lost-updates"},
        {"exercises/10-", "1-lost-updates"},
        {"exercises/10loop", "1-lost-updates"},
        {"exercises/lost-updates", "1-lost-updates"},
        {"exercises/1-", "1-lost-updates"},
        {"exercises/1-Lost", "1-lost-updates"},
        {"exercises/1-lost_updates", "1-lost-updates"},
        {"exercises/1-lost-updates/1-counter", "01-counter"},
        {"exercises/1-lost-updates/1--counter", "01-counter"},
        {"exercises/1-lost-updates/001-counter", "01-counter"},
        {"exercises/1-lost-updates/01-", "01-counter"},
        {"exercises/1-lost-updates/01-9lives", "01-counter"},
        {"exercises/1-lost-updates/01-Counter", "01-counter"},
        {"exercises/1-lost-updates/01-counter.old", "01-counter"},
        {"exercises/1-lost-updates/notes", "01-counter"},
    };
    put_exercise(fixture, COUNTER);
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
        put_folder(fixture, faults[i].folder);
        REFUSED(fixture, faults[i].folder, ": a folder here must have a name like ",
                faults[i].form);
        assert_int_equal(rmdir(at(fixture, faults[i].folder)), 0);
    }
    load(fixture);
}

static void folders_that_cannot_be_read_are_refused(void **state)
{
    struct fixture *fixture = *state;
    put_exercise(fixture, COUNTER);
    assert_int_equal(symlink("02-loop", at(fixture, "exercises/1-lost-updates/02-loop")), 0);
    REFUSED(fixture, "exercises/1-lost-updates/02-loop: ", "Too many levels of symbolic links");
    assert_int_equal(remove(at(fixture, "exercises/1-lost-updates/02-loop")), 0);
    assert_int_equal(symlink("nowhere", at(fixture, "exercises/2-dangling")), 0);
    REFUSED(fixture, "exercises/2-dangling: is neither a file nor a folder");
    assert_int_equal(remove(at(fixture, "exercises/2-dangling")), 0);
    put_folder(fixture, COUNTER "/helper.c");
    REFUSED(fixture, COUNTER "/helper.c: is not a file");
    assert_int_equal(remove(at(fixture, COUNTER "/helper.c")), 0);
    put(fixture, SOLVED, "");
    REFUSED(fixture, SOLVED ": must be a folder");
    put_folder(fixture, "solutions/1-lost-updates/02-bank");
    put(fixture, "solutions/1-lost-updates/02-bank/also-right", "");
    put_exercise(fixture, BANK);
    assert_int_equal(remove(at(fixture, SOLVED)), 0);
    REFUSED(fixture, "02-bank/also-right: cannot be listed: Not a directory");
}

static void a_place_without_a_course_is_refused(void **state)
{
    struct fixture *fixture = *state;
    REFUSED(fixture, fixture->root, "there is no course here");
    put(fixture, "exercises/README.md", "");
    REFUSED(fixture, "exercises: holds no exercise");
    assert_int_equal(remove(at(fixture, "exercises/README.md")), 0);
    assert_int_equal(remove(at(fixture, "exercises")), 0);
    put(fixture, "exercises", "");
    REFUSED(fixture, "exercises: cannot be listed: Not a directory");
    assert_null(course_load(NULL, at(fixture, "nowhere"), detectors, COURSE_WITH_ANSWERS,
                            &fixture->problem));
    assert_says(fixture->problem.text, "nowhere: there is no course here: No such file");
}

static void two_exercises_of_one_name_are_refused(void **state)
{
    struct fixture *fixture = *state;
    put_exercise(fixture, COUNTER);
    put_exercise(fixture, "exercises/2-publishing/05-counter");
    REFUSED(fixture, "\"counter\"", COUNTER, "exercises/2-publishing/05-counter");
}

// Of what is broken, or no exercise at all, a student loses only that.
static void a_course_goes_as_far_as_it_can_be_read(void **state)
{
    struct fixture *fixture = *state;
    put_exercise(fixture, COUNTER);
    put_exercise(fixture, FLAG);
    put_exercise(fixture, "exercises/3-late/01-last");
    put(fixture, FLAG "/exercise.json", "{");
    put(fixture, "exercises/2-publishing/02-half/main.c", "");
    put(fixture, "exercises/2-publishing/build/main.c", "");
    const struct course *course = course_load(fixture->context, fixture->root, detectors,
                                              COURSE_AS_FAR_AS_IT_GOES, &fixture->problem);
    assert_non_null(course);
    assert_string_equal(fixture->problem.text, "");
    assert_int_equal(course->count, 2);
    assert_string_equal(course->exercises[0]->folder, COUNTER);
    assert_string_equal(course->exercises[1]->folder, "exercises/3-late/01-last");
    assert_int_equal(course->unread_count, 3);
    assert_says(course->unread[0].why, "build: a folder here must have a name");
    assert_string_equal(course->unread[1].path, FLAG);
    assert_says(course->unread[1].why, FLAG "/exercise.json:1:");
    assert_says(course->unread[2].why, "02-half/exercise.json: is missing");
}

static void a_course_that_lacks_exercises_knows_which(void **state)
{
    struct fixture *fixture = *state;
    static const char *const flag[] = {"flag", NULL}, *const counter[] = {"counter", NULL},
                             *const chapter[] = {"2-publishing", NULL}, *const all[] = {NULL};
    put_exercise(fixture, COUNTER);
    put(fixture, FLAG "/main.c", "");
    const struct course *course = course_load(fixture->context, fixture->root, detectors,
                                              COURSE_AS_FAR_AS_IT_GOES, &fixture->problem);
    assert_non_null(course);
    assert_null(course_find(course, "flag", &fixture->problem));
    assert_says(fixture->problem.text, FLAG "/exercise.json: is missing");
    assert_null(course_choose(fixture->context, course, chapter, &fixture->problem));
    assert_says(fixture->problem.text, FLAG "/exercise.json: is missing");
    assert_null(course_find(course, "flat", &fixture->problem));
    assert_says(fixture->problem.text, "no exercise is called \"flat\"");
    assert_non_null(course_find(course, "counter", &fixture->problem));
    assert_true(course_names_unread(&course->unread[0], flag));
    assert_false(course_names_unread(&course->unread[0], counter));
    assert_true(course_misses(course, all));
    assert_true(course_misses(course, chapter));
    assert_false(course_misses(course, counter));
}

// Whoever grades, proves or hands out a course must not do without one of its exercises.
static void a_whole_course_lacks_nothing(void **state)
{
    struct fixture *fixture = *state;
    put_exercise(fixture, COUNTER);
    put(fixture, FLAG "/main.c", "");
    REFUSED(fixture, FLAG "/exercise.json: is missing");
    assert_null(course_load(fixture->context, fixture->root, detectors, COURSE_WITHOUT_ANSWERS,
                            &fixture->problem));
    assert_null(course_load(fixture->context, fixture->root, detectors, COURSE_ANSWERS_LATER,
                            &fixture->problem));
}

static void faults_in_head_comments_are_located(void **state)
{
    struct fixture *fixture = *state;
    static const struct {
        const char *folder, *text, *place, *message;
    } faults[] = {
        {"still-wrong", "", "1: ", "must start with a comment \"// Still wrong: \""},
        {"still-wrong", "\n// Still wrong: late\n", "1: ", "// Still wrong: "},
        {"still-wrong", "// Also right: no\n", "1: ", "// Still wrong: "},
        {"still-wrong", "// Still wrong:\n// Caught by: tsan\n", "1: ", "// Still wrong: "},
        {"also-right", "int x;\n", "1: ", "must start with a comment \"// Also right: \""},
        {"also-right", "// Also right: a\n// Caught by: tsan\n", "2: ", "belongs to still-wrong"},
        {"still-wrong", "// Still wrong: a\n// Abstains: tsan\n", "2: ", "must follow"},
        {"also-right", "// Also right: a\n// Abstains: drd\n", "2: ", "names \"drd\""},
        {"also-right", "// Also right: a\n// Abstains: tsan, tsan\n", "2: ", "tsan twice"},
        {"still-wrong", "// Still wrong: a\n", "2: ", "\"// Caught by: \" must follow"},
        {"still-wrong", "// Still wrong: a\n// b\n\n// Caught by: tsan\n", "3: ", "must follow"},
        {"still-wrong", "// Still wrong: a\nint x;\n// Caught by: tsan\n", "2: ", "must follow"},
        {"still-wrong", "// Still wrong: a\n//\n// Caught by: tsan\n", "2: ", "must follow"},
        {"still-wrong", "// Still wrong: a\n// b\n// Caught by: tsan, drd\n",
         "3: ", "names \"drd\"; the detectors are tsan, helgrind, native"},
        {"still-wrong", "// Still wrong: a\n// Caught by:\n", "2: ", "names \"\""},
        {"still-wrong", "// Still wrong: a\n// Caught by: tsan,\n", "2: ", "names \"\""},
        {"still-wrong", "// Still wrong: a\n// Caught by: tsan, tsan\n", "2: ", "tsan twice"},
        {"still-wrong", "// Still wrong: a\n// Caught by: tsan native\n",
         "2: ", "names \"tsan native\""},
    };
    put_exercise(fixture, COUNTER);
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
        const char *file = talloc_asprintf(fixture->texts, SOLVED "/%s/answer.c", faults[i].folder);
        const char *place = talloc_asprintf(fixture->texts, "%s:%s", file, faults[i].place);
        put(fixture, file, faults[i].text);
        REFUSED(fixture, place, faults[i].message);
        assert_int_equal(remove(at(fixture, file)), 0);
    }
    put_folder(fixture, SOLVED "/still-wrong/answer.c");
    REFUSED(fixture, SOLVED "/still-wrong/answer.c: is not a file");
}

// ---- questions about a course ----

static void progress_compares_with_the_start(void **state)
{
    struct fixture *fixture = *state;
    enum progress progress;
    put_exercise(fixture, COUNTER);
    struct course *course = load(fixture);
    const struct exercise *counter = course->exercises[0];
    assert_true(exercise_progress(course, counter, &progress, &fixture->problem));
    assert_int_equal(progress, PROGRESS_UNTOUCHED);
    put(fixture, COUNTER "/main.c", "not for the student\n");
    assert_true(exercise_progress(course, counter, &progress, &fixture->problem));
    assert_int_equal(progress, PROGRESS_UNTOUCHED);
    put(fixture, COUNTER "/counter.c", "int counter; \n");
    assert_true(exercise_progress(course, counter, &progress, &fixture->problem));
    assert_int_equal(progress, PROGRESS_EDITED);
    put_bytes(fixture, COUNTER "/counter.c", "\0", 1); // not text, but a change like any other
    assert_true(exercise_progress(course, counter, &progress, &fixture->problem));
    assert_int_equal(progress, PROGRESS_EDITED);
    assert_int_equal(remove(at(fixture, COUNTER "/counter.c")), 0);
    assert_false(exercise_progress(course, counter, &progress, &fixture->problem));
    assert_says(fixture->problem.text,
                COUNTER "/counter.c is gone: \"racelings reset counter\" puts the starting");
}

static void several_edit_files_count_one_after_another(void **state)
{
    struct fixture *fixture = *state;
    enum progress progress;
    const char *text = replaced(fixture, json, COUNTER_START, BANK_START);
    put_exercise(fixture, BANK);
    put(fixture, BANK "/exercise.json",
        replaced(fixture, text, "\"counter.c\"", "\"flag.c\", \"bank.h\""));
    put(fixture, BANK "/flag.c", "int flag;\n");
    put(fixture, BANK "/bank.h", "int bank;\n");
    struct course *course = load(fixture);
    LIST(course->exercises[0]->edit, "flag.c", "bank.h");
    assert_true(exercise_progress(course, course->exercises[0], &progress, &fixture->problem));
    assert_int_equal(progress, PROGRESS_UNTOUCHED);
    put(fixture, BANK "/bank.h", "int bonk;\n");
    assert_true(exercise_progress(course, course->exercises[0], &progress, &fixture->problem));
    assert_int_equal(progress, PROGRESS_EDITED);
}

static void exercises_are_found_by_name_number_and_path(void **state)
{
    struct fixture *fixture = *state;
    put_exercise(fixture, COUNTER);
    put_exercise(fixture, FLAG);
    struct course *course = load(fixture);
    const char *names[] = {"flag", "01-flag", FLAG, FLAG "/", at(fixture, FLAG "/../01-flag/")};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        assert_ptr_equal(course_find(course, names[i], &fixture->problem), course->exercises[1]);
}

static void a_name_that_is_not_there_is_answered_with_those_near(void **state)
{
    struct fixture *fixture = *state;
    static const struct {
        const char *typed, *answer;
    } cases[] = {
        {"countr", "is called \"countr\"; did you mean counter? \"racelings list\" shows"},
        {"Counter", "did you mean counter? "},
        {"cuonter", "did you mean counter? "},
        {"xxunter", "did you mean counter? "},
        {"xxxnter", "did you mean counter? "},
        {"xxxxter", "is called \"xxxxter\"; \"racelings list\" shows them all"},
        {"countersss", "did you mean counter? "},
        {"countersssss", "\"countersssss\"; \"racelings list\""},
        {"co", "did you mean counter? "},
        {"01-cuonter", "did you mean counter? "},
        {"01", "did you mean counter or flag? "},
        {"bang", "did you mean bank? "},
        {"flank", "did you mean bank or flag? "},
        {"flang", "did you mean flag? "},
        {"xyz", "\"xyz\"; \"racelings list\""}, // three letters from zip, but nothing like it
        {"exercises", "\"exercises\"; \"racelings list\""},
        {"", "\"\"; \"racelings list\""},
    };
    put_exercise(fixture, COUNTER);
    put_exercise(fixture, BANK);
    put_exercise(fixture, FLAG);
    put_exercise(fixture, "exercises/2-publishing/02-zip");
    struct course *course = load(fixture);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_null(course_find(course, cases[i].typed, &fixture->problem));
        assert_says(fixture->problem.text, cases[i].answer);
    }
    char endless[8192];
    memset(endless, 'c', sizeof endless - 1);
    endless[sizeof endless - 1] = '\0';
    assert_null(course_find(course, endless, &fixture->problem));
    assert_says(fixture->problem.text, "\"racelings list\" shows them all");
    assert_null(course_find(course, "flog", NULL));
}

static void assert_chosen(struct fixture *fixture, const struct course *course,
                          const char *const *names, const char *expected)
{
    const struct exercise **chosen =
        course_choose(fixture->context, course, names, &fixture->problem);
    char *text = talloc_strdup(fixture->texts, "");
    for (size_t i = 0; chosen && chosen[i]; i++)
        text = talloc_asprintf_append(text, "%s ", chosen[i]->name);
    assert_string_equal(chosen ? text : fixture->problem.text, expected);
}

static void exercises_and_chapters_are_chosen_in_the_order_of_the_course(void **state)
{
    struct fixture *fixture = *state;
    put_exercise(fixture, COUNTER);
    put_exercise(fixture, BANK);
    put_exercise(fixture, FLAG);
    const struct course *course = load(fixture);
    assert_chosen(fixture, course, (const char *[]){NULL}, "counter bank flag ");
    assert_chosen(fixture, course, (const char *[]){"flag", "counter", "01-flag", NULL},
                  "counter flag ");
    assert_chosen(fixture, course, (const char *[]){"1-lost-updates", "bank", NULL},
                  "counter bank ");
    assert_chosen(fixture, course, (const char *[]){"exercises/1-lost-updates/", NULL},
                  "counter bank ");
    assert_chosen(fixture, course, (const char *[]){"flag", "lost-update", NULL},
                  "no exercise or chapter is called \"lost-update\"; did you mean "
                  "1-lost-updates? \"racelings list\" shows them all");
    assert_chosen(fixture, course, (const char *[]){"1-lost", NULL},
                  "no exercise or chapter is called \"1-lost\"; did you mean 1-lost-updates? "
                  "\"racelings list\" shows them all");
}

static void a_track_stands_for_its_chapters(void **state)
{
    struct fixture *fixture = *state;
    put_exercise(fixture, COUNTER);
    put_exercise(fixture, BANK);
    put_exercise(fixture, FLAG);
    put(fixture, "exercises/tracks.json",
        "{\"basics\": [\"1-lost-updates\", \"7-not-here\"], \"gone\": [\"7-not-here\"],\n"
        " \"flag\": [\"1-lost-updates\"]}\n");
    const struct course *course = load(fixture);
    assert_chosen(fixture, course, (const char *[]){"basics", NULL}, "counter bank ");
    assert_chosen(fixture, course, (const char *[]){"flag", NULL}, "flag "); // an exercise first
    assert_chosen(fixture, course, (const char *[]){"basic", NULL},
                  "no exercise or chapter is called \"basic\"; did you mean basics? "
                  "\"racelings list\" shows them all");
    assert_chosen(fixture, course, (const char *[]){"gone", NULL},
                  "no exercise or chapter is called \"gone\"; \"racelings list\" shows them all");
    assert_true(is_on_a_track(course, "1-lost-updates"));
    assert_false(is_on_a_track(course, "2-publishing"));
}

static void faults_in_tracks_are_named(void **state)
{
    struct fixture *fixture = *state;
    static const struct {
        const char *text, *answer;
    } cases[] = {
        {"", "exercises/tracks.json: is empty; name the tracks and their chapters in it"},
        {"[]", "exercises/tracks.json: must hold one object, { ... }"},
        {"{\"basics\": \"1-lost-updates\"}",
         "\"basics\" must be a name and a list of its chapters"},
        {"{\"basics\": []}", "\"basics\" must be a name and a list of its chapters"},
        {"{\"basics\": [1]}", "\"basics\" must list chapters"},
        {"{\"basics\" [1]}", "exercises/tracks.json:1:11: is not correct JSON"},
    };
    put_exercise(fixture, COUNTER);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        put(fixture, "exercises/tracks.json", cases[i].text);
        assert_refused(fixture, (const char *[]){cases[i].answer, NULL});
    }
}

// ---- files ----

static void a_file_is_written_whole_and_read_back(void **state)
{
    struct fixture *fixture = *state;
    enum { SIZE = 100000 };
    char *bytes = talloc_size(fixture->context, SIZE);
    for (size_t i = 0; i < SIZE; i++)
        bytes[i] = (char)(i % 251);
    size_t size;
    for (size_t length = SIZE; length > 0; length /= 3) {
        assert_true(file_write(fixture->root, "it", bytes, length, &fixture->problem));
        char *read = file_read(fixture->context, fixture->root, "it", length, &size, NULL);
        assert_non_null(read);
        assert_int_equal(size, length);
        assert_memory_equal(read, bytes, length);
        assert_int_equal(read[length], '\0');
        assert_null(file_read(NULL, fixture->root, "it", length - 1, &size, &fixture->problem));
        assert_says(fixture->problem.text, "it: is larger than");
    }
    struct stat status;
    mode_t mask = umask(0);
    umask(mask);
    assert_int_equal(stat(at(fixture, "it"), &status), 0);
    assert_int_equal(status.st_mode & 0777, 0666 & ~mask);
}

static int is_left_over(const struct dirent *entry)
{
    return strncmp(entry->d_name, ".it.", 4) == 0;
}

static void a_write_that_fails_leaves_nothing_behind(void **state)
{
    struct fixture *fixture = *state;
    assert_false(file_write(fixture->root, "nowhere/it", "", 0, &fixture->problem));
    assert_says(fixture->problem.text, "nowhere/it: cannot be written: No such file");
    put_folder(fixture, "it");
    assert_false(file_write(NULL, at(fixture, "it"), "", 0, &fixture->problem));
    assert_says(fixture->problem.text, "it: cannot be written: Is a directory");
    // the reason is the true one, also where a part is written before there is no room
    enum { LIMIT = 8192 };
    struct rlimit before, small;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    small = (struct rlimit){LIMIT, before.rlim_max};
    void (*handler)(int) = signal(SIGXFSZ, SIG_IGN);
    char *bytes = talloc_zero_size(fixture->context, 3 * LIMIT);
    setrlimit(RLIMIT_FSIZE, &small);
    bool written = file_write(fixture->root, "large", bytes, 3 * LIMIT, &fixture->problem);
    setrlimit(RLIMIT_FSIZE, &before);
    signal(SIGXFSZ, handler);
    assert_false(written);
    assert_says(fixture->problem.text, "large: cannot be written: File too large");
    struct dirent **names;
    assert_int_equal(scandir(fixture->root, &names, is_left_over, NULL), 0);
    free(names);
}

// Prose and items are wrapped anew, each by itself; headings, tables and code are left alone.
static void a_page_fits_narrow_lines(void **state)
{
    static const char page[] = "# The heading of it, which is rather long\n"
                               "\n"
                               "A paragraph of some words\n"
                               "in two lines.\n"
                               "- An item that is too long,\n"
                               "  and goes on.\n"
                               "- Another.\n"
                               "\n"
                               "1. The first of several steps.\n"
                               "   It goes on, too.\n"
                               "\n"
                               "```\n"
                               "not prose, though it looks like it\n"
                               "```\n"
                               "    int counter = the_first + the_second;\n"
                               "| a table | of two columns |\n"
                               "The end";
    static const char fitted[] = "# The heading of it, which is rather long\n"
                                 "\n"
                                 "A paragraph of some\n"
                                 "words in two lines.\n"
                                 "- An item that is\n"
                                 "  too long, and goes\n"
                                 "  on.\n"
                                 "- Another.\n"
                                 "\n"
                                 "1. The first of\n"
                                 "   several steps. It\n"
                                 "   goes on, too.\n"
                                 "\n"
                                 "```\n"
                                 "not prose, though it looks like it\n"
                                 "```\n"
                                 "    int counter = the_first + the_second;\n"
                                 "| a table | of two columns |\n"
                                 "The end";
    struct fixture *fixture = *state;
    assert_string_equal(page_fit(fixture->texts, page, 20), fitted);
    assert_string_equal(page_fit(fixture->texts, page, 80), page); // as it is written
    assert_string_equal(page_fit(fixture->texts, "", 20), "");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_field_is_read),
        TEST(scenes_are_no_source_of_the_program),
        TEST(what_is_allowed_is_read),
        TEST(promises_and_rounds_come_in_the_order_of_the_detectors),
        TEST(a_promise_to_abstain_holds_for_the_solution),
        TEST(exercises_come_in_the_order_of_chapter_and_number),
        TEST(answers_are_read_with_their_head_comments),
        TEST(answers_are_read_later_of_chosen_exercises),
        TEST(faults_in_exercise_json_are_named),
        TEST(broken_json_is_located),
        TEST(a_file_that_is_no_json_at_all_is_refused),
        TEST(something_else_than_a_readable_file_is_refused),
        TEST(an_unreadable_file_is_refused),
        TEST(misnamed_folders_are_refused),
        TEST(folders_that_cannot_be_read_are_refused),
        TEST(a_place_without_a_course_is_refused),
        TEST(two_exercises_of_one_name_are_refused),
        TEST(a_course_goes_as_far_as_it_can_be_read),
        TEST(a_course_that_lacks_exercises_knows_which),
        TEST(a_whole_course_lacks_nothing),
        TEST(faults_in_head_comments_are_located),
        TEST(progress_compares_with_the_start),
        TEST(several_edit_files_count_one_after_another),
        TEST(exercises_are_found_by_name_number_and_path),
        TEST(a_name_that_is_not_there_is_answered_with_those_near),
        TEST(exercises_and_chapters_are_chosen_in_the_order_of_the_course),
        TEST(a_track_stands_for_its_chapters),
        TEST(faults_in_tracks_are_named),
        TEST(a_file_is_written_whole_and_read_back),
        TEST(a_write_that_fails_leaves_nothing_behind),
        TEST(a_page_fits_narrow_lines),
    };
    return cmocka_run_group_tests_name("course", tests, NULL, NULL);
}
