// The command line as people meet it who ask for help or mistype: the program itself is run, on a
// course of one exercise. Nothing is judged.

#include "base/text.h"
#include "commands/commands.h"
#include "tests/commands/one_exercise.h"
#include "toolchain.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>
#include <talloc.h>

static void wrong_usage(void **state)
{
    static const struct {
        const char *arguments, *words;
    } cases[] = {
        {"", "racelings check [NAME...]"},
        {"frobnicate", "there is no command \"frobnicate\""},
        {"check --course . countr", "did you mean counter?"},
        {"check --course . --detector oracle", "tsan, helgrind, native, not \"oracle\""},
        {"check --course . --detector tasn", "did you mean tsan?"},
        {"check --course . --variant mine", "yours, broken, fixed, not \"mine\""},
        {"hint --course . COUNTER", "did you mean counter?"},
        {"Check", "did you mean check?"},
        {"chekc", "did you mean check?"},
        {"check --course . -j 0", "-j takes a whole number"},
        {"check --course . -j two", "-j takes a whole number"},
        {"check --course . --timeout -1", "--timeout takes a number of seconds"},
        {"check --course . --frobnicate",
         "check: there is no option --frobnicate; \"racelings help"},
        {"check --course . --varient=yours", "no option --varient=yours; did you mean --variant?"},
        {"check --course . --co", "did you mean --commands or --course?"}, // could be either
        {"check --course . -x", "there is no option -x"},
        {"check --course . 1-lost-updats", "did you mean 1-lost-updates?"},
        {"list --course . lost", "no exercise or chapter is called \"lost\"; did you mean 1-lost"},
        {"list --json=file", "there is no option --json=file"},
        {"help chek", "did you mean check?"},
        {"check --course . --detector", "needs a value"},
        {"doctor --quiet", "there is no option --quiet"},
        {"check --course /nowhere", "there is no course in /nowhere"},
        {"check --course solutions", "exercises"},
        {"check --course . --answer x.c", "exactly one exercise"},
        {"check --course . counter --answer x.c", "x.c"},
        {"check --course . counter --answer exercises/README.md", "not a C source"},
        {"try", "which program?"},
        {"try nowhere.c", "nowhere.c"},
        {"try exercises/README.md", "not a C source"},
        {"try binary.c", "binary.c"},
        {"try folder.c", "folder.c"},
    };
    struct scene *scene = *state;
    shell(scene, "printf 'int\\0main' > binary.c; mkdir folder.c");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        expect(scene, cases[i].arguments, 2, cases[i].words);
}

// What is wrong is said in a few lines, never with the whole of the help.
static void complaints_are_short(void **state)
{
    static const char *const wrong[] = {
        "frobnicate", "check --frobnicate", "check nothing", "check --variant mine", "hint", "try",
        NULL};
    struct scene *scene = *state;
    for (size_t i = 0; wrong[i]; i++) {
        shell(scene, RACELINGS " %s 2>&1 | wc -l", wrong[i]);
        assert_in_range(strtol(scene->output, NULL, 10), 1, 3);
    }
}

// What is typed can end no line and move no cursor, and no tool is asked about a file whose name
// its report could not hold.
static void control_characters_are_shown(void **state)
{
    struct scene *scene = *state;
    shell(
        scene,
        "name=$(printf 'a\nb\t\033[31m.c'); echo 'int main(void) { return 0; }' > \"$name\"; " RACELINGS
        " try \"$name\" 2>&1");
    assert_ended(scene, "try", 2);
    assert_said(scene, "try: \"a\\nb\\t\\x1b[31m.c\" holds a control");
    shell(scene, "name=$(printf 'a\nb'); " RACELINGS " grade . --out \"$name\" 2>&1");
    assert_said(scene, "grade: \"a\\nb\" holds a control");
    shell(scene, RACELINGS " \"$(printf 'x\nfo\033[31m')\" 2>&1");
    assert_said(scene, "there is no command \"x\\nfo\\x1b[31m\";");
    shell(scene, RACELINGS " check \"$(printf -- '--x\033[31m')\" 2>&1");
    assert_said(scene, "--x\\x1b[31m");
}

// Who has renamed the file, as browsers and Windows do, is not only told how to begin anew.
static void a_file_that_is_gone_is_looked_for(void **state)
{
    struct scene *scene = *state;
    shell(scene, "cd exercises/*/*/ && mv counter.c 'Counter (1).c'");
    expect(scene, "check --course . counter", 2, "is gone, but there is \"Counter (1).c\": give");
    shell(scene, "cd exercises/*/*/ && mv 'Counter (1).c' counter.c.1.mine");
    expect(scene, "check --course . counter", 2, "is gone: \"racelings reset counter\" puts");
}

// What could not be printed is told by the exit status; and what is opened first is not printed into.
static void output_that_is_lost_is_told(void **state)
{
    struct scene *scene = *state;
    shell(scene, RACELINGS " list --course . 2>&1 > /dev/full");
    assert_ended(scene, "list", 3);
    assert_said(scene, "could not be written: No space left on device");
    shell(scene, RACELINGS " help > /dev/full 2> said; echo $?; cat said");
    assert_said(scene, "3\nracelings: what was to be printed");
    shell(scene, RACELINGS " hint counter --course . >&-; echo $?; cat .racelings/*hint*");
    assert_string_equal(scene->output, "0\n1\n");
}

// As all else that is said: within 80 columns, but for a word that is longer; what goes on is
// indented.
static void complaints_are_wrapped(void **state)
{
    struct scene *scene = *state;
    const char *path = "/"
                       "0123456789/0123456789/0123456789/0123456789/0123456789/0123456789/01234567";
    shell(scene, RACELINGS " check --course %s/0123 2>&1 | sed 's/^    /+ /'", path);
    assert_non_null(strstr(scene->output, "racelings: there is no course in\n"));
    assert_non_null(strstr(scene->output, talloc_asprintf(scene, "\n+ %s/0123", path)));
    shell(scene, RACELINGS " check --frobnicate 2>&1 | grep -c '^racelings: '");
    assert_string_equal(scene->output, "1\n");
    shell(scene,
          RACELINGS " check --variant mine --course . 2>&1; " RACELINGS
                    " check --course . countr-that-has-a-longer-name-than-any-exercise 2>&1");
    for (char *line = strtok(scene->output, "\n"); line; line = strtok(NULL, "\n"))
        assert_in_range(strlen(line), 1, 80);
}

// A page for every command, on one screen, that names every option; also by --help, whatever else
// is asked for, but not where the word belongs to the program that is tried.
static void help_fits_a_screen(void **state)
{
    struct scene *scene = *state;
    for (size_t i = 0; subcommands[i]; i++) {
        const char *name = subcommands[i]->name;
        shell(scene,
              RACELINGS " help %s > page && " RACELINGS " %s --help | cmp page - && " RACELINGS
                        " %s --frobnicate -h | cmp page - && cat page",
              name, name, name);
        assert_ended(scene, name, 0);
        for (size_t k = 0; subcommands[i]->options[k]; k++)
            assert_said(scene, talloc_asprintf(scene, "--%s", subcommands[i]->options[k]->name));
        shell(scene, "wc -l < page; awk 'length > 80' page");
        long lines = strtol(scene->output, NULL, 10);
        assert_in_range(lines, 3, 24);
        assert_null(strchr(strchr(scene->output, '\n') + 1, '\n')); // no line is too long
        expect(scene, "help", 0, talloc_asprintf(scene, "\n  racelings %s", name));
    }
    expect(scene, "--help", 0, "Exit status: 0 as hoped");
    shell(scene, RACELINGS " help > page; wc -l < page; awk 'length > 80' page");
    assert_in_range(strtol(scene->output, NULL, 10), 10, 24);
    assert_null(strchr(strchr(scene->output, '\n') + 1, '\n'));
    shell(scene, "echo 'int main(int n, char **v) { return n != 2 || v[1][2] != 104; }' > a.c");
    expect(scene, "try a.c --detector native -- --help", 0, "clean");
}

// On a narrow terminal every line of every page still fits. (`script` makes the terminal.)
static void help_fits_a_narrow_terminal(void **state)
{
    struct scene *scene = *state;
    shell(scene, "script -qec true /dev/null");
    if (scene->status != 0)
        skip();
    for (size_t i = 0; subcommands[i]; i++) {
        shell(scene,
              "script -qec 'stty cols 60; " RACELINGS " help %s; " RACELINGS
              " help' /dev/null | tr -d '\\r' > page; "
              "grep -c . page; awk 'length > 60' page",
              subcommands[i]->name);
        assert_in_range(strtol(scene->output, NULL, 10), 20, 200);
        const char *wide = strchr(scene->output, '\n') + 1;
        if (*wide)
            fail_msg("too wide in %s: %s", subcommands[i]->name, wide);
    }
}

static void the_version_is_told(void **state)
{
    expect(*state, "--version", 0, "racelings " RACELINGS_VERSION "\n");
}

static void options_have_short_forms_and_beginnings(void **state)
{
    struct scene *scene = *state;
    expect(scene, "check --course . counter -v broken -d native -j 1 --commands", 0, "clang");
    expect(scene, "check --cour=. --var=broken --det=native --jobs=1 --comm counter", 0, "clang");
}

static void names_are_listed(void **state)
{
    struct scene *scene = *state;
    expect(scene, "list --course . --names", 0, "");
    assert_string_equal(scene->output, "1-lost-updates\ncounter\n");
    expect(scene, "list --course . 1-lost-updates", 0, "01 counter");
    expect(scene, "list --course . --json counter", 0, "\"name\": \"counter\"");
}

// What bash offers for the last of the words, which follow "racelings".
static void assert_completes(struct scene *scene, const char *words, const char *expected)
{
    shell(scene,
          "PATH=\"$(dirname " RACELINGS
          "):$PATH\" bash -c 'eval \"$(racelings completion bash)\" && "
          "compopt() { :; } && COMP_WORDS=(racelings \"$@\") && COMP_CWORD=$# && _racelings; "
          "echo \"${COMPREPLY[@]}\"' bash %s",
          words);
    assert_ended(scene, words, 0);
    assert_string_equal(scene->output, talloc_asprintf(scene, "%s\n", expected));
}

// Every option of every command is offered, and where words stand there is something to offer.
static void all_options_are_completed(void **state)
{
    struct scene *scene = *state;
    for (size_t i = 0; subcommands[i]; i++)
        for (size_t k = 0; subcommands[i]->options[k]; k++) {
            const struct option_rule *rule = subcommands[i]->options[k];
            char *option = talloc_asprintf(scene, "--%s", rule->name);
            assert_completes(scene, talloc_asprintf(scene, "%s %s", subcommands[i]->name, option),
                             option);
            if (rule->words)
                assert_completes(scene,
                                 talloc_asprintf(scene, "%s %s ''", subcommands[i]->name, option),
                                 list_join(scene, rule->words, " "));
        }
}

static void names_files_and_commands_are_completed(void **state)
{
    struct scene *scene = *state;
    shell(scene, "mkdir -p folder && touch folder/file.c && echo mark > .racelings-course");
    assert_completes(scene, "ver", "verify");
    assert_completes(scene, "help ch", "check");
    assert_completes(scene, "check c", "counter"); // of the course that the words are typed in
    assert_completes(scene, "check -q 1-", "1-lost-updates");
    assert_completes(scene, "check -d native c", "counter");
    assert_completes(scene, "check -d n", "native");
    assert_completes(scene, "try folder/f", "folder/file.c");
    assert_completes(scene, "handout fol", "folder");
    assert_completes(scene, "handout folder c", "counter");
    assert_completes(scene, "grade --out fol", "folder");
    assert_completes(scene, "check --jobs ''", "");
    assert_completes(scene, "doctor ''", "");
    assert_completes(scene, "completion z", "zsh");
}

int main(void)
{
#define TEST(function)                                                                             \
    cmocka_unit_test_setup_teardown(function, one_exercise_setup, one_exercise_teardown)
    const struct CMUnitTest tests[] = {
        TEST(wrong_usage),
        TEST(complaints_are_short),
        TEST(a_file_that_is_gone_is_looked_for),
        TEST(output_that_is_lost_is_told),
        TEST(complaints_are_wrapped),
        TEST(control_characters_are_shown),
        TEST(help_fits_a_screen),
        TEST(help_fits_a_narrow_terminal),
        TEST(the_version_is_told),
        TEST(options_have_short_forms_and_beginnings),
        TEST(names_are_listed),
        TEST(all_options_are_completed),
        TEST(names_files_and_commands_are_completed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
