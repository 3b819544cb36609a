// Telling a program's fault from the toolchain's: what does not build, and what could not be built.

#include "base/files.h"
#include "judge/build.h"
#include "run/workspace.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>
#include <sys/stat.h>
#include <talloc.h>

struct scene {
    const char *folder; // sources and the program
    struct build build;
};

static int setup(void **state)
{
    struct scene *scene = talloc_zero(NULL, struct scene);
    scene->folder = workspace_new(scene, NULL);
    *state = scene;
    return 0;
}

static int teardown(void **state)
{
    talloc_free(*state);
    return 0;
}

// Builds `text` for ThreadSanitizer, with another compiler if one is given.
static void build(struct scene *scene, const char *text, const char *compiler)
{
    struct problem problem;
    struct recipe recipe = *tsan_detector.recipe;
    const char *const files[] = {"a.c", NULL};
    const struct sources sources = {scene->folder, NULL, files};
    if (compiler)
        recipe.compiler = compiler;
    file_write(scene->folder, "a.c", text, strlen(text), NULL);
    assert_true(build_program(scene, &recipe, &sources, scene->folder, NULL, &scene->build,
                              &problem));
}

// A stand-in for the compiler.
static const char *script(struct scene *scene, const char *text)
{
    char *path = talloc_asprintf(scene, "%s/compiler", scene->folder);
    file_write(scene->folder, "compiler", text, strlen(text), NULL);
    chmod(path, 0700);
    return path;
}

static void a_right_program(void **state)
{
    struct scene *scene = *state;
    build(scene, "int main(void) { return 0; }\n", NULL);
    assert_int_equal(scene->build.ending, BUILD_DONE);
    assert_string_equal(scene->build.messages, "");
}

static void programs_at_fault(void **state)
{
    static const struct {
        const char *text, *first;
    } cases[] = {
        {"int main(void) { return x; }\n", "a.c:1:25: error: use of undeclared identifier 'x'"},
        {"#include \"nowhere.h\"\n", "fatal error: 'nowhere.h' file not found"},
        {"int f(void);\nint main(void) { return f(); }\n", "undefined reference to `f'"},
        {"#error clang: error: linker command failed\n", "a.c:1:2: error: "},
        {"const char *__tsan_default_options(void) { return \"\"; }\nint main(void) { return 0; }\n",
         "multiple definition of `__tsan_default_options'"},
        {"int main(void) { return 0; }\nint main(void) { return 1; }\n", "redefinition of 'main'"},
        {"Once upon a time\n", "a.c:1:1: error: "},
    };
    struct scene *scene = *state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        build(scene, cases[i].text, NULL);
        if (scene->build.ending != BUILD_REJECTED)
            fail_msg("case %zu: %s", i, scene->build.messages);
        if (!strstr(scene->build.first, cases[i].first))
            fail_msg("\"%s\" does not hold \"%s\"", scene->build.first, cases[i].first);
    }
}

static void toolchains_that_fail(void **state)
{
    static const struct {
        const char *script, *first;
    } cases[] = {
        {"#!/bin/sh\nkill -SEGV $$\n", "the compiler failed (signal 11)"},
        {"#!/bin/sh\nexit 1\n", "the compiler failed (exit status 1)"},
        {"#!/bin/sh\necho 'clang: error: unable to execute command: Killed'\nexit 1\n", "Killed"},
        {"#!/bin/sh\necho '/usr/bin/ld: cannot find libclang_rt.tsan-x86_64.a'\n"
         "echo 'clang: error: linker command failed with exit code 1'\nexit 1\n",
         "cannot find libclang_rt"},
        {"#!/bin/sh\necho 'a.c:1:1: fatal error: error writing: No space left on device'\nexit 1\n",
         "no space left"},
        {"#!/bin/sh\necho '/racelings/runtime/a.c:1: undefined reference to `f'\\'''\nexit 1\n",
         "the compiler failed"},
    };
    struct scene *scene = *state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        build(scene, "int main(void) { return 0; }\n", script(scene, cases[i].script));
        assert_int_equal(scene->build.ending, BUILD_FAILED);
        if (!strstr(scene->build.first, cases[i].first))
            fail_msg("\"%s\" does not hold \"%s\"", scene->build.first, cases[i].first);
    }
}

static void a_compiler_that_is_gone(void **state)
{
    struct scene *scene = *state;
    build(scene, "int main(void) { return 0; }\n", "/nowhere/clang");
    assert_int_equal(scene->build.ending, BUILD_FAILED);
    assert_non_null(strstr(scene->build.first, "/nowhere/clang"));
    assert_non_null(strstr(scene->build.first, "No such file"));
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(a_right_program),
        TEST(programs_at_fault),
        TEST(toolchains_that_fail),
        TEST(a_compiler_that_is_gone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
