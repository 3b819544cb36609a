// The judges at the desk: who begins when, and that nobody is left when they are sent away.
#define _GNU_SOURCE
#include "base/files.h"
#include "judge/hearing.h"
#include "run/workspace.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <poll.h>
#include <sched.h>
#include <string.h>
#include <sys/stat.h>
#include <talloc.h>

enum { JUDGES = 4 };

struct scene {
    const char *folder;
    struct subject subject;
    struct recipe recipes[JUDGES];
    struct detector judges[JUDGES];
    const struct detector *chosen[JUDGES + 1];
    cpu_set_t processors;
};

// A stand-in for a compiler.
static const char *script(struct scene *scene, const char *name, const char *text)
{
    const char *path = path_join(scene, scene->folder, name);
    assert_true(file_write(scene->folder, name, text, strlen(text), NULL));
    assert_int_equal(chmod(path, 0700), 0);
    return path;
}

// Four judges, with clocks of 10, 20, 40 and 30 seconds, whose compilers reject whatever it is.
static int setup(void **state)
{
    static const double clocks[JUDGES] = {10, 20, 40, 30};
    static const char *const files[] = {"a.c", NULL};
    struct scene *scene = talloc_zero(NULL, struct scene);
    scene->folder = workspace_new(scene, NULL);
    scene->subject = (struct subject){.name = "a", .variant = "try"};
    scene->subject.sources = (struct sources){.root = scene->folder, .files = files};
    assert_true(file_write(scene->folder, "a.c", "", 0, NULL));
    const char *rejects = script(scene, "rejects", "#!/bin/sh\necho 'a.c:1: error: no'; exit 1\n");
    for (int i = 0; i < JUDGES; i++) {
        scene->recipes[i] = *tsan_detector.recipe;
        scene->recipes[i].compiler = rejects;
        scene->judges[i] = tsan_detector;
        scene->judges[i].seconds = clocks[i];
        scene->judges[i].recipe = &scene->recipes[i];
        scene->chosen[i] = &scene->judges[i];
    }
    sched_getaffinity(0, sizeof scene->processors, &scene->processors);
    *state = scene;
    return 0;
}

static int teardown(void **state)
{
    struct scene *scene = *state;
    sched_setaffinity(0, sizeof scene->processors, &scene->processors);
    talloc_free(scene);
    return 0;
}

// Has so many processors to run on. False if there are fewer.
static bool have_processors(const struct scene *scene, int count)
{
    cpu_set_t some;
    CPU_ZERO(&some);
    for (int i = 0; i < CPU_SETSIZE && CPU_COUNT(&some) < count; i++)
        if (CPU_ISSET(i, &scene->processors))
            CPU_SET(i, &some);
    return CPU_COUNT(&some) == count && sched_setaffinity(0, sizeof some, &some) == 0;
}

static const char *hanging(struct scene *scene)
{
    return script(scene, "hangs", "#!/bin/sh\nexec sleep 1000\n");
}

static struct hearing *begin(struct scene *scene, double patience)
{
    struct problem problem;
    struct hearing *hearing = hearing_open(&scene->subject, scene->chosen, patience, &problem);
    assert_non_null(hearing);
    return hearing;
}

// The number of the judge that has spoken next.
static long next_word(const struct scene *scene, struct hearing *hearing)
{
    struct pollfd bell = {.fd = hearing_descriptor(hearing), .events = POLLIN};
    const struct judgement *judgement = NULL;
    while (!judgement) {
        assert_int_equal(poll(&bell, 1, 60000), 1);
        judgement = hearing_take(hearing);
    }
    assert_int_equal(judgement->verdict, VERDICT_DOES_NOT_BUILD);
    return judgement->detector - scene->judges;
}

static void the_first_is_first(void **state)
{
    struct scene *scene = *state;
    assert_true(have_processors(scene, 1));
    struct hearing *hearing = begin(scene, 1000);
    for (size_t i = 0; i < JUDGES; i++) {
        assert_int_equal(hearing_left(hearing), JUDGES - i);
        assert_int_equal(next_word(scene, hearing) == 0, i == 0);
    }
    assert_null(hearing_take(hearing));
    hearing_close(hearing);
}

// While the first has one of two processors, the others have the other.
static void the_slowest_is_second(void **state)
{
    static const long order[] = {2, 3, 1};
    struct scene *scene = *state;
    if (!have_processors(scene, 2))
        skip();
    scene->recipes[0].compiler = hanging(scene);
    struct hearing *hearing = begin(scene, 1000);
    for (size_t i = 0; i < JUDGES - 1; i++)
        assert_int_equal(next_word(scene, hearing), order[i]);
    assert_int_equal(hearing_left(hearing), 1);
    hearing_close(hearing);
}

static void nobody_is_kept_for_long(void **state)
{
    struct scene *scene = *state;
    assert_true(have_processors(scene, 1));
    scene->recipes[0].compiler = hanging(scene);
    struct hearing *hearing = begin(scene, 0.01);
    for (size_t i = 1; i < JUDGES; i++)
        assert_int_not_equal(next_word(scene, hearing), 0);
    assert_int_equal(hearing_left(hearing), 1);
    hearing_close(hearing);
}

// Neither who is at work nor who waits for that.
static void all_can_be_sent_away(void **state)
{
    struct scene *scene = *state;
    assert_true(have_processors(scene, 1));
    for (int i = 0; i < JUDGES; i++)
        scene->recipes[i].compiler = hanging(scene);
    hearing_close(begin(scene, 1000));
    hearing_close(begin(scene, 0));
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(the_first_is_first),
        TEST(the_slowest_is_second),
        TEST(nobody_is_kept_for_long),
        TEST(all_can_be_sent_away),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
