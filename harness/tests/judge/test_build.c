// Telling a program's fault from the toolchain's: what does not build, and what could not be built.

#include "base/files.h"
#include "base/text.h"
#include "judge/detectors/detector.h"
#include "judge/build.h"
#include "run/resident.h"
#include "run/workspace.h"
#include "toolchain.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <talloc.h>
#include <time.h>
#include <unistd.h>

struct scene {
    const char *folder;    // sources and the program
    struct recipe recipe;  // of the build below
    struct detector judge; // with that recipe
    struct sources sources;
    struct build *build;
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

static void put(struct scene *scene, const char *name, const char *text)
{
    assert_true(file_write(scene->folder, name, text, strlen(text), NULL));
}

// Builds scene->sources by scene->recipe.
static void build_all(struct scene *scene)
{
    struct problem problem;
    TALLOC_FREE(scene->build);
    scene->build = build_new(scene, &scene->recipe, &scene->sources, &problem);
    assert_non_null(scene->build);
    assert_true(build_compile(scene->build, false, NULL, &problem));
    assert_true(build_link(scene->build, scene->folder, NULL, &problem));
}

// Builds `text` for ThreadSanitizer, with another compiler if one is given.
static void build(struct scene *scene, const char *text, const char *compiler)
{
    static const char *const files[] = {"a.c", NULL};
    scene->recipe = *tsan_detector.recipe;
    scene->sources = (struct sources){.root = scene->folder, .files = files};
    if (compiler)
        scene->recipe.compiler = compiler;
    put(scene, "a.c", text);
    build_all(scene);
}

// A stand-in for the compiler.
static const char *script(struct scene *scene, const char *text)
{
    char *path = talloc_asprintf(scene, "%s/compiler", scene->folder);
    file_write(scene->folder, "compiler", text, strlen(text), NULL);
    chmod(path, 0700);
    return path;
}

// Runs what was built.
static void expect_status(struct scene *scene, int status)
{
    const char *const argv[] = {path_join(scene, scene->folder, "program"), NULL};
    const struct command command = {
        .argv = argv, .seconds = 20, .output_limit = 1 << 16, .fixed_addresses = true};
    struct outcome outcome;
    assert_true(process_run(scene, &command, &outcome, NULL));
    assert_int_equal(outcome.ending, ENDED_EXITED);
    assert_int_equal(outcome.number, status);
}

static void a_right_program(void **state)
{
    struct scene *scene = *state;
    build(scene, "int main(void) { return 0; }\n", NULL);
    assert_int_equal(scene->build->ending, BUILD_DONE);
    assert_string_equal(scene->build->messages, "");
}

static void programs_at_fault(void **state)
{
    static const struct {
        const char *text, *first, *lld; // the linkers have words of their own
    } cases[] = {
        {"int main(void) { return x; }\n", "a.c:1:25: error: use of undeclared identifier 'x'",
         NULL},
        {"#include \"nowhere.h\"\n", "fatal error: 'nowhere.h' file not found", NULL},
        {"int f(void);\nint main(void) { return f(); }\n", "undefined reference to `f'",
         "undefined symbol: f"},
        {"#error clang: error: linker command failed\n", "a.c:1:2: error: ", NULL},
        {"const char *__tsan_default_options(void) { return \"\"; }\nint main(void) { return 0; }\n",
         "multiple definition of `__tsan_default_options'",
         "duplicate symbol: __tsan_default_options"},
        {"int main(void) { return 0; }\nint main(void) { return 1; }\n", "redefinition of 'main'",
         NULL},
        {"Once upon a time\n", "a.c:1:1: error: ", NULL},
    };
    struct scene *scene = *state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        build(scene, cases[i].text, NULL);
        if (scene->build->ending != BUILD_REJECTED)
            fail_msg("case %zu: %s", i, scene->build->messages);
        if (!strstr(scene->build->first, cases[i].first) &&
            !(cases[i].lld && strstr(scene->build->first, cases[i].lld)))
            fail_msg("\"%s\" does not hold \"%s\"", scene->build->first, cases[i].first);
    }
}

static void toolchains_that_fail(void **state)
{
    static const struct {
        const char *script, *first;
        enum build_ending ending;
    } cases[] = {
        {"#!/bin/sh\nkill -SEGV $$\n", "the compiler failed (signal 11)", BUILD_CRASHED},
        {"#!/bin/sh\nexit 139\n", "the compiler failed (signal 11)", BUILD_CRASHED},
        {"#!/bin/sh\nexit 1\n", "the compiler failed (exit status 1)", BUILD_FAILED},
        {"#!/bin/sh\necho 'clang: error: unable to execute command: Killed'\nexit 1\n", "Killed",
         BUILD_FAILED},
        {"#!/bin/sh\necho '/usr/bin/ld: cannot find libclang_rt.tsan-x86_64.a'\n"
         "echo 'clang: error: linker command failed with exit code 1'\nexit 1\n",
         "cannot find libclang_rt", BUILD_FAILED},
        {"#!/bin/sh\necho 'a.c:1:1: fatal error: error writing: No space left on device'\nexit 1\n",
         "no space left", BUILD_FAILED},
        {"#!/bin/sh\necho '/racelings/runtime/a.c:1: undefined reference to `f'\\'''\nexit 1\n",
         "the compiler failed", BUILD_FAILED},
        {"#!/bin/sh\necho 'ld.lld: error: undefined symbol: f'\n"
         "echo '>>> referenced by a.c:1 (/racelings/runtime/a.c:1)'\nexit 1\n",
         "the compiler failed", BUILD_FAILED},
        {"#!/bin/sh\necho 'ld.lld: error: undefined symbol: f'\n"
         "echo '>>> referenced by a.c:1 (./a.c:1)'\nexit 1\n",
         "f is used, but nothing defines it (undefined symbol: f)", BUILD_REJECTED},
        {"#!/bin/sh\necho 'a.c:(.text+0x7): relocation truncated to fit: R_X86_64_32S'\nexit 1\n",
         "more than 2 GB", BUILD_REJECTED},
        {"#!/bin/sh\necho 'ld.lld: error: a.o:(.text+0x7): relocation R_X86_64_32S out of range: 3'\n"
         "exit 1\n",
         "more than 2 GB", BUILD_REJECTED},
        {"#!/bin/sh\necho 'ld.lld: error: duplicate symbol: main\n>>> defined at a.c:42 (/x/a.c:42)\n"
         ">>>            0.o:(main)\n>>> defined at main.c:25 (main.c:25)'\nexit 1\n",
         "main is defined twice, at a.c:42 and main.c:25 (duplicate symbol: main)", BUILD_REJECTED},
        {"#!/bin/sh\necho \"ld: 0.o: multiple definition of \\`f'; first defined here\"\nexit 1\n",
         "f is defined twice (multiple definition of `f'", BUILD_REJECTED},
        {"#!/bin/sh\necho 'ld.lld: error: undefined symbol: __atomic_load_16'\nexit 1\n",
         "add -latomic", BUILD_REJECTED},
        {"#!/bin/sh\necho 'ld.lld: error: unable to find library -lfoo'\nexit 1\n",
         "the library foo is not found", BUILD_REJECTED},
        {"#!/bin/sh\necho '/usr/bin/ld: cannot find -lfoo: No such file or directory'\nexit 1\n",
         "the library foo is not found", BUILD_REJECTED},
        {"#!/bin/sh\necho 'ld.lld: error: unable to find library -lgcc_s'\nexit 1\n",
         "the compiler failed", BUILD_FAILED},
        {"#!/bin/sh\nkill -XCPU $$\n", "passed a limit", BUILD_EXCEEDED},
        {"#!/bin/sh\necho 'PLEASE submit a bug report to us'\necho 'Stack dump:'\n"
         "echo \"error: unable to rename temporary 'a.o.tmp' to output file 'a.o'\"\nexit 1\n",
         "passed a limit", BUILD_EXCEEDED},
        {"#!/bin/sh\necho 'PLEASE submit a bug report to us'\n"
         "echo 'clang: error: clang frontend command failed with exit code 132 (use -v)'\nexit 1\n",
         "the compiler failed", BUILD_CRASHED},
        {"#!/bin/sh\necho 'PLEASE submit a bug report to us'\necho 'Stack dump:'\nexit 1\n",
         "the compiler failed", BUILD_FAILED},
        {"#!/bin/sh\necho 'LLVM ERROR: out of memory'\nexit 1\n", "more memory", BUILD_EXCEEDED},
    };
    struct scene *scene = *state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        build(scene, "int main(void) { return 0; }\n", script(scene, cases[i].script));
        if (scene->build->ending != cases[i].ending || !strstr(scene->build->first, cases[i].first))
            fail_msg("case %zu: %d, \"%s\" does not hold \"%s\"", i, (int)scene->build->ending,
                     scene->build->first, cases[i].first);
    }
}

// A macro that doubles what it comes to, so often that nobody would wait: the texts that inspection
// asks for later have the same seconds of processor time as all else that it asks for. Twice two to
// the 38th: more than the preprocessor gets through in its time.
static const char *text_that_never_ends(struct scene *scene)
{
    char *text = talloc_strdup(scene, "#define M0\n");
    for (int i = 1; i < 40; i++)
        text = talloc_asprintf_append(text, "#define M%d M%d M%d\n", i, i - 1, i - 1);
    return talloc_asprintf_append(text, "M39\n");
}

static void texts_that_never_end(void **state)
{
    struct scene *scene = *state;
    struct problem problem;
    build(scene, "int main(void) { return 0; }\n", NULL);
    assert_int_equal(scene->build->ending, BUILD_DONE);
    put(scene, "a.c", text_that_never_ends(scene));
    assert_true(build_add_texts(scene->build, NULL, &problem));
    assert_int_equal(scene->build->ending, BUILD_EXCEEDED);
    assert_non_null(strstr(scene->build->first, "passed a limit"));
}

// Compiles `text` for the inspection, on one start of the compiler or by the shell.
static struct build *compile_inspected(struct scene *scene, const char *text, bool one_start)
{
    static const char *const files[] = {"a.c", NULL};
    struct problem problem;
    const char *library = toolchain_one_start[0];
    scene->recipe = *explore_detector.recipe;
    scene->sources = (struct sources){.root = scene->folder, .files = files};
    put(scene, "a.c", text);
    struct build *build = build_new(scene, &scene->recipe, &scene->sources, &problem);
    assert_non_null(build);
    if (!one_start)
        toolchain_one_start[0] = NULL;
    assert_true(build_compile(build, true, NULL, &problem));
    toolchain_one_start[0] = library;
    return build;
}

// A file that was made is the same both times; or it was not made both times.
static void expect_same_file(struct scene *scene, const char *one, const char *other)
{
    enum { LIMIT = 1 << 20 };
    size_t size = 0, other_size = 0;
    char *bytes = file_read(scene, NULL, one, LIMIT, &size, NULL);
    char *other_bytes = file_read(scene, NULL, other, LIMIT, &other_size, NULL);
    assert_int_equal(bytes != NULL, other_bytes != NULL);
    assert_int_equal(size, other_size);
    if (bytes)
        assert_memory_equal(bytes, other_bytes, size);
}

static const char *const texts_to_compile[] = {
    "int main(void) { return 0; }\n",
    "int main(void) { int unused; return 0; }\n", // a warning, told once
    "#include \"nowhere.h\"\n",                   // the preprocessor rejects it, and that is all
    "#pragma clang __debug crash\n",
    "Once upon a time\n",
    NULL,
};

static void expect_same_build(struct scene *scene, const struct build *one,
                              const struct build *other)
{
    assert_int_equal(one->ending, other->ending);
    if (one->ending == BUILD_CRASHED)
        return; // a crash is told with addresses
    assert_string_equal(one->messages, other->messages);
    expect_same_file(scene, build_text(one, 0), build_text(other, 0));
    expect_same_file(scene, build_object(one, 0), build_object(other, 0));
    expect_same_file(scene, build_intermediate(one, 0), build_intermediate(other, 0));
}

static void one_start_does_what_two_do(void **state)
{
    struct scene *scene = *state;
    if (!toolchain_one_start[0])
        skip();
    for (const char *const *text = texts_to_compile; *text; text++)
        expect_same_build(scene, compile_inspected(scene, *text, true),
                          compile_inspected(scene, *text, false));
}

static struct build *begin(struct scene *scene, const struct detector *detector)
{
    struct problem problem;
    struct build *build = build_new(scene, detector->recipe, &scene->sources, &problem);
    assert_non_null(build);
    return build;
}

// Whether the compiler's words on the build's file went to a file of their own.
static bool was_compiled_with_others(struct scene *scene, const struct build *build)
{
    return access(path_join(scene, build->made, "0.said"), F_OK) == 0;
}

// Four judges' builds are the same whether they share a start of the compiler or not.
static void judges_share_a_start(void **state)
{
    static const char *const files[] = {"a.c", NULL};
    enum { JUDGES = 4 };
    struct scene *scene = *state;
    struct build *builds[JUDGES];
    struct problem problem;
    if (!toolchain_one_start[0])
        skip();
    scene->sources = (struct sources){.root = scene->folder, .files = files};
    for (const char *const *text = texts_to_compile; *text; text++) {
        put(scene, "a.c", *text);
        for (size_t i = 0; i < JUDGES; i++)
            builds[i] = begin(scene, detectors[i]);
        assert_true(build_compile_all(builds, JUDGES, true, NULL, &problem));
        for (size_t i = 0; i < JUDGES; i++) {
            struct build *alone = begin(scene, detectors[i]);
            assert_true(build_compile(alone, true, NULL, &problem));
            expect_same_build(scene, builds[i], alone);
            assert_false(was_compiled_with_others(scene, alone));
            assert_true(was_compiled_with_others(scene, builds[i]) ||
                        builds[i]->ending != BUILD_DONE);
        }
    }
}

static void one_start_limits_the_time(void **state)
{
    struct scene *scene = *state;
    struct build *build = compile_inspected(scene, text_that_never_ends(scene), true);
    assert_int_equal(build->ending, BUILD_EXCEEDED);
    assert_non_null(strstr(build->first, "passed a limit"));
}

// How often a compiler that takes too long is started for `count` builds.
static int starts_of_endless(struct scene *scene, bool inspected, struct build **builds,
                             size_t count)
{
    static const char *const files[] = {"a.c", NULL};
    struct problem problem;
    scene->recipe = *tsan_detector.recipe;
    scene->recipe.compiler = script(scene, "#!/bin/sh\necho >>calls\nkill -XCPU $$\n");
    scene->sources = (struct sources){.root = scene->folder, .files = files};
    put(scene, "a.c", "int a;\n");
    put(scene, "calls", "");
    for (size_t i = 0; i < count; i++) {
        builds[i] = build_new(scene, &scene->recipe, &scene->sources, &problem);
        assert_non_null(builds[i]);
    }
    assert_true(build_compile_all(builds, count, inspected, NULL, &problem));
    size_t lines = 0;
    assert_non_null(file_read(scene, scene->folder, "calls", 4096, &lines, &problem));
    return (int)lines;
}

// The inspection refuses what takes too long for one judge, so it is not tried for the others;
// without an inspection each judge says so of itself.
static void what_never_ends_is_inspected_once(void **state)
{
    enum { JUDGES = 4 };
    struct build *builds[JUDGES];
    assert_int_equal(starts_of_endless(*state, true, builds, JUDGES), 1);
    for (size_t i = 0; i < JUDGES; i++) {
        assert_int_equal(builds[i]->ending, BUILD_EXCEEDED);
        assert_string_equal(builds[i]->first, builds[0]->first);
    }
    assert_int_equal(starts_of_endless(*state, false, builds, JUDGES), JUDGES);
    for (size_t i = 0; i < JUDGES; i++)
        assert_int_equal(builds[i]->ending, BUILD_EXCEEDED);
}

// Before it is handed in, an answer gets no more time than it will get then.
static void answers_have_as_little_time(void **state)
{
    static const char *const files[] = {"a.c", NULL}, *const course[] = {"main.c", NULL};
    struct scene *scene = *state;
    struct problem problem;
    put(scene, "a.c", text_that_never_ends(scene));
    scene->recipe = *tsan_detector.recipe;
    scene->sources = (struct sources){.root = scene->folder, .files = files, .course = course};
    struct build *build = build_new(scene, &scene->recipe, &scene->sources, &problem);
    assert_non_null(build);
    assert_true(build_compile(build, false, NULL, &problem));
    assert_int_equal(build->ending, BUILD_EXCEEDED);
    assert_non_null(strstr(build->first, "seconds of processor time"));
    assert_string_equal(build->messages, ""); // and not what clang says of itself
}

static void one_start_is_clangs(void **state)
{
    const char *const first[] = {"clang", "-E", "a.c", NULL};
    const char *const second[] = {"clang", "-c", "a.c", NULL};
    const struct line_group group = {.lines = {first, second}};
    struct scene *scene = *state;
    if (!toolchain_one_start[0])
        skip();
    scene->recipe = *tsan_detector.recipe;
    assert_non_null(compiler_one_start(scene, &scene->recipe, 5, &group, 1));
    scene->recipe.compiler = script(scene, "#!/bin/sh\n"); // which would start others in its turn
    assert_null(compiler_one_start(scene, &scene->recipe, 5, &group, 1));
}

static void a_compiler_that_is_gone(void **state)
{
    struct scene *scene = *state;
    build(scene, "int main(void) { return 0; }\n", "/nowhere/clang");
    assert_int_equal(scene->build->ending, BUILD_FAILED);
    assert_non_null(strstr(scene->build->first, "/nowhere/clang"));
    assert_non_null(strstr(scene->build->first, "No such file"));
}

// ---- What is kept ----

// The cache in the scene's folder, and a compiler that notes its arguments in "calls".
static void keep_in_scene(struct scene *scene)
{
    static const char *const files[] = {"a.c", NULL}, *const course[] = {"main.c", NULL};
    setenv("XDG_CACHE_HOME", path_join(scene, scene->folder, "cache"), 1);
    scene->recipe = *tsan_detector.recipe;
    scene->recipe.compiler =
        script(scene, talloc_asprintf(scene, "#!/bin/sh\necho \"$@\" >>%s/calls\nexec %s \"$@\"\n",
                                      scene->folder, tsan_detector.recipe->compiler));
    scene->sources =
        (struct sources){.root = scene->folder, .include = ".", .files = files, .course = course};
    put(scene, "a.h", "int f(void);\nenum { STATUS = 0 };\n");
    put(scene, "a.c", "#include \"a.h\"\nint f(void) { return STATUS; }\n");
    put(scene, "main.c", "#include \"a.h\"\nint main(void) { return f(); }\n");
}

// Builds again. Gives how often main.c was compiled for it.
static int count_compiled(struct scene *scene)
{
    int count = 0;
    put(scene, "calls", "");
    usleep(20000); // what changes while it is compiled is not kept: the clock of files is coarse
    build_all(scene);
    if (scene->build->ending != BUILD_DONE)
        fail_msg("%s", scene->build->first);
    char *calls = file_read(scene, scene->folder, "calls", 1 << 20, NULL, NULL);
    for (const char *at = calls; (at = strstr(at, "-c main.c")); at++)
        count++;
    assert_non_null(strstr(calls, "-c a.c")); // the student's, each time
    return count;
}

static void a_driver_is_compiled_once(void **state)
{
    struct scene *scene = *state;
    keep_in_scene(scene);
    assert_int_equal(count_compiled(scene), 1);
    assert_int_equal(count_compiled(scene), 0);
    put(scene, "a.c", "int f(void) { return 3; }\n");
    assert_int_equal(count_compiled(scene), 0);
    expect_status(scene, 3);
}

static void a_driver_is_compiled_anew_when_anything_changes(void **state)
{
    static const char *const other_flags[] = {"-O1", "-g", NULL};
    struct scene *scene = *state;
    keep_in_scene(scene);
    assert_int_equal(count_compiled(scene), 1);
    put(scene, "a.h", "int f(void);\nenum { STATUS = 1 };\n");
    assert_int_equal(count_compiled(scene), 1);
    put(scene, "main.c", "#include \"a.h\"\nint main(void) { return f() + 1; }\n");
    assert_int_equal(count_compiled(scene), 1);
    expect_status(scene, 2);
    put(scene, "b.h", "");
    assert_int_equal(count_compiled(scene), 1);
    scene->recipe.flags = other_flags;
    assert_int_equal(count_compiled(scene), 1);
    scene->recipe.flags = tsan_detector.recipe->flags;
    assert_int_equal(count_compiled(scene), 0); // the old one is still there
    keep_in_scene(scene);                       // a new compiler, by its moment of change
    put(scene, "b.h", "");
    assert_int_equal(count_compiled(scene), 1);
}

// Writes over a file of the same size, and puts back when it was last changed.
static void change_behind_the_back(const struct scene *scene, const char *name, const char *text)
{
    struct stat before;
    const char *path = path_join(scene, scene->folder, name);
    assert_int_equal(stat(path, &before), 0);
    assert_int_equal((size_t)before.st_size, strlen(text));
    FILE *file = fopen(path, "r+");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
    const struct timespec times[] = {before.st_atim, before.st_mtim};
    assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
}

static void a_driver_is_compiled_anew_by_what_is_in_its_files(void **state)
{
    struct scene *scene = *state;
    keep_in_scene(scene);
    assert_int_equal(count_compiled(scene), 1);
    put(scene, "a.h", "int f(void);\nenum { STATUS = 0 };\n"); // saved again, and the same
    assert_int_equal(count_compiled(scene), 0);
    change_behind_the_back(scene, "a.h", "int f(void);\nenum { STATUS = 9 };\n");
    assert_int_equal(count_compiled(scene), 1);
    expect_status(scene, 9);
}

static void a_driver_that_warns_does_so_each_time(void **state)
{
    struct scene *scene = *state;
    keep_in_scene(scene);
    put(scene, "main.c", "int f(void);\nint main(void) { int spare; return f(); }\n");
    for (int i = 0; i < 2; i++) {
        assert_int_equal(count_compiled(scene), 1);
        assert_non_null(strstr(scene->build->messages, "unused variable 'spare'"));
    }
}

static const char kept[] = "cache/racelings/objects";
enum { DAY = 24 * 60 * 60 };

static const char *path_of_kept(struct scene *scene, const char *name)
{
    return path_join(scene, scene->folder, path_join(scene, kept, name));
}

// Lets a file of the cache look as if it had not been used for so many days.
static void leave_unused(struct scene *scene, const char *name, int days)
{
    const struct timespec then = {.tv_sec = time(NULL) - (time_t)days * DAY};
    const struct timespec times[] = {then, then};
    assert_int_equal(utimensat(AT_FDCWD, path_of_kept(scene, name), times, 0), 0);
}

static int days_unused(struct scene *scene, const char *name)
{
    struct stat status;
    assert_int_equal(stat(path_of_kept(scene, name), &status), 0);
    return (int)((time(NULL) - status.st_mtime) / DAY);
}

// When something new is kept, what has not been used for two months goes. A use begins the time
// anew.
static void what_nobody_uses_goes(void **state)
{
    struct scene *scene = *state;
    keep_in_scene(scene);
    assert_int_equal(count_compiled(scene), 1);
    char **objects = folder_list(scene, scene->folder, kept, NULL);
    assert_non_null(objects[0]);
    assert_null(objects[1]);
    leave_unused(scene, objects[0], 59);
    assert_int_equal(count_compiled(scene), 0);
    assert_int_equal(days_unused(scene, objects[0]), 0);

    put(scene, path_join(scene, kept, "aged"), "");
    put(scene, path_join(scene, kept, "younger"), "");
    leave_unused(scene, "aged", 61);
    leave_unused(scene, "younger", 59);
    put(scene, "a.h", "int f(void);\nenum { STATUS = 7 };\n");
    assert_int_equal(count_compiled(scene), 1);
    assert_int_not_equal(access(path_of_kept(scene, "aged"), F_OK), 0);
    assert_int_equal(access(path_of_kept(scene, "younger"), F_OK), 0);
    assert_int_equal(access(path_of_kept(scene, objects[0]), F_OK), 0);
}

// What is in the cache, in whatever state, is no part of the truth.
static void a_cache_that_is_broken_is_not_used(void **state)
{
    struct scene *scene = *state;
    keep_in_scene(scene);
    assert_int_equal(count_compiled(scene), 1);
    const char *folder = path_join(scene, scene->folder, "cache/racelings/objects");
    char **names = folder_list(scene, folder, ".", NULL);
    assert_non_null(names[0]);
    assert_null(names[1]);
    size_t size;
    char *bytes = file_read(scene, folder, names[0], 1 << 20, &size, NULL);
    bytes[size / 2] ^= 1;
    assert_true(file_write(folder, names[0], bytes, size, NULL));
    assert_int_equal(count_compiled(scene), 1);
    assert_int_equal(count_compiled(scene), 0);
    assert_true(file_write(folder, names[0], bytes, size / 3, NULL));
    assert_int_equal(count_compiled(scene), 1);
    assert_int_equal(chmod(folder, 0777), 0); // anybody could have put it there
    assert_int_equal(count_compiled(scene), 1);
    setenv("XDG_CACHE_HOME", "/dev/null/nowhere", 1);
    assert_int_equal(count_compiled(scene), 1);
    const char *home = getenv("HOME"), *none = path_join(scene, scene->folder, "none");
    unsetenv("XDG_CACHE_HOME");
    setenv("HOME", none, 1);
    assert_int_equal(count_compiled(scene), 1);
    assert_int_equal(access(none, F_OK), -1); // nobody's home is made for that
    if (home)
        setenv("HOME", home, 1);
    expect_status(scene, 0);
}

// ---- Names in objects ----

static void sections_are_renamed_before_linking(void **state)
{
    static const char *const own[] = {"--rename-section=.text=own_text", NULL};
    static const char *const course[] = {"--rename-section=.data=course_data", NULL};
    struct scene *scene = *state;
    keep_in_scene(scene);
    scene->recipe.rename_own = own;
    scene->recipe.rename_course = course;
    put(scene, "a.c",
        "extern char __start_own_text, __stop_own_text, __start_course_data;\n"
        "extern int number;\n"
        "int f(void) { char *here = (char *)f; return !(here >= &__start_own_text &&\n"
        "    here < &__stop_own_text && (char *)&number >= &__start_course_data); }\n");
    put(scene, "main.c", "int f(void);\nint number = 1;\nint main(void) { return f(); }\n");
    for (int i = 0; i < 2; i++) { // compiled, and taken from the cache
        assert_int_equal(count_compiled(scene), 1 - i);
        expect_status(scene, 0);
    }
}

static void linking_needs_no_compiler(void **state)
{
    struct scene *scene = *state;
    keep_in_scene(scene);
    scene->recipe = *tsan_detector.recipe;
    put(scene, "a.c",
        "#include <math.h>\nint f(void) { volatile double x = 49; return (int)sqrt(x); }\n");
    build_all(scene);
    expect_status(scene, 7);
    const char *const objects[] = {"a.o", NULL};
    const char **argv = compiler_link_directly(scene, &scene->recipe, objects, "here/program");
    assert_non_null(argv);
    assert_true(list_has(argv, "a.o") && list_has(argv, "here/program"));
    assert_false(list_has(argv, "OBJECTS") || list_has(argv, "PROGRAM"));
    const char *const gone[] = {"/nowhere/ld", "OBJECTS", "-o", "PROGRAM", NULL};
    scene->recipe.linker = gone;
    assert_null(compiler_link_directly(scene, &scene->recipe, objects, "here/program"));
    build_all(scene); // by the compiler
    expect_status(scene, 7);
    keep_in_scene(scene); // another compiler than the one that was asked
    assert_null(compiler_link_directly(scene, &scene->recipe, objects, "here/program"));
}

static void the_commands_by_hand_do_the_same(void **state)
{
    struct scene *scene = *state;
    keep_in_scene(scene);
    put(scene, "a.c", "int f(void) { return 5; }\n");
    const char **lines = build_by_hand(scene, &scene->recipe, &scene->sources, scene->folder);
    const char *text =
        talloc_asprintf(scene, "cd %s\n%s", scene->folder, list_join(scene, lines, "\n"));
    const char *const argv[] = {"sh", "-c", text, NULL};
    const struct command command = {.argv = argv, .seconds = 60, .output_limit = 1 << 16};
    struct outcome outcome;
    assert_true(process_run(scene, &command, &outcome, NULL));
    assert_string_equal(outcome.output, "");
    expect_status(scene, 5);
}

// ---- Tools that wait ahead ----

// A compiler, a linker, and what renames sections in between.
enum { TOOLS = 3, WAITING_MOST = 8 };

struct waiting {
    pid_t tools[WAITING_MOST];
    int count;
};

static void note_waiting(pid_t process, void *data)
{
    struct waiting *waiting = data;
    char line[4096];
    size_t size = 0;
    snprintf(line, sizeof line, "/proc/%d/cmdline", (int)process);
    char *words = file_read(NULL, NULL, line, sizeof line, &size, NULL);
    if (words && size > 7 && memcmp(words + size - 7, "--wait", 7) == 0 &&
        waiting->count < WAITING_MOST)
        waiting->tools[waiting->count++] = process;
    talloc_free(words);
}

static struct waiting look_for_waiting(void)
{
    struct waiting waiting = {.count = 0};
    processes_below(getpid(), note_waiting, &waiting);
    return waiting;
}

// Has so many tools wait; each is there within ten seconds.
static struct waiting have_wait(struct ahead *ahead, int count)
{
    struct waiting waiting = {.count = 0};
    ahead_start(ahead);
    for (int i = 0; i < 500 && waiting.count < count; i++, usleep(20000))
        waiting = look_for_waiting();
    assert_int_equal(waiting.count, count);
    return waiting;
}

static void take_recipe(struct scene *scene)
{
    static const char *const renaming[] = {"--rename-section=.text=own_text", NULL};
    scene->recipe = *tsan_detector.recipe;
    scene->recipe.rename_own = renaming;
}

// Builds a.c as an answer to an exercise, with the tools that wait (NULL: with none).
static struct build *build_answer(struct scene *scene, struct ahead *ahead)
{
    static const char *const files[] = {"a.c", NULL}, *const driver[] = {"driver.c", NULL};
    struct problem problem;
    take_recipe(scene);
    scene->sources = (struct sources){.root = scene->folder, .files = files, .course = driver};
    struct build *build = build_new(scene, &scene->recipe, &scene->sources, &problem);
    assert_non_null(build);
    build->ahead = ahead_for(ahead, &scene->recipe);
    assert_true(build_compile(build, false, NULL, &problem));
    assert_true(build_link(build, scene->folder, NULL, &problem));
    return build;
}

static const char *const answers[] = {
    "int f(void) { return 5; }\n",
    "int f(void) { int unused; return 5; }\n",
    "int g(void) { return 5; }\n", // only the linker misses it
    "#pragma clang __debug crash\n",
    "Once upon a time\n",
    NULL,
};

// `other` (NULL: nobody) is another judge whose tools wait, too.
static struct ahead *begin_ahead(struct scene *scene, const struct detector *other)
{
    const struct detector *const judges[] = {&scene->judge, other, NULL};
    keep_in_scene(scene);
    take_recipe(scene);
    scene->judge = tsan_detector;
    scene->judge.recipe = &scene->recipe;
    put(scene, "driver.c", "int f(void);\nint main(void) { return f(); }\n");
    put(scene, "a.c", answers[0]);
    build_answer(scene, NULL); // from now on the driver's object is kept
    return ahead_new(scene, judges, scene->folder);
}

// The linker names objects, whose folders differ.
static void spare_folder(struct build *build)
{
    char *text = talloc_strdup(build, build->messages), *at;
    while ((at = strstr(text, build->folder)) != NULL)
        memset(at, '*', strlen(build->folder));
    build->messages = text;
}

// Each serves once.
static void tools_that_wait_do_the_same(void **state)
{
    struct scene *scene = *state;
    struct ahead *ahead = begin_ahead(scene, NULL);
    if (!ahead || !scene->recipe.linker[0])
        skip();
    for (const char *const *text = answers; *text; text++) {
        put(scene, "a.c", *text);
        have_wait(ahead, TOOLS);
        struct build *one = build_answer(scene, ahead);
        bool compiled = access(build_object(one, 0), F_OK) == 0;
        assert_int_equal(look_for_waiting().count, compiled ? 0 : TOOLS - 1);
        struct build *other = build_answer(scene, NULL);
        spare_folder(one);
        spare_folder(other);
        expect_same_build(scene, one, other);
    }
    have_wait(ahead, TOOLS);
    talloc_free(ahead);
    assert_int_equal(look_for_waiting().count, 0);
}

static void tools_that_waited_may_be_gone(void **state)
{
    struct scene *scene = *state;
    struct ahead *ahead = begin_ahead(scene, NULL);
    if (!ahead || !scene->recipe.linker[0])
        skip();
    struct waiting waiting = have_wait(ahead, TOOLS);
    for (int i = 0; i < waiting.count; i++)
        kill(waiting.tools[i], SIGKILL);
    assert_int_equal(build_answer(scene, ahead)->ending, BUILD_DONE);
    expect_status(scene, 5);
    assert_int_equal(build_answer(scene, ahead)->ending, BUILD_DONE); // none waits
}

// A compiler that waits in one folder does not serve another.
static void tools_wait_in_one_folder(void **state)
{
    struct scene *scene = *state;
    struct ahead *ahead = begin_ahead(scene, NULL);
    if (!ahead || !scene->recipe.linker[0])
        skip();
    have_wait(ahead, TOOLS);
    const char *const argv[] = {scene->recipe.compiler, "-c", "a.c", NULL};
    const struct command command = {
        .argv = argv, .env = argv + 3, .directory = "/", .seconds = 20, .output_limit = 1 << 16};
    struct outcome outcome;
    assert_false(ahead_run(ahead, scene, &scene->recipe, &command, &outcome));
    assert_int_equal(look_for_waiting().count, TOOLS);
}

// One judge does not take another's.
static void tools_wait_for_one_recipe(void **state)
{
    struct scene *scene = *state;
    struct ahead *ahead = begin_ahead(scene, &native_detector);
    if (!ahead || !scene->recipe.linker[0])
        skip();
    assert_null(ahead_for(NULL, &scene->recipe));
    assert_null(ahead_for(ahead, helgrind_detector.recipe));
    have_wait(ahead, TOOLS + 2);
    for (int i = 0; i < 2; i++) { // with those that wait, and when there are none any more
        assert_int_equal(build_answer(scene, ahead)->ending, BUILD_DONE);
        assert_int_equal(look_for_waiting().count, 2);
    }
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(a_right_program),
        TEST(programs_at_fault),
        TEST(toolchains_that_fail),
        TEST(texts_that_never_end),
        TEST(one_start_does_what_two_do),
        TEST(judges_share_a_start),
        TEST(one_start_limits_the_time),
        TEST(what_never_ends_is_inspected_once),
        TEST(answers_have_as_little_time),
        TEST(one_start_is_clangs),
        TEST(a_compiler_that_is_gone),
        TEST(a_driver_is_compiled_once),
        TEST(a_driver_is_compiled_anew_when_anything_changes),
        TEST(a_driver_is_compiled_anew_by_what_is_in_its_files),
        TEST(a_driver_that_warns_does_so_each_time),
        TEST(what_nobody_uses_goes),
        TEST(a_cache_that_is_broken_is_not_used),
        TEST(sections_are_renamed_before_linking),
        TEST(linking_needs_no_compiler),
        TEST(the_commands_by_hand_do_the_same),
        TEST(tools_that_wait_do_the_same),
        TEST(tools_that_waited_may_be_gone),
        TEST(tools_wait_in_one_folder),
        TEST(tools_wait_for_one_recipe),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
