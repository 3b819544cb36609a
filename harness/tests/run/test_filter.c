// Tests of filter.c and of the sandbox that hands it to bwrap: MISBEHAVING makes one system call
// there, and exits with its errno.
#define _GNU_SOURCE
#include "base/files.h"
#include "base/text.h"
#include "run/sandbox.h"
#include "run/workspace.h"

#include <asm/termbits.h> // for TCGETS2
#include <errno.h>
#include <sched.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <talloc.h>

#include <cmocka.h>

enum { NO_ERROR = 0, SKIPPED = 77 };

// MISBEHAVING where the sandbox's user may read it, whatever home this checkout lies in.
static const char *copy_program(const void *context, const char *folder)
{
    enum { PROGRAM_LIMIT = 64 << 20 };
    struct problem problem = {""};
    size_t size = 0;
    const char *path = path_join(context, folder, "misbehaving");
    const char *bytes = file_read(context, NULL, MISBEHAVING, PROGRAM_LIMIT, &size, &problem);
    if (!bytes || !file_put(folder, "misbehaving", bytes, size, &problem) ||
        !sandbox_own(folder, &problem))
        fail_msg("%s", problem.text);
    assert_int_equal(chmod(path, 0755), 0);
    return path;
}

// How a command ends that calls `number` with one or two arguments under `filter`.
static struct outcome call(enum filter filter, long number, unsigned long first,
                           unsigned long second)
{
    void *context = talloc_new(NULL);
    struct problem problem = {""};
    struct outcome outcome = {0};
    const char *folder = workspace_new(context, &problem);
    const char *program = copy_program(context, folder);
    const char *words = talloc_asprintf(context, "%ld %lu %lu", number, first, second);
    const char *const argv[] = {program, "call", words, NULL};
    const struct grant grant = {program, NULL, false};
    const struct sandbox sandbox = {&grant, 1, {256 << 20, 0, 1 << 20, 1 << 20, 16}, filter};
    const struct command command = {.argv = argv,
                                    .env = workspace_environment(context, folder),
                                    .directory = folder,
                                    .seconds = 20,
                                    .output_limit = 1 << 16};
    if (!sandbox_run(context, &sandbox, &command, &outcome, &problem))
        fail_msg("%s", problem.text);
    outcome.output = NULL;
    talloc_free(context);
    return outcome;
}

static void expect_killed(long number, unsigned long first, unsigned long second)
{
    const struct outcome outcome = call(FILTER_PROGRAM, number, first, second);
    assert_int_equal(outcome.ending, ENDED_SIGNALLED);
    assert_int_equal(outcome.number, SIGSYS);
    assert_true(outcome.filtered);
}

static void expect_errno(enum filter filter, long number, unsigned long first, unsigned long second,
                         int error)
{
    const struct outcome outcome = call(filter, number, first, second);
    assert_int_equal(outcome.ending, ENDED_EXITED);
    assert_int_equal(outcome.number, error);
    assert_false(outcome.filtered);
}

static void test_program_may_not(void **state)
{
    (void)state;
    expect_killed(SYS_keyctl, 0, 0);
    expect_killed(SYS_add_key, 0, 0);
    expect_killed(SYS_unshare, CLONE_NEWUSER, 0);
    expect_killed(SYS_clone, CLONE_NEWUSER | SIGCHLD, 0);
    expect_killed(SYS_memfd_create, 0, 0);
    expect_killed(SYS_shmget, 0, 4096);
    expect_killed(SYS_ptrace, 0, 0);
    expect_killed(SYS_bpf, 0, 0);
    expect_killed(SYS_socket, AF_NETLINK, SOCK_RAW);
    expect_killed(SYS_prctl, PR_SET_SECCOMP, 2);
    expect_killed(SYS_ioctl, 0, TIOCSTI);
}

static void test_program_may(void **state)
{
    (void)state;
    expect_errno(FILTER_PROGRAM, SYS_getpid, 0, 0, NO_ERROR);
    expect_errno(FILTER_PROGRAM, SYS_eventfd2, 0, 0, NO_ERROR);
    expect_errno(FILTER_PROGRAM, SYS_signalfd4, 0, 0, EINVAL);
    expect_errno(FILTER_PROGRAM, SYS_pipe2, 0, 0, EFAULT);
    expect_errno(FILTER_PROGRAM, SYS_flock, 99, LOCK_EX, EBADF);
    expect_errno(FILTER_PROGRAM, SYS_socket, AF_UNIX, SOCK_STREAM, NO_ERROR);
    expect_errno(FILTER_PROGRAM, SYS_clone3, 0, 0, ENOSYS);
    expect_errno(FILTER_PROGRAM, SYS_ioctl, 99, TCGETS, EBADF);
    expect_errno(FILTER_PROGRAM, SYS_ioctl, 99, TCGETS2, EBADF);
}

// A compiler that tries gets an answer that it can live with.
static void test_tools_may_not(void **state)
{
    (void)state;
    expect_errno(FILTER_TOOLS, SYS_keyctl, 0, 0, EPERM);
    expect_errno(FILTER_TOOLS, SYS_unshare, CLONE_NEWUSER, 0, EPERM);
    expect_errno(FILTER_TOOLS, SYS_clone, CLONE_NEWUSER | SIGCHLD, 0, EPERM);
    expect_errno(FILTER_TOOLS, SYS_memfd_create, 0, 0, EFAULT);
}

int main(void)
{
    struct problem problem;
    if (!sandbox_works(&problem))
        return SKIPPED;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_program_may_not),
        cmocka_unit_test(test_program_may),
        cmocka_unit_test(test_tools_may_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
