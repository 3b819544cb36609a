// What is read from source lines, and what is written for people and shells.

#include "base/nearest.h"
#include "base/text.h"
#include "judge/source.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>
#include <talloc.h>

// `caret` marks the column that clang gives (measured with clang 14 to 19).
static const struct {
    const char *line, *caret, *operand;
} operands[] = {
    {"    counter->value++;", "++", "counter->value"},
    {"    ++counter->value;", "++", "counter->value"},
    {"    return ++counter->value;", "++", "counter->value"},
    {"    return *flag;", "*flag", "*flag"},
    {"    returned++;", "++", "returned"},
    {"    total += n;", "+=", "total"},
    {"    total = total + 1;", "= t", "total"},
    {"    long seen = counter->value;", "value", "counter->value"},
    {"    return tally->parts[i].sum;", "sum", "tally->parts[i].sum"},
    {"    grid[y][x] = next;", "= n", "grid[y][x]"},
    {"    (*p)++;", "++", "*p"},
    {"    int me = *(int *)argument;", "*(int", "*(int *)argument"},
    {"    *(struct box *)argument = box;", "= b", "*(struct box *)argument"},
    {"    total += (int *)p == q;", "p ", "p"},
    {"    *flag = true;", "= t", "*flag"},
    {"    if (a * b > c)", "b ", "b"},
    {"    x = table[key];", "table[", "table"},
    {"    *to = (struct tm){.tm_mday = 1};", "(struct", "*to"},
    {"    c->row = (row) {f(1)};", "(row", "c->row"},
    {"    work(total);", "work", NULL}, // the access is inside the call
    {"    5;", "5", NULL},
};

static void operands_under_the_caret(void **state)
{
    for (size_t i = 0; i < sizeof operands / sizeof operands[0]; i++) {
        const char *line = operands[i].line;
        int column = (int)(strstr(line, operands[i].caret) - line) + 1;
        char *operand = source_operand(*state, line, column);
        if (!operands[i].operand)
            assert_null(operand);
        else if (!operand || strcmp(operand, operands[i].operand) != 0)
            fail_msg("\"%s\": got \"%s\"", line, operand ? operand : "(null)");
    }
    for (int column = -1; column < 40; column++) // no column may read outside the line
        source_operand(*state, "a->b[(c", column);
}

// Of a whole struct clang points at what is read, where it is written, too.
static void targets_of_stores(void **state)
{
    const char *line = "    board->sheets[n % 8] = forecast;";
    int column = (int)(strstr(line, "forecast") - line) + 1;
    assert_string_equal(source_target(*state, line, column), "board->sheets[n % 8]");
    assert_string_equal(source_operand(*state, line, column), "forecast");
    line = "    *to = from->row;";
    assert_string_equal(source_target(*state, line, (int)(strstr(line, "row") - line) + 1), "*to");
    assert_string_equal(source_target(*state, "  if (a == b)", 12), "b");
    assert_string_equal(source_target(*state, "  total += n;", 9), "total");
    for (int at = -1; at < 40; at++)
        source_target(*state, "= a->b[(c", at);
}

static void members_of_one_structure(void **state)
{
    assert_true(source_is_member("tram->lamp") && source_is_member("tram.lamp"));
    assert_false(source_is_member("lamp") || source_is_member("trams[3].lamp"));
    assert_string_equal(source_members(*state, "t->lamp", "t->door"), "t->lamp, door");
    assert_string_equal(source_members(*state, "t->lamp, door", "t->do"), "t->lamp, door, do");
    assert_null(source_members(*state, "t->lamp, door", "t->door"));
    assert_null(source_members(*state, "t->lamp", "s->door"));
    assert_null(source_members(*state, "t->lamp", "door"));
}

static void arguments_of_calls(void **state)
{
    assert_string_equal(source_argument(*state, "  pthread_mutex_lock(&c->lock);", 3), "c->lock");
    assert_string_equal(source_argument(*state, "  f(a[g(x, y)], b);", 3), "a[g(x, y)]");
    assert_string_equal(source_argument(*state, "  putc_unlocked(*c, out);", 3), "*out");
    assert_string_equal(source_argument(*state, "  fputs_unlocked(f(a, b), to->log);", 3),
                        "*to->log");
    assert_string_equal(source_lock(*state, "  pthread_mutex_lock(&c->lock);", 3), "c->lock");
    assert_string_equal(source_lock(*state, "  pthread_cond_wait(f(a, &b), &c->lock);", 3),
                        "c->lock");
    assert_string_equal(source_lock(*state, "  cnd_timedwait(&c, lock, &at);", 3), "lock");
    assert_string_equal(source_lock(*state, "  take(&c, wait(lock));", 3), "c");
    assert_string_equal(source_text(*state, "  memcpy(copy, &text[1], 9);", 3), "text[1]");
    assert_string_equal(source_text(*state, "  strlen(text);", 3), "text");
    assert_true(source_is_atomic("  atomic_load(&x);", 3));
    assert_false(source_is_atomic("  atomic_load(&x);", 15));
    assert_null(source_argument(*state, "  lock;", 3));
    assert_null(source_argument(*state, "  f(", 3));
    for (int column = -1; column < 40; column++)
        source_argument(*state, "f((x", column);
}

static void wrapping(void **state)
{
    assert_string_equal(text_wrap(*state, "one two three", 9, 2), "one two\n  three");
    assert_string_equal(text_wrap(*state, "  spaced   out ", 80, 0), "spaced out");
    assert_string_equal(text_wrap(*state, "unbreakable it is", 5, 0), "unbreakable\nit is");
    assert_string_equal(text_wrap(*state, "na\u00efve caf\u00e9s", 11, 0), "na\u00efve caf\u00e9s");
    assert_string_equal(text_wrap(*state, "see \"racelings list\".", 16, 0),
                        "see\n\"racelings list\".");
    assert_string_equal(text_wrap(*state, "see \"racelings list", 16, 0), "see \"racelings\nlist");
    assert_string_equal(text_wrap(*state, "", 80, 0), "");
}

static void quoting(void **state)
{
    const char *const argv[] = {"echo", "a b", "it's", "", "x=1", "$HOME", NULL};
    assert_string_equal(shell_quote(*state, argv), "echo 'a b' 'it'\\''s' '' x=1 '$HOME'");
}

static void lists(void **state)
{
    const char **list = list_new(*state);
    const char *const more[] = {"b", "c", NULL};
    assert_int_equal(list_count(list), 0);
    list_add(&list, "a");
    list_add_all(&list, more);
    assert_int_equal(list_count(list), 3);
    assert_string_equal(list_join(*state, list, ", "), "a, b, c");
    assert_true(list_has(list, "c"));
    assert_false(list_has(list, "d"));
}

// A character takes the bytes that it takes; what is no UTF-8, or is cut off, none.
static void characters(void **state)
{
    static const struct {
        const char *bytes;
        size_t left, length;
        uint32_t code;
    } cases[] = {
        {"a", 1, 1, 'a'},
        {"\xc3\xa9", 2, 2, 0xe9},
        {"\xe2\x82\xac", 3, 3, 0x20ac},
        {"\xf0\x9f\x98\x80", 4, 4, 0x1f600},
        {"\xf4\x8f\xbf\xbf", 4, 4, 0x10ffff},
        {"", 0, 0, 0},                 // nothing
        {"\xc3\xa9", 1, 0, 0},         // cut off, though the rest stands behind it
        {"\xf0\x9f\x98\x80", 3, 0, 0}, // likewise
        {"\xa9", 1, 0, 0},             // the rest of one
        {"\xc3(", 2, 0, 0},            // the first byte of one
        {"\xc1\x81", 2, 0, 0},         // longer than need be
        {"\xed\xa0\x80", 3, 0, 0},     // half of a pair
        {"\xf4\x90\x80\x80", 4, 0, 0}, // beyond the last
        {"\xf8\x88\x80\x80", 4, 0, 0}, // five bytes
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        uint32_t code = 0;
        size_t length = utf8_decode(cases[i].bytes, cases[i].left, &code);
        if (length != cases[i].length || (length > 0 && code != cases[i].code))
            fail_msg("case %zu: %zu bytes, U+%04X", i, length, (unsigned)code);
    }
}

// Of four names that are near the nearest three, the nearest first, each once.
static void mistyped_words(void **state)
{
    static const char *const offers[][2] = {
        {"counted", "counted"},  {"lost", "lost"},       {"cointer", "cointer"},
        {"counters", "counter"}, {"counter", "counter"}, {"pointer", "pointer"},
    };
    struct nearest nearest = {.typed = "counter"}, none = {.typed = "xyzzy"};
    for (size_t i = 0; i < sizeof offers / sizeof offers[0]; i++) {
        nearest_offer(&nearest, offers[i][0], offers[i][1]);
        nearest_offer(&none, offers[i][0], offers[i][1]);
    }
    assert_string_equal(nearest_question(*state, &nearest),
                        " did you mean counter or counted or cointer?");
    assert_string_equal(nearest_question(*state, &none), "");
}

static void lines_left_out(void **state)
{
    const char *text = "one\ntool: x\ntwo tool: y\ntool: z";
    assert_string_equal(text_without_lines(*state, text, "tool: "), "one\ntwo tool: y\n");
    assert_string_equal(text_without_lines(*state, "", "tool: "), "");
}

static int setup(void **state)
{
    *state = talloc_new(NULL);
    return 0;
}

static int teardown(void **state)
{
    talloc_free(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(operands_under_the_caret),
        cmocka_unit_test(targets_of_stores),
        cmocka_unit_test(members_of_one_structure),
        cmocka_unit_test(arguments_of_calls),
        cmocka_unit_test(wrapping),
        cmocka_unit_test(quoting),
        cmocka_unit_test(lists),
        cmocka_unit_test(characters),
        cmocka_unit_test(mistyped_words),
        cmocka_unit_test(lines_left_out),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
