// Tests of debug_info.c: what is said of addresses that a program tells of itself.
#include "base/files.h"
#include "base/text.h"
#include "run/debug_info.h"
#include "run/process.h"
#include "run/workspace.h"
#include "toolchain.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <talloc.h>

#include <cmocka.h>

static const char program[] =
    "#include <stdio.h>\n"
    "#include <stdlib.h>\n"
    "void *here(void), *unknown_place(void);\n"
    "static int counts[4]; "
    "static struct { long n; union { int i; char c; } lock; } doors[2][3], door;\n"
    "void *here(void) { return __builtin_return_address(0); }\n"
    "static inline __attribute__((always_inline)) void *put_into_main(void)\n"
    "{\n"
    "    return here();\n"
    "}\n"
    "int main(void)\n"
    "{\n"
    "    void *plain = here(), *inner = put_into_main(), *unknown = unknown_place();\n"
    "    printf(\"%p %p %p \", plain, inner, unknown);\n"
    "    printf(\"%p %p \", (void *)(counts + 1), malloc(1));\n"
    "    printf(\"%p %p\", (void *)&doors[1][2].lock, (void *)&door.lock);\n"
    "}\n";

static const char without_information[] = "void *here(void), *unknown_place(void);\n"
                                          "void *unknown_place(void) { return here(); }\n";

// The program, and what it says of itself: the addresses behind three calls, and of two objects.
struct fixture {
    const char *folder;
    struct debug_info *info;
    unsigned long plain, inner, unknown, element, heap, lock, single;
};

static const char *run(struct fixture *fixture, const char *command)
{
    const char *const argv[] = {"sh", "-c", command, NULL};
    const struct command shell = {
        .argv = argv, .directory = fixture->folder, .seconds = 60, .output_limit = 1 << 16};
    struct outcome outcome;
    struct problem problem;
    assert_true(process_run(fixture->folder, &shell, &outcome, &problem));
    assert_int_equal(outcome.ending, ENDED_EXITED);
    return outcome.output;
}

static int set_up(void **state)
{
    struct fixture *fixture = talloc_zero(NULL, struct fixture);
    struct problem problem;
    fixture->folder = workspace_new(fixture, &problem);
    assert_true(file_put(fixture->folder, "told.c", program, strlen(program), &problem));
    assert_true(file_put(fixture->folder, "untold.c", without_information,
                         strlen(without_information), &problem));
    assert_string_equal(run(fixture,
                            TOOLCHAIN_CLANG " -c untold.c && " TOOLCHAIN_CLANG
                                            " -g -gdwarf-4 -fno-pie -c told.c && " TOOLCHAIN_CLANG
                                            " -no-pie told.o untold.o -o told"),
                        "");
    assert_int_equal(sscanf(run(fixture, "./told"), "%lx %lx %lx %lx %lx %lx %lx", &fixture->plain,
                            &fixture->inner, &fixture->unknown, &fixture->element, &fixture->heap,
                            &fixture->lock, &fixture->single),
                     7);
    fixture->info = debug_info_open(fixture, path_join(fixture, fixture->folder, "told"));
    assert_non_null(fixture->info);
    *state = fixture;
    return 0;
}

static int tear_down(void **state)
{
    talloc_free(*state);
    return 0;
}

// The place of the call that ends at `address`.
static struct frame place_before(const struct fixture *fixture, unsigned long address)
{
    return debug_info_place(fixture, fixture->info, address - 1);
}

static void an_instruction_has_a_place(void **state)
{
    const struct fixture *fixture = *state;
    struct frame place = place_before(fixture, fixture->plain);
    assert_string_equal(place.function, "main");
    assert_string_equal(place.file, path_join(fixture, fixture->folder, "told.c"));
    assert_int_equal(place.line, 12);
    assert_int_equal(place.column, 19);
}

static void what_is_put_into_its_caller_is_told_as_written(void **state)
{
    const struct fixture *fixture = *state;
    struct frame place = place_before(fixture, fixture->inner);
    assert_string_equal(place.function, "put_into_main");
    assert_int_equal(place.line, 8);
    assert_int_equal(place.column, 12);
}

static void without_information_the_symbol_is_told(void **state)
{
    const struct fixture *fixture = *state;
    struct frame place = place_before(fixture, fixture->unknown);
    assert_string_equal(place.function, "unknown_place");
    assert_null(place.file);
    assert_int_equal(place.line, 0);
}

static void an_address_elsewhere_has_no_place(void **state)
{
    const struct fixture *fixture = *state;
    struct frame place = debug_info_place(fixture, fixture->info, 1);
    assert_null(place.function);
    assert_null(place.file);
}

static void a_variable_is_told_from_within(void **state)
{
    const struct fixture *fixture = *state;
    unsigned long offset = 0;
    const char *name = debug_info_variable(fixture, fixture->info, fixture->element, &offset);
    assert_string_equal(name, "counts");
    assert_int_equal(offset, sizeof(int));
    name = debug_info_variable(fixture, fixture->info, fixture->element + 3 * sizeof(int), &offset);
    assert_true(!name || strcmp(name, "counts") != 0);
}

static void an_element_is_told_as_written(void **state)
{
    const struct fixture *fixture = *state;
    const struct debug_info *info = fixture->info;
    assert_string_equal(debug_info_element(fixture, info, fixture->element), "counts[1]");
    assert_string_equal(debug_info_element(fixture, info, fixture->lock), "doors[1][2].lock");
    assert_null(debug_info_element(fixture, info, fixture->lock + 1)); // within it
    assert_null(debug_info_element(fixture, info, fixture->single));   // in no array
    assert_null(debug_info_element(fixture, info, fixture->heap));
}

static void neither_heap_nor_code_is_a_variable(void **state)
{
    const struct fixture *fixture = *state;
    unsigned long offset;
    assert_null(debug_info_variable(fixture, fixture->info, fixture->heap, &offset));
    assert_null(debug_info_variable(fixture, fixture->info, fixture->plain, &offset));
}

static void what_is_no_program_is_not_opened(void **state)
{
    const struct fixture *fixture = *state;
    assert_null(debug_info_open(fixture, path_join(fixture, fixture->folder, "told.c")));
    assert_null(debug_info_open(fixture, path_join(fixture, fixture->folder, "nothing")));
}

// clang's own tool, which a person would ask, tells the same.
static void the_symbolizer_agrees(void **state)
{
    struct fixture *fixture = *state;
    const unsigned long all[] = {fixture->plain, fixture->inner, fixture->unknown};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        struct frame place = place_before(fixture, all[i]);
        const char *said = run(fixture, talloc_asprintf(fixture, "%s --obj=told %#lx",
                                                        TOOLCHAIN_SYMBOLIZER, all[i] - 1));
        const char *told =
            talloc_asprintf(fixture, "%s\n%s:%d:%d\n", place.function,
                            place.file ? place.file : "??", place.line, place.column);
        assert_int_equal(strncmp(said, told, strlen(told)), 0); // then come the callers
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_instruction_has_a_place),
        cmocka_unit_test(what_is_put_into_its_caller_is_told_as_written),
        cmocka_unit_test(without_information_the_symbol_is_told),
        cmocka_unit_test(an_address_elsewhere_has_no_place),
        cmocka_unit_test(a_variable_is_told_from_within),
        cmocka_unit_test(an_element_is_told_as_written),
        cmocka_unit_test(neither_heap_nor_code_is_a_variable),
        cmocka_unit_test(what_is_no_program_is_not_opened),
        cmocka_unit_test(the_symbolizer_agrees),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
