// The attacks of attacks/ and the submissions of make_attack_archives.c, handed in as one class
// each. None gets points, harms the host, changes another's grade or leaves a process.
#define _GNU_SOURCE
#include "tests/scene.h"

#include "base/files.h"
#include "base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <talloc.h>
#include <unistd.h>

#define ATTACKS "harness/tests/attacks"

// ---- Marks that an attack leaves outside of its sandbox ----

// Where network_loopback.c connects to as it stands; here it gets a port that is free.
#define ATTACK_PORT "47891"

static const char marks[] = "/tmp/racelings-attack-* /dev/shm/racelings-attack-* "
                            "class/../racelings-attack-* ../racelings-attack-*";

// Listens on a free port of this machine, whose number it fills in.
static int listen_for_attacks(int *port)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof address;
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    assert_int_equal(bind(listener, (const struct sockaddr *)&address, size), 0);
    assert_int_equal(listen(listener, 16), 0);
    assert_int_equal(getsockname(listener, (struct sockaddr *)&address, &size), 0);
    *port = ntohs(address.sin_port);
    return listener;
}

static void assert_unharmed(struct scene *scene)
{
    shell(scene, "ls -d %s 2>/dev/null", marks);
    assert_string_equal(scene->output, "");
    assert_nothing_left(scene);
    assert_tmp_empty(scene);
}

// ---- The attacks ----

// What follows "// KEY: " in the head comment of an attack; NULL if there is none.
static char *head(struct scene *scene, const char *text, const char *key)
{
    char *mark = talloc_asprintf(scene, "// %s: ", key);
    const char *at = strstr(text, mark), *end = strstr(text, "\n\n");
    if (!at || at > end)
        return NULL;
    at += strlen(mark);
    return talloc_strndup(scene, at, strcspn(at, "\n"));
}

// What was said of the exercise: the refusal, the message and the judges' reasons.
static char *reasons(struct scene *scene, json_t *cell)
{
    size_t index;
    json_t *judgement;
    const char **all = list_new(scene);
    json_t *refused = json_object_get(cell, "refused");
    const char *reason = json_string_value(json_object_get(refused, "reason"));
    const char *message = json_string_value(json_object_get(cell, "message"));
    list_add(&all, reason ? reason : "");
    list_add(&all, message ? message : "");
    json_array_foreach(json_object_get(cell, "judgements"), index, judgement)
    {
        const char *said = json_string_value(json_object_get(judgement, "reason"));
        list_add(&all, said ? said : "");
    }
    return list_join(scene, all, "\n");
}

static const char *exercise_of(struct scene *scene, const char *text)
{
    const char *exercise = head(scene, text, "Exercise");
    return exercise ? exercise : "counter";
}

// Says what is not as promised, and returns false.
static bool as_promised(struct scene *scene, const char *name, const char *text)
{
    const char *expected = head(scene, text, "Expected"), *reason = head(scene, text, "Reason");
    const char *line = head(scene, text, "Line");
    json_t *result = result_of(scene, name);
    const char *exercise = exercise_of(scene, text);
    json_t *cell = cell_of(result, exercise);
    char *standing = standing_of(scene, name, exercise);
    char *said = reasons(scene, cell);
    int refused_line =
        (int)json_integer_value(json_object_get(json_object_get(cell, "refused"), "line"));
    double points = json_number_value(json_object_get(result, "points"));
    bool good = strcmp(expected, "not passed") == 0 ? strcmp(standing, "passed") != 0
                                                    : strcmp(standing, expected) == 0;
    json_decref(result);
    bool refused = refused_line > 0 || strcmp(standing, "refused") == 0;
    if (refused || strcmp(standing, expected) == 0)
        good = good && (!reason || strstr(said, reason));
    if (refused)
        good = good && (!line || refused_line == atoi(line));
    good = good && (points > 0) == (strcmp(expected, "passed") == 0);
    if (!good)
        print_error("%s: expected %s (%s, line %s), but it is %s, line %d, with %g points:\n%s\n",
                    name, expected, reason ? reason : "-", line ? line : "-", standing,
                    refused_line, points, said);
    return good;
}

// The attacks in a folder, each its result against its head comment. Returns how many there are.
static int compare_all(struct scene *scene, const char *folder, int *wrong)
{
    struct problem problem;
    char **names = folder_list(scene, COURSE, folder, &problem);
    int count = 0;
    assert_non_null(names);
    for (size_t i = 0; names[i]; i++) {
        const char *end = strrchr(names[i], '.');
        if (!end || strcmp(end, ".c") != 0)
            continue;
        const char *path = path_join(scene, path_join(scene, COURSE, folder), names[i]);
        char *text = file_read(scene, NULL, path, 1 << 20, NULL, NULL);
        assert_non_null(text);
        *wrong +=
            !as_promised(scene, talloc_strndup(scene, names[i], (size_t)(end - names[i])), text);
        count++;
    }
    return count;
}

// An honest student among them, before and after all the others in the order of their names.
static void attacks_in_programs(void **state)
{
    struct scene *scene = *state;
    int wrong = 0, port = 0, listener = listen_for_attacks(&port);
    shell(scene, "rm -f %s", marks);
    shell(scene,
          "for f in " COURSE "/" ATTACKS "/*.c " COURSE "/" ATTACKS
          "/*/*.c; do n=$(basename $f .c); "
          "e=$(sed -n 's|^// Exercise: ||p' $f); "
          "e=$(sed -n 's|.*\"edit\": ..\\(.*\\)\"\\].*|\\1|p' " COURSE
          "/exercises/*/[0-9][0-9]-${e:-counter}/exercise.json); "
          "mkdir class/$n && sed 's/" ATTACK_PORT "/%d/' $f > class/$n/$e; done",
          port);
    shell(scene, "grep -c 'PORT = %d' class/network_loopback/counter.c", port);
    assert_string_equal(scene->output, "1\n");
    hand_in_counter(scene, "aaa-honest", ANSWERS "/counter.c");
    hand_in_counter(scene, "zzz-honest", ANSWERS "/also-right/relaxed.c");
    shell(scene,
          RACELINGS " grade class --out out --timeout 6 counter spinlock lost-wakeup publish "
                    "process-pool time-limit unheard-bell from-the-wrong-thread unlocked-reader");
    assert_int_equal(scene->status, 1); // one is ungradable
    int count = compare_all(scene, ATTACKS, &wrong);
    count += compare_all(scene, ATTACKS "/unbounded", &wrong);
    count += compare_all(scene, ATTACKS "/known-gaps", &wrong);
    printf("%d attacks, %d not as promised\n", count, wrong);
    assert_true(count >= 30);
    assert_int_equal(wrong, 0);
    expect_standing(scene, "aaa-honest", "counter", "passed");
    expect_standing(scene, "zzz-honest", "counter", "passed");
    assert_true(accept(listener, NULL, NULL) < 0); // nobody came
    assert_unharmed(scene);
    close(listener);
}

// ---- The submissions ----

// What make_attack_archives says of an entry, against the result of the student it became. Names
// that had to be changed for it are left to the count of points.
static void compare_entry(struct scene *scene, char *line, int *compared)
{
    const char *entry = strsep(&line, "\t"), *expected = strsep(&line, "\t");
    const char *plain = "abcdefghijklmnopqrstuvwxyz-0123456789";
    if (!expected || entry[strspn(entry, plain)])
        return;
    char *standing = standing_of(scene, entry, "counter");
    if (strcmp(expected, "not passed") == 0 ? strcmp(standing, "passed") == 0
                                            : strcmp(standing, expected) != 0)
        fail_msg("%s: expected %s, but it is %s", entry, expected, standing);
    (*compared)++;
}

static void attacks_in_submissions(void **state)
{
    struct scene *scene = *state;
    int compared = 0;
    shell(scene, "rm -f %s; " MAKE_ATTACK_ARCHIVES " class", marks);
    assert_int_equal(scene->status, 0);
    char *list = scene->output, *line;
    grade(scene, "counter", 0);
    while ((line = strsep(&list, "\n")) != NULL)
        compare_entry(scene, line, &compared);
    assert_true(compared >= 12);
    expect_standing(scene, "victim", "counter", "passed");
    shell(
        scene,
        "ls class | wc -l; ls out/students | wc -l; cut -d, -f3- out/grades.csv | grep -c 10,10,10");
    int entries = 0, students = 0, passed = 0;
    assert_int_equal(sscanf(scene->output, "%d %d %d", &entries, &students, &passed), 3);
    assert_true(students >= 30);
    assert_int_equal(passed, 2); // the victim, and who wrote UTF-16
    shell(scene, "cat out/grades.csv out/students/*/feedback.txt | tr -d '\\t\\r\\n' | "
                 "LC_ALL=C grep -c '[[:cntrl:]]'");
    assert_string_equal(scene->output, "0\n"); // nothing in them drives a terminal
    assert_unharmed(scene);
}

// With an argument: only the test of that name.
int main(int argc, char **argv)
{
    cmocka_set_test_filter(argc > 1 ? argv[1] : NULL);
    if (!scene_possible())
        return SCENE_SKIPPED;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(attacks_in_submissions, scene_setup, scene_teardown),
        cmocka_unit_test_setup_teardown(attacks_in_programs, scene_setup, scene_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
