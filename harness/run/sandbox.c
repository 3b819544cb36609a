// How a command is confined. From the outside in:
//
//     process_run    clock, output, memory of the whole tree; ends it (see process.c)
//       setpriv      only where the harness is root: another user, no groups
//         bwrap      namespaces of its own for users, processes, network, mounts, IPC and host
//                    name; a root file system of /usr, the grants and nothing else, all read-only
//                    but the working directory; no capabilities; a filter of system calls (filter.c)
//           prlimit  what counts for each process: CPU, file size, number of processes
//             command
//
// bwrap writes to the status file when it started the command and when that ended: without the
// second line the command never ran, whatever the exit status says.
//
// What this does not stop: an attack on the kernel itself through the system calls it offers to
// every unprivileged process. See README.md.

#define _GNU_SOURCE
#include "sandbox.h"

#include "base/files.h"
#include "base/text.h"
#include "course/kit.h"
#include "toolchain.h"
#include "workspace.h"

#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <talloc.h>
#include <unistd.h>

// Who runs the commands where the harness is root: "nobody" on every system.
enum { NOBODY = 65534 };

// /dev, of which only the standard devices are there.
static const char dev_size[] = "65536";

static bool is_root(void)
{
    return geteuid() == 0;
}

bool sandbox_own(const char *folder, struct problem *problem)
{
    if (is_root() && chown(folder, NOBODY, NOBODY) != 0)
        return problem_set(problem, "%s cannot be given to the sandbox's user: %s", folder,
                           strerror(errno));
    return true;
}

static void add(const char ***argv, const char *first, const char *second, const char *third)
{
    const char *words[] = {first, second, third};
    for (int i = 0; i < 3 && words[i]; i++)
        list_add(argv, words[i]);
}

static const char *number(const void *context, size_t value)
{
    return talloc_asprintf(context, "%zu", value);
}

// /bin, /lib and the like are links into /usr on today's systems, folders of their own on others.
static void add_root(const char ***argv)
{
    static const char *const names[] = {"/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32"};
    char target[PATH_MAX];
    add(argv, "--ro-bind", "/usr", "/usr");
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        ssize_t size = readlink(names[i], target, sizeof target - 1);
        if (size > 0)
            add(argv, "--symlink", talloc_strndup(*argv, target, (size_t)size), names[i]);
        else
            add(argv, "--ro-bind-try", names[i], names[i]);
    }
    add(argv, "--ro-bind-try", "/etc/ld.so.cache", "/etc/ld.so.cache");
    add(argv, "--ro-bind-try", "/etc/alternatives", "/etc/alternatives"); // Debian's "ld"
    add(argv, "--proc", "/proc", NULL);
    add(argv, "--dev", "/dev", NULL);
    add(argv, "--size", dev_size, NULL);
    add(argv, "--tmpfs", "/dev/shm", NULL);
    add(argv, "--remount-ro", "/dev", NULL);
}

// A tool that was installed elsewhere brings the folder above its own: PREFIX of PREFIX/bin/clang.
static void add_tools(const char ***argv)
{
    static const char *const tools[] = {TOOLCHAIN_CLANG, TOOLCHAIN_SYMBOLIZER, TOOLCHAIN_VALGRIND};
    for (size_t i = 0; i < sizeof tools / sizeof tools[0]; i++) {
        char *path = realpath(tools[i], NULL);
        char *slash = path ? strrchr(path, '/') : NULL;
        if (slash && strncmp(path, "/usr/", 5) != 0) {
            *slash = '\0';
            slash = strrchr(path, '/');
            const char *prefix = talloc_strndup(*argv, path, slash > path ? slash - path : 0);
            if (prefix[0])
                add(argv, "--ro-bind", prefix, prefix);
        }
        free(path);
    }
}

// The course may lie below /usr, with its solutions: it is covered, and the grants lie on top.
static void add_cover(const char ***argv)
{
    if (strncmp(kit_folder(), "/usr/", 5) == 0)
        add(argv, "--tmpfs", kit_folder(), NULL);
}

static void add_grants(const char ***argv, const struct sandbox *sandbox, const char *directory)
{
    add(argv, "--size", number(*argv, sandbox->limits.scratch), NULL);
    add(argv, "--tmpfs", directory, NULL);
    for (size_t i = 0; i < sandbox->count; i++) {
        const struct grant *grant = &sandbox->grants[i];
        add(argv, grant->writable ? "--bind" : "--ro-bind", grant->from ? grant->from : grant->path,
            grant->path);
    }
    add(argv, "--remount-ro", "/", NULL);
    add(argv, "--chdir", directory, NULL);
}

static void add_limits(const char ***argv, const struct limits *limits, double seconds)
{
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    list_add(argv, "prlimit");
    list_add(argv, talloc_asprintf(*argv, "--nproc=%d", limits->processes));
    list_add(argv, talloc_asprintf(*argv, "--fsize=%zu", limits->file_size));
    list_add(argv, talloc_asprintf(*argv, "--cpu=%.0f", (seconds + 1) * (double)cores));
    list_add(argv, "--core=0");
    if (limits->address_space)
        list_add(argv, talloc_asprintf(*argv, "--as=%zu", limits->address_space));
    list_add(argv, "--");
}

// bwrap ends what is in the sandbox when it is ended itself; but not where a polite signal goes
// first: that reaches bwrap too, and the tool inside is to finish its report.
static const char *const *confined_argv(const void *context, const struct sandbox *sandbox,
                                        const struct command *command)
{
    const char **argv = list_new(context);
    if (is_root()) {
        add(&argv, "setpriv", "--reuid=65534", "--regid=65534");
        list_add(&argv, "--clear-groups");
    }
    add(&argv, "bwrap", "--unshare-all", NULL);
    add(&argv, "--cap-drop", "ALL", NULL);
    add(&argv, "--hostname", "racelings", NULL);
    add(&argv, "--json-status-fd", number(argv, STATUS_DESCRIPTOR), NULL);
    add(&argv, "--seccomp", number(argv, FILTER_DESCRIPTOR), NULL);
    if (!command->polite_signal)
        list_add(&argv, "--die-with-parent");
    add_root(&argv);
    add_tools(&argv);
    add_cover(&argv);
    add_grants(&argv, sandbox, command->directory);
    add_limits(&argv, &sandbox->limits, command->seconds);
    list_add_all(&argv, command->argv);
    return argv;
}

static const char doctor_knows[] = ". \"racelings doctor\" says what this host lacks";

// Tells what became of the command from what became of bwrap, which passes on an exit status and
// gives 128 + N for signal N.
static bool read_outcome(const char *status_folder, struct outcome *outcome,
                         struct problem *problem)
{
    struct problem ignored;
    if (outcome->ending != ENDED_EXITED)
        return true;
    char *status = file_read(NULL, status_folder, "status", 1 << 16, NULL, &ignored);
    bool ran = status && strstr(status, "exit-code");
    talloc_free(status);
    if (!ran)
        return problem_set(problem, "the sandbox could not be made: %.*s%s",
                           (int)strcspn(outcome->output, "\n"), outcome->output, doctor_knows);
    if (outcome->number > 128 && outcome->number <= 128 + SIGRTMAX) {
        outcome->ending = ENDED_SIGNALLED;
        outcome->number -= 128;
        outcome->filtered = outcome->number == SIGSYS;
    }
    return true;
}

// The sandbox's filter in a file that bwrap reads; NULL with `problem` filled.
static const char *write_filter(const void *context, const struct sandbox *sandbox,
                                const char *folder, struct problem *problem)
{
    size_t size;
    const char *path = path_join(context, folder, "filter");
    const char *bytes = filter_program(sandbox->filter, &size, problem);
    return bytes && file_write(NULL, path, bytes, size, problem) ? path : NULL;
}

bool sandbox_run(const void *context, const struct sandbox *sandbox, const struct command *command,
                 struct outcome *outcome, struct problem *problem)
{
    if (!sandbox)
        return process_run(context, command, outcome, problem);
    void *scratch = talloc_new(NULL);
    const char *status_folder = workspace_new(scratch, problem);
    struct command confined = *command;
    bool good = false;
    if (status_folder &&
        (confined.filter_file = write_filter(scratch, sandbox, status_folder, problem))) {
        confined.argv = confined_argv(scratch, sandbox, command);
        confined.directory = "/";
        confined.memory_limit = sandbox->limits.memory;
        confined.status_file = talloc_asprintf(scratch, "%s/status", status_folder);
        good = process_run(context, &confined, outcome, problem);
    }
    if (good && outcome->ending == ENDED_NOT_STARTED)
        good = problem_set(problem, "%s cannot be started: %s. Install bubblewrap (and util-linux)",
                           confined.argv[0], strerror(outcome->number));
    good = good && read_outcome(status_folder, outcome, problem);
    talloc_free(scratch);
    return good;
}

// The host's word for what is forbidden, and the cure. `said` is what sandbox_run could not do.
static bool explain_refusal(char *said, struct problem *problem)
{
    char *pointer = strstr(said, doctor_knows), *words = strstr(said, "bwrap: ");
    if (pointer)
        *pointer = '\0'; // it is the doctor who asks
    said = words ? words : said;
    if (strstr(said, "setting up uid map") || strstr(said, "No permissions to create"))
        return problem_set(
            problem,
            "bwrap may not make user namespaces here (%s). On Ubuntu 23.10 "
            "and later: \"sysctl -w kernel.apparmor_restrict_unprivileged_userns=0\" "
            "or an AppArmor profile for bwrap; elsewhere \"sysctl -w "
            "user.max_user_namespaces=10000\"; in a container: start it with "
            "--security-opt seccomp=unconfined --security-opt apparmor=unconfined",
            said);
    if (strstr(said, "mount proc"))
        return problem_set(problem,
                           "bwrap may not mount /proc here (%s): a container covers parts "
                           "of it. Start the container with --security-opt systempaths=unconfined",
                           said);
    return problem_set(problem, "%s", said);
}

bool sandbox_works(struct problem *problem)
{
    static const char *const argv[] = {"true", NULL};
    void *scratch = talloc_new(NULL);
    const char *folder = workspace_new(scratch, problem);
    const struct limits limits = {256 << 20, 0, 1 << 20, 1 << 20, 16};
    const struct grant grant = {folder, NULL, true};
    const struct sandbox sandbox = {&grant, 1, limits, FILTER_PROGRAM};
    const struct command command = {.argv = argv,
                                    .env = workspace_environment(scratch, "/"),
                                    .directory = folder,
                                    .seconds = 20,
                                    .output_limit = 1 << 16};
    struct outcome outcome = {0};
    struct problem said = {""};
    bool works = folder && sandbox_own(folder, problem);
    if (works && !sandbox_run(scratch, &sandbox, &command, &outcome, &said))
        works = explain_refusal(said.text, problem);
    if (works && (outcome.ending != ENDED_EXITED || outcome.number != 0))
        works = problem_set(problem, "\"true\" fails inside the sandbox: %.500s", outcome.output);
    talloc_free(scratch);
    return works;
}
