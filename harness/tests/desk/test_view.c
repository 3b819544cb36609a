// Screens of any size: what is shown of a long text, how lines are broken, and that nothing is
// wider or longer than the terminal.

#include "base/text.h"
#include "desk/view.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>
#include <talloc.h>

// The screen's lines as somebody sees them: without escape sequences, to their last letter.
static const char **lines_of(const void *context, const char *screen)
{
    const char **lines = list_new(context);
    char *line = talloc_strdup(context, "");
    for (const char *at = screen; *at; at++) {
        if (at[0] == '\033' && at[1] == ']')
            at = strstr(at, "\033\\") + 1;
        else if (at[0] == '\033')
            at += 1 + strcspn(at + 1, "ABCDEFGHIJKLMNOPQRSTUVWXYZm");
        else if (at[0] == '\n') {
            list_add(&lines, line);
            line = talloc_strdup(context, "");
        } else if (at[0] != '\r')
            line = talloc_strndup_append(line, at, 1);
    }
    list_add(&lines, line);
    return lines;
}

static const char **draw(const void *context, struct view *view, const char *head, const char *body,
                         const char *foot)
{
    return lines_of(context, view_draw(context, view, head, body, foot));
}

static size_t width(const char *line)
{
    size_t columns = 0;
    for (; *line; line++)
        columns += ((unsigned char)*line & 0xc0) != 0x80; // bytes that continue a letter are none
    return columns;
}

static void a_short_text_leaves_the_foot_below(void **state)
{
    (void)state;
    void *context = talloc_new(NULL);
    struct view view = {.columns = 40, .rows = 10};
    const char **lines = draw(context, &view, "head\n", "one\ntwo\n", "foot\n");
    assert_int_equal(list_count(lines), 10);
    assert_string_equal(lines[0], "head");
    assert_string_equal(lines[1], "one");
    assert_string_equal(lines[2], "two");
    assert_string_equal(lines[3], "");
    assert_string_equal(lines[9], "foot");
    assert_int_equal(view.left, 0);
    talloc_free(context);
}

static void a_long_text_is_paged(void **state)
{
    (void)state;
    void *context = talloc_new(NULL);
    struct view view = {.columns = 40, .rows = 10};
    char *body = talloc_strdup(context, "");
    bool seen[40] = {false};
    for (int i = 0; i < 40; i++)
        body = talloc_asprintf_append(body, "line %d.\n", i);
    for (int page = 0; page < 12; page++) {
        const char **lines = draw(context, &view, "head\n", body, "foot\n");
        assert_int_equal(list_count(lines), 10);
        assert_string_equal(lines[9], "foot");
        for (int i = 0; i < 40; i++)
            seen[i] |= list_has(lines, talloc_asprintf(context, "line %d.", i));
        if (view.left == 0)
            break;
        char *more = talloc_asprintf(context, "-- %zu more lines: space --", view.left);
        assert_string_equal(lines[8], more);
        view_page(&view);
    }
    assert_int_equal(view.left, 0);
    for (int i = 0; i < 40; i++)
        assert_true(seen[i]);
    while (view.offset > 0) { // backwards all is seen, too
        size_t before = view.offset;
        view_page_back(&view);
        assert_true(view.offset < before);
        draw(context, &view, "head\n", body, "foot\n");
        assert_true(view.offset + view.shown >= before);
    }
    view_move(&view, -1); // there is nothing
    assert_int_equal(view.offset, 0);
    view_move(&view, 1);
    assert_string_equal(draw(context, &view, "head\n", body, "foot\n")[1], "line 1.");
    view_move(&view, 1000);
    assert_string_equal(draw(context, &view, "head\n", body, "foot\n")[8], "line 39.");
    view_move(&view, 1);
    assert_string_equal(draw(context, &view, "head\n", body, "foot\n")[8], "line 39.");
    view_page(&view); // from the end to the beginning
    assert_int_equal(view.offset, 0);
    view.offset = 1000; // another text, which is shorter
    assert_string_equal(draw(context, &view, "head\n", "short\n", "foot\n")[1], "short");
    talloc_free(context);
}

static void lines_are_broken_at_blanks(void **state)
{
    (void)state;
    void *context = talloc_new(NULL);
    struct view view = {.columns = 20, .rows = 24};
    static const char body[] =
        "    called from somewhere in counter.c\n"
        "nowhere_to_break_this_long_word\n"
        "\033[31mred and\033[0m \033]8;;file:///a/very/long/path\033\\linked\033]8;;\033\\ too\n"
        "\n"
        "\xc3\xa4\xc3\xb6\xc3\xbc and others\n";
    const char **lines = draw(context, &view, "", body, "");
    assert_string_equal(lines[0], "    called from");
    assert_string_equal(lines[1], "    somewhere in");
    assert_string_equal(lines[2], "    counter.c");
    assert_string_equal(lines[3], "nowhere_to_break_thi");
    assert_string_equal(lines[4], "s_long_word");
    assert_string_equal(lines[5], "red and linked too"); // what is not seen takes no room
    assert_string_equal(lines[6], "");
    assert_string_equal(lines[7], "\xc3\xa4\xc3\xb6\xc3\xbc and others");
    talloc_free(context);
}

static void nothing_is_wider_than_the_screen(void **state)
{
    (void)state;
    void *context = talloc_new(NULL);
    static const char text[] =
        "counter, A counter that loses updates\n  Make the count right, however "
        "the threads run, in exercises/1-lost-updates/01-counter/counter.c.\n";
    for (int columns = 20; columns <= 90; columns++)
        for (int rows = 4; rows <= 30; rows += 2) {
            struct view view = {.columns = columns, .rows = rows};
            const char **lines =
                draw(context, &view, text, text, "keys and keys, and all of them\n");
            for (size_t i = 0; lines[i]; i++)
                assert_in_range(width(lines[i]), 0, (uintmax_t)columns);
            assert_in_range(list_count(lines), 1, (uintmax_t)rows);
        }
    talloc_free(context);
}

static void a_line_is_cut(void **state)
{
    (void)state;
    void *context = talloc_new(NULL);
    assert_string_equal(view_cut(context, "short", 10), "short");
    assert_string_equal(view_cut(context, "exactly so", 10), "exactly so");
    assert_in_range(strlen(view_cut(context, "exactly so much", 10)), 4, 10);
    assert_non_null(strstr(view_cut(context, "exactly so much", 10), "..."));
    talloc_free(context);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_short_text_leaves_the_foot_below),
        cmocka_unit_test(a_long_text_is_paged),
        cmocka_unit_test(lines_are_broken_at_blanks),
        cmocka_unit_test(nothing_is_wider_than_the_screen),
        cmocka_unit_test(a_line_is_cut),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
