// What is written for people, read for what it says of the program: the complaints of compilers and
// linkers, the C library's last words, and the stacks in valgrind's log.

#include "judge/complaint.h"
#include "judge/death.h"
#include "judge/detectors/helgrind_log.h"
#include "judge/finding.h"
#include "run/workspace.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <signal.h>
#include <stdio.h>
#include <talloc.h>

// What is made of a tool's messages, when it has ended with status 1.
static void expect_complaint(void *context, const char *messages, enum build_ending ending,
                             const char *expected)
{
    const struct outcome outcome = {
        .ending = ENDED_EXITED, .number = 1, .output = talloc_strdup(context, messages)};
    const char *folder = workspace_new(context, NULL), *why;
    assert_non_null(folder);
    assert_int_equal(complaint_read(context, "cc", folder, &outcome, &why), ending);
    assert_string_equal(why, expected);
}

static void a_compilers_complaints(void **state)
{
    expect_complaint(*state, "1 warning generated.\n./a.c:3:9: error: expected ';'\nint x\n",
                     BUILD_REJECTED, "a.c:3:9: error: expected ';'");
    expect_complaint(*state, "a.c:1:10: fatal error: 'b.h' file not found\n", BUILD_REJECTED,
                     "a.c:1:10: fatal error: 'b.h' file not found");
    expect_complaint(*state, "clang: error: no input files\n", BUILD_FAILED,
                     "the compiler failed: clang: error: no input files");
    expect_complaint(*state, "LLVM ERROR: out of memory\n", BUILD_EXCEEDED,
                     "the compiler needed more memory than it may use");
}

static void a_linkers_complaints(void **state)
{
    expect_complaint(*state, "ld.lld: error: undefined symbol: f\n>>> referenced by a.c:3\n",
                     BUILD_REJECTED, "f is used, but nothing defines it (undefined symbol: f)");
    expect_complaint(*state, "a.c:3: undefined reference to `f'\n", BUILD_REJECTED,
                     "f is used, but nothing defines it (undefined reference to `f')");
    expect_complaint(*state, "ld.lld: error: undefined symbol: main\n", BUILD_REJECTED,
                     "there is no main function in it: give all files of the program (an exercise "
                     "of the course is judged by \"racelings check\")");
    expect_complaint(*state, "ld.lld: error: undefined symbol: main_loop\n", BUILD_REJECTED,
                     "main_loop is used, but nothing defines it (undefined symbol: main_loop)");
    expect_complaint(*state, "ld.lld: error: undefined symbol: __atomic_load_16\n", BUILD_REJECTED,
                     "its atomic operations need a library: add -latomic");
    expect_complaint(*state, "ld.lld: error: unable to find library -lfftw3\n", BUILD_REJECTED,
                     "the library fftw3 is not found on this machine: install it, or say where it "
                     "is by -L");
    expect_complaint(*state, "ld.lld: error: unable to find library -lm\n", BUILD_FAILED,
                     "the compiler failed: ld.lld: error: unable to find library -lm");
    expect_complaint(*state,
                     "ld.lld: error: undefined symbol: f\n"
                     ">>> referenced by order.c:3 (/racelings/runtime/tsan/order.c:3)\n",
                     BUILD_FAILED, "the compiler failed: ld.lld: error: undefined symbol: f");
}

static void what_is_defined_twice(void **state)
{
    expect_complaint(*state,
                     "ld.lld: error: duplicate symbol: sell\n"
                     ">>> defined at shop.c:4 (/tmp/shop.c:4)\n"
                     ">>>            0.o:(sell)\n"
                     ">>> defined at main.c:9 (/tmp/main.c:9)\n"
                     ">>>            1.o:(.text+0x0)\n",
                     BUILD_REJECTED,
                     "sell is defined twice, at shop.c:4 and main.c:9 (duplicate symbol: sell)");
    expect_complaint(*state, "main.c:9: multiple definition of `sell'; 0.o:shop.c:4: first here\n",
                     BUILD_REJECTED,
                     "sell is defined twice (multiple definition of `sell'; 0.o:shop.c:4: first "
                     "here)");
}

static void expect_death(void *context, const char *signal, const struct place *place,
                         const char *output, const char *expected)
{
    assert_string_equal(death_tell(context, signal, place, output), expected);
}

static void deaths(void **state)
{
    static const struct place shop = {.function = "sell", .file = "shop.c", .line = 8};
    static const char assertion[] = "sold 3\nshop: shop.c:8: sell: Assertion `stock > 0' failed.\n";
    expect_death(*state, "SIGSEGV", &shop, "", "SIGSEGV in sell at shop.c:8");
    expect_death(*state, "SIGFPE", NULL, assertion, "ended by SIGFPE");
    expect_death(*state, "SIGABRT", &shop, "", "aborted in sell at shop.c:8");
    expect_death(*state, "SIGABRT", NULL, assertion,
                 "aborted at shop.c:8: Assertion `stock > 0' failed");
    expect_death(*state, "SIGABRT", NULL, "free(): invalid pointer\n",
                 "aborted: free(): invalid pointer");
}

// The program may have printed such words long before.
static void the_last_reason_counts(void **state)
{
    expect_death(*state, "SIGABRT", NULL, "free(): what I print\nmalloc(): corrupted top size\n",
                 "aborted: malloc(): corrupted top size");
    expect_death(*state, "SIGABRT", NULL, "malloc(): first\nfree(): second\n",
                 "aborted: free(): second");
    expect_death(*state, "SIGABRT", NULL, "free(): first\nmalloc(): second\n",
                 "aborted: malloc(): second");
}

static void deaths_by_number(void **state)
{
    assert_string_equal(death_tell_signal(*state, SIGKILL, ""),
                        "ended by signal 9 (SIGKILL: Killed)");
    assert_string_equal(death_tell_signal(*state, SIGABRT, "free(): invalid pointer\n"),
                        "aborted: free(): invalid pointer");
}

static void expect_frame(const struct frame *frame, const char *function, const char *file,
                         int line)
{
    if (function)
        assert_string_equal(frame->function, function);
    else
        assert_null(frame->function);
    if (file)
        assert_string_equal(frame->file, file);
    else
        assert_null(frame->file);
    assert_int_equal(frame->line, line);
}

// Two threads: the first in a lock, seen through valgrind's wrapper; the second in a signal handler
// of the runtime's, which came between it and the system's frame below.
static void stacks_in_valgrinds_log(void **state)
{
    static const char log[] = "==7== by 0x1: ignored (before.c:1)\n"
                              "Thread 9: is what the program calls it\n"
                              "==7== by 0x2: ignored (before.c:2)\n"
                              "Thread 1: status = VgTs_WaitSys syscall 202 (lwpid 7)\n"
                              "==7==    at 0x48: ??? (in /usr/lib/libc.so.6)\n"
                              "==7==    by 0x49: mutex_lock_WRK (hg_intercepts.c:937)\n"
                              "==7==    by 0x40: main (./hang.c:8)\n"
                              "client stack range: [0x1FFEFFC000 0x1FFF000FFF]\n"
                              "==7==    by 0x41: behind (behind.c:2)\n"
                              "\n"
                              "Thread 3: status = VgTs_Runnable (lwpid 9)\n"
                              "==7==    at 0x50: deeper (in /tmp/program)\n"
                              "==7==    by 0x51: racelings_tells_threads (threads_told.c:20)\n"
                              "==7==    by 0x52: ??? (in /usr/lib/libc.so.6)\n"
                              "==7==    by 0x53: spin (hang.c:21)\n";
    size_t count = 0;
    const struct call_stack *stacks = helgrind_log_stacks(*state, log, &count);
    assert_int_equal(count, 2);
    assert_int_equal(stacks[0].thread, 0);
    assert_int_equal(stacks[0].count, 2);
    expect_frame(&stacks[0].frames[0], NULL, NULL, 0);
    expect_frame(&stacks[0].frames[1], "main", "./hang.c", 8);
    assert_int_equal(stacks[1].thread, 2);
    assert_int_equal(stacks[1].count, 1);
    expect_frame(&stacks[1].frames[0], "spin", "hang.c", 21);
}

static void a_log_without_stacks(void **state)
{
    size_t count = 1;
    assert_non_null(
        helgrind_log_stacks(*state, "==7== Helgrind, a thread error detector\n", &count));
    assert_int_equal(count, 0);
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
        cmocka_unit_test(a_compilers_complaints),  cmocka_unit_test(a_linkers_complaints),
        cmocka_unit_test(what_is_defined_twice),   cmocka_unit_test(deaths),
        cmocka_unit_test(the_last_reason_counts),  cmocka_unit_test(deaths_by_number),
        cmocka_unit_test(stacks_in_valgrinds_log), cmocka_unit_test(a_log_without_stacks),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
