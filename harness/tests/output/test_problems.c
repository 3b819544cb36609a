// Problems as editors and GitHub read them: what `check --format` writes, against what the readers
// ask of it: the problem matcher of a handout's tasks, vim where it is installed, and the rules of
// SARIF 2.1.0.

#include "tests/commands/one_exercise.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <jansson.h>
#include <regex.h>
#include <string.h>
#include <talloc.h>

#define FILE_NAME EXERCISE "/counter.c"

static const char *string_in(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    assert_non_null(text);
    return text;
}

// The regular expression by which the handout's task finds problems: it is written so that
// JavaScript and POSIX agree about it.
static void compile_matcher(regex_t *matcher)
{
    json_error_t error;
    json_t *tasks = json_load_file(COURSE "/harness/handout/tasks.json", 0, &error);
    const json_t *task = json_array_get(json_object_get(tasks, "tasks"), 0);
    const json_t *pattern = json_object_get(json_object_get(task, "problemMatcher"), "pattern");
    assert_non_null(
        strstr(string_in(task, "command"), "check ${relativeFileDirname} --format gcc"));
    assert_int_equal(regcomp(matcher, string_in(pattern, "regexp"), REG_EXTENDED), 0);
    json_decref(tasks);
}

// The words of group `number` of the line that begins at `line`.
static char *group(const void *context, const char *line, const regmatch_t *groups, int number)
{
    return talloc_strndup(context, line + groups[number].rm_so,
                          (size_t)(groups[number].rm_eo - groups[number].rm_so));
}

static void lines_for_editors(void **state)
{
    struct scene *scene = *state;
    regex_t matcher;
    regmatch_t groups[6];
    size_t lines = 0, notes = 0;
    compile_matcher(&matcher);
    expect(scene, "check --course . " EXERCISE " --variant broken --format gcc", 0,
           FILE_NAME ":24:19: data race: counter->value: T");
    assert_said(scene, "holding no lock; nothing orders that");
    assert_said(scene, " [explore, tsan, helgrind]\n" FILE_NAME ":24:19: note: T");
    for (char *rest = scene->output, *line; (line = strsep(&rest, "\n")) && *line; lines++) {
        assert_int_equal(regexec(&matcher, line, 6, groups, 0), 0);
        const char *kind = group(scene, line, groups, 5);
        assert_true(strncmp(group(scene, line, groups, 1), "exercises/", 10) == 0);
        notes += strcmp(kind, "note") == 0;
        assert_null(strstr(line, "0x")); // no addresses
    }
    assert_in_range(lines, 3, 12);
    assert_in_range(notes, 1, 4);
    regfree(&matcher);

    // From elsewhere a file is named by its whole path; where all is well nothing is said.
    shell(scene,
          "cd exercises && " RACELINGS " check --course .. counter -v broken -d tsan --format gcc");
    assert_said(scene,
                talloc_asprintf(scene, "%s/" FILE_NAME ":24:19: data race: ", scene->folder));
    expect(scene, "check --course . counter --variant fixed --format gcc", 0, "");
    assert_string_equal(scene->output, "");
    shell(scene, "echo 'int counter' > " FILE_NAME);
    expect(scene, "check --course . counter --format gcc", 1,
           FILE_NAME ":1:12: error: expected ';'");
    assert_null(
        strstr(strstr(scene->output, ":1:12:") + 1, ":1:12:")); // four builds, one complaint
}

static void vim_reads_them(void **state)
{
    struct scene *scene = *state;
    shell(scene, "command -v vim > /dev/null || exit 77");
    if (scene->status == 77)
        skip();
    shell(
        scene, RACELINGS
        " check --course . counter -v broken -d tsan --format gcc > list; "
        "vim -N -u NONE -i NONE -es -c 'set errorformat=%%f:%%l:%%c:\\ %%m' -c 'cgetfile list' "
        "-c 'call writefile(map(getqflist(), "
        "{_, q -> join([bufname(q.bufnr), q.lnum, q.col, q.valid, q.text[:6]], \"|\")}), \"read\")' "
        "-c 'qa!' < /dev/null; head -n 2 read");
    assert_string_equal(scene->output,
                        FILE_NAME "|24|19|1|data ra\n" FILE_NAME "|24|19|1|note: T\n");
}

// ---- SARIF ----

// A physical location: a file of the course, from the base that the run defines, and a place in it.
static void check_location(const json_t *run, const json_t *location)
{
    const json_t *physical = json_object_get(location, "physicalLocation");
    const json_t *artifact = json_object_get(physical, "artifactLocation");
    const json_t *region = json_object_get(physical, "region");
    const char *base = string_in(artifact, "uriBaseId");
    const char *root =
        string_in(json_object_get(json_object_get(run, "originalUriBaseIds"), base), "uri");
    assert_true(strncmp(string_in(artifact, "uri"), "exercises/", 10) == 0);
    assert_true(strncmp(root, "file:///", 8) == 0 && root[strlen(root) - 1] == '/');
    assert_true(json_integer_value(json_object_get(region, "startLine")) >= 1);
    assert_true(json_integer_value(json_object_get(region, "startColumn")) >= 1);
}

static void check_rule(const json_t *run, const json_t *result)
{
    const json_t *driver = json_object_get(json_object_get(run, "tool"), "driver");
    size_t index = (size_t)json_integer_value(json_object_get(result, "ruleIndex"));
    const json_t *rule = json_array_get(json_object_get(driver, "rules"), index);
    assert_string_equal(string_in(rule, "id"), string_in(result, "ruleId"));
    assert_string_equal(string_in(driver, "name"), "racelings");
}

// The schedule of a race: at least two threads, whose steps have places in one order.
static void check_flow(const json_t *run, const json_t *flow)
{
    size_t at, step;
    json_t *thread, *location;
    json_int_t seen[64] = {0};
    const json_t *threads = json_object_get(flow, "threadFlows");
    assert_true(json_array_size(threads) >= 2);
    json_array_foreach(threads, at, thread)
    {
        json_int_t last = 0;
        string_in(thread, "id");
        json_array_foreach(json_object_get(thread, "locations"), step, location)
        {
            json_int_t order = json_integer_value(json_object_get(location, "executionOrder"));
            assert_in_range(order, last + 1, 63);
            assert_int_equal(seen[order]++, 0);
            check_location(run, json_object_get(location, "location"));
            last = order;
        }
    }
}

static const json_t *check_log(const json_t *log)
{
    size_t at, more;
    json_t *result, *part;
    const json_t *run = json_array_get(json_object_get(log, "runs"), 0);
    assert_string_equal(string_in(log, "version"), "2.1.0");
    assert_int_equal(json_array_size(json_object_get(log, "runs")), 1);
    assert_true(json_is_array(json_object_get(run, "results")));
    json_array_foreach(json_object_get(run, "results"), at, result)
    {
        check_rule(run, result);
        string_in(json_object_get(result, "message"), "text");
        assert_string_equal(string_in(result, "level"), "error");
        check_location(run, json_array_get(json_object_get(result, "locations"), 0));
        json_array_foreach(json_object_get(result, "relatedLocations"), more, part)
            check_location(run, part);
        json_array_foreach(json_object_get(result, "codeFlows"), more, part) check_flow(run, part);
    }
    return run;
}

static void sarif(void **state)
{
    struct scene *scene = *state;
    json_error_t error;
    expect(scene, "check --course . counter --variant broken --format sarif", 0, "{");
    json_t *log = json_loads(scene->output, 0, &error);
    assert_non_null(log);
    const json_t *run = check_log(log);
    const json_t *first = json_array_get(json_object_get(run, "results"), 0);
    assert_string_equal(string_in(first, "ruleId"), "data-race");
    assert_int_equal(json_array_size(json_object_get(first, "codeFlows")), 1);
    assert_int_equal(
        json_array_size(json_object_get(json_object_get(first, "properties"), "judges")), 3);
    json_decref(log);

    expect(scene, "check --course . counter --variant fixed --format sarif", 0, "{");
    log = json_loads(scene->output, 0, &error);
    run = check_log(log);
    assert_int_equal(json_array_size(json_object_get(run, "results")), 0);
    const json_t *invocation = json_array_get(json_object_get(run, "invocations"), 0);
    assert_true(json_is_true(json_object_get(invocation, "executionSuccessful")));
    json_decref(log);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, one_exercise_setup, one_exercise_teardown)
    const struct CMUnitTest tests[] = {TEST(lines_for_editors), TEST(vim_reads_them), TEST(sarif)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
