// The keeper's side of a command: everything here but the two helpers at the head runs in the fork
// alone. Bare system calls and its own stack only: see process.c.
#define _GNU_SOURCE
#include "keeper.h"

#include "base/moment.h"
#include "seal.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/keyctl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

// All in seconds.
static const double polite_wait = 2.0; // between the polite signal and SIGKILL
static const double rest_wait = 0.5;   // what outlives the command may take to end by itself
static const double kill_wait = 10.0;  // SIGKILL works at once, or something is wrong

int milliseconds_until(double moment)
{
    double seconds = moment - moment_now();
    if (seconds <= 0)
        return 0;
    return seconds > 60 ? 60000 : (int)(seconds * 1000) + 1;
}

void close_descriptor(const int *descriptor)
{
    if (*descriptor >= 0)
        close(*descriptor);
}

// Where the keeper and the command find things; arrange_descriptors puts them there.
enum { CHANNEL = 3, FIRST_UNUSED = 4 };
static const unsigned LAST_DESCRIPTOR = ~0U;

struct keeper {
    int channel;      // CHANNEL, or -1 once the harness is dead
    int deaths;       // a signalfd, readable when a child has ended
    pid_t command;    // 0 once it has ended and been reaped
    bool childless;   // nothing is left to wait for
    bool asked;       // the caller asked for the end of the command
    bool at_once;     // ... and of all that it has started
    bool ending_rest; // what is reaped from now on outlived the command
    double started;   // the caller's start, so that both clocks agree
    struct message report;
};

static void tell_caller(const struct message *message)
{
    while (send(CHANNEL, message, sizeof *message, MSG_NOSIGNAL) < 0 && errno == EINTR)
        continue;
}

// Tells the caller what could not be done, with errno, and ends this process.
static _Noreturn void give_up(enum message_kind kind, const char *step)
{
    struct message message = {.kind = kind, .error = errno, .step = step};
    tell_caller(&message);
    _exit(127);
}

static void close_range_of(unsigned first, unsigned last)
{
    if (close_range(first, last, 0) == 0)
        return;
    for (unsigned descriptor = first; descriptor <= last && descriptor < 65536; descriptor++)
        close((int)descriptor); // a kernel before 5.9
}

// Leaves 0 on /dev/null, 1 and 2 on the output pipe, CHANNEL on the channel, SEAL_DESCRIPTOR on the
// seal if there is one, and nothing else: no descriptor of the harness, and none of a run that
// another thread has in hand. They are moved out of the way first, for the harness may have been
// started with 0, 1 or 2 closed.
static void arrange_descriptors(int channel, int output, int seal)
{
    int seal_copy = seal >= 0 ? fcntl(seal, F_DUPFD_CLOEXEC, SEAL_DESCRIPTOR + 1) : -1;
    int channel_copy = fcntl(channel, F_DUPFD_CLOEXEC, FIRST_UNUSED);
    int output_copy = fcntl(output, F_DUPFD_CLOEXEC, FIRST_UNUSED);
    int error = errno;
    if (dup3(channel_copy >= 0 ? channel_copy : channel, CHANNEL, O_CLOEXEC) < 0)
        _exit(127); // no way to say why; the caller sees the end of the channel
    errno = error;
    if (channel_copy < 0 || output_copy < 0)
        give_up(STEP_FAILED, "duplicate a descriptor");
    int nothing = open("/dev/null", O_RDWR);
    if (nothing < 0)
        give_up(STEP_FAILED, "open /dev/null");
    dup2(nothing, STDIN_FILENO);
    dup2(output_copy, STDOUT_FILENO);
    dup2(output_copy, STDERR_FILENO);
    if (seal >= 0 && dup3(seal_copy, SEAL_DESCRIPTOR, O_CLOEXEC) < 0)
        give_up(STEP_FAILED, "duplicate a descriptor");
    close_range_of(FIRST_UNUSED, SEAL_DESCRIPTOR - 1);
    close_range_of(SEAL_DESCRIPTOR + (seal >= 0), LAST_DESCRIPTOR);
}

// All signals are blocked since before the fork and stay so in the keeper: nothing that the command
// or a user sends makes it stop watching. Dispositions are inherited by the command, and a SIGCHLD
// that the harness ignores would take away the keeper's children's statuses.
static void arrange_signals(struct keeper *keeper)
{
    for (int number = 1; number < _NSIG; number++)
        signal(number, SIG_DFL);
    sigset_t child_ended;
    sigemptyset(&child_ended);
    sigaddset(&child_ended, SIGCHLD);
    keeper->deaths = signalfd(-1, &child_ended, SFD_CLOEXEC | SFD_NONBLOCK);
    if (keeper->deaths < 0)
        give_up(STEP_FAILED, "make a signal descriptor");
}

// Out of the harness's session and under another name, so that what is meant for the harness
// ("pkill -9 racelings") misses the one process that can clear up after it. Should the command have
// stopped it by then, the harness's death wakes it.
static void stand_apart(void)
{
    setsid();
    prctl(PR_SET_NAME, "keeper");
    prctl(PR_SET_PDEATHSIG, SIGCONT);
    if (prctl(PR_SET_CHILD_SUBREAPER, 1) != 0)
        give_up(STEP_FAILED, "become a subreaper");
    struct rlimit no_core = {0, 0};
    setrlimit(RLIMIT_CORE, &no_core);
}

static void open_as(int descriptor, const char *path, int flags, const char *step)
{
    int file = open(path, flags | O_CLOEXEC, 0600);
    if (file < 0 || dup2(file, descriptor) < 0 || fcntl(descriptor, F_SETFD, 0) < 0)
        give_up(STEP_FAILED, step);
}

// Turns this process, a fork of the keeper, into the command. Where the kernel forbids switching
// randomisation off (container profiles do), the command runs with it: most machines are fine.
static _Noreturn void become_command(const struct command *command, pid_t keeper)
{
    setsid();
    syscall(SYS_keyctl, KEYCTL_JOIN_SESSION_KEYRING,
            NULL); // a session has keys, too: none of the caller's
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != keeper) // it died before it could be heard of
        _exit(127);
    if (command->directory && chdir(command->directory) != 0)
        give_up(STEP_FAILED, "enter the working directory");
    if (command->input)
        open_as(STDIN_FILENO, command->input, O_RDONLY, "open the input");
    if (command->status_file) // over the keeper's signal descriptor
        open_as(STATUS_DESCRIPTOR, command->status_file, O_WRONLY | O_CREAT | O_TRUNC,
                "open the status file");
    if (command->filter_file)
        open_as(FILTER_DESCRIPTOR, command->filter_file, O_RDONLY,
                "open the filter of system calls");
    if (command->sealed)
        fcntl(SEAL_DESCRIPTOR, F_SETFD, 0);
    if (command->fixed_addresses)
        personality((unsigned long)personality(0xffffffff) | ADDR_NO_RANDOMIZE);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    execvpe(command->argv[0], (char *const *)command->argv,
            command->env ? (char *const *)command->env : environ);
    give_up(NOT_STARTED, NULL);
}

static void start_command(struct keeper *keeper, const struct command *command)
{
    pid_t self = getpid();
    keeper->command = fork();
    if (keeper->command < 0)
        give_up(STEP_FAILED, "fork");
    if (keeper->command == 0)
        become_command(command, self);
    dup2(STDIN_FILENO, STDOUT_FILENO); // let go of the output pipe
    dup2(STDIN_FILENO, STDERR_FILENO);
    if (command->sealed)
        close(SEAL_DESCRIPTOR);
}

// Takes note of every child that has ended. left_running counts only what had to be killed.
static void reap(struct keeper *keeper)
{
    int status;
    pid_t child;
    while ((child = waitpid(-1, &status, WNOHANG)) > 0) {
        if (child == keeper->command) {
            keeper->command = 0;
            keeper->report.status = status;
            keeper->report.seconds = moment_now() - keeper->started;
        } else if (keeper->ending_rest && WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL) {
            keeper->report.left_running++;
        }
    }
    keeper->childless = child < 0 && errno == ECHILD;
}

static void hear_caller(struct keeper *keeper)
{
    unsigned char request;
    ssize_t got = recv(keeper->channel, &request, sizeof request, MSG_DONTWAIT);
    if (got > 0) {
        keeper->asked = true;
        keeper->at_once = request == END_AT_ONCE;
    } else if (got == 0 || (errno != EAGAIN && errno != EINTR)) {
        keeper->channel = -1; // the harness is dead
        keeper->at_once = true;
    }
}

// Sleeps until a child ends, the caller speaks or dies, or `moment` has come. Children are looked
// at first: a command that ended before the caller's word came ended by itself.
static void watch_until(struct keeper *keeper, double moment)
{
    struct pollfd sources[] = {{.fd = keeper->channel, .events = POLLIN},
                               {.fd = keeper->deaths, .events = POLLIN}};
    int ready = poll(sources, 2, milliseconds_until(moment));
    struct signalfd_siginfo ignored;
    while (read(keeper->deaths, &ignored, sizeof ignored) > 0)
        continue;
    reap(keeper);
    if (ready > 0 && sources[0].revents)
        hear_caller(keeper);
}

// To the command's whole group; to the command alone while it has not made its group yet.
static void signal_command(const struct keeper *keeper, int number)
{
    if (kill(-keeper->command, number) != 0)
        kill(keeper->command, number);
}

static void end_command(struct keeper *keeper, int polite_signal)
{
    keeper->report.ended_by_us = 1;
    if (polite_signal && !keeper->at_once && keeper->channel >= 0) {
        signal_command(keeper, polite_signal);
        signal_command(keeper, SIGCONT); // a stopped process hears nothing else
        double patience = moment_now() + polite_wait;
        while (keeper->command && keeper->channel >= 0 && moment_now() < patience)
            watch_until(keeper, patience);
    }
    if (keeper->command)
        signal_command(keeper, SIGKILL);
    double patience = moment_now() + kill_wait;
    while (keeper->command && moment_now() < patience)
        watch_until(keeper, patience);
}

static void await_command(struct keeper *keeper, const struct command *command)
{
    while (keeper->command && !keeper->asked && keeper->channel >= 0)
        watch_until(keeper, moment_now() + 60);
    if (keeper->command)
        end_command(keeper, command->polite_signal);
}

static void await_rest(struct keeper *keeper)
{
    double patience = moment_now() + rest_wait;
    while (!keeper->childless && !keeper->at_once && keeper->channel >= 0 &&
           moment_now() < patience)
        watch_until(keeper, patience);
}

static pid_t number_at(const char *text)
{
    pid_t number = 0;
    for (; *text >= '0' && *text <= '9'; text++)
        number = number * 10 + (*text - '0');
    return number;
}

// The parent of the process that has `name` in /proc; 0 if it is gone. The line read is
// "123 (any name) S 122 ...", where the name may hold spaces and parentheses.
static pid_t parent_of(const char *name)
{
    char path[32], line[512];
    stpcpy(stpcpy(stpcpy(path, "/proc/"), name), "/stat");
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return 0;
    ssize_t size = read(file, line, sizeof line - 1);
    close(file);
    line[size > 0 ? size : 0] = '\0';
    const char *after_name = strrchr(line, ')');
    return after_name && strlen(after_name) > 4 ? number_at(after_name + 4) : 0;
}

// To the group of a child of this process. It is of the tree: groups do not reach beyond a session,
// and the command has begun one. The child may still be in ours, and that is spared.
static void kill_group_of(pid_t child)
{
    pid_t group = getpgid(child);
    if (group > 0 && group != getpgrp())
        kill(-group, SIGKILL);
}

// Sends SIGKILL to every child of this process. They stay children until this process reaps them,
// so the id found is still theirs when the signal is sent.
static void kill_children(bool with_groups)
{
    _Alignas(struct dirent64) char entries[16384];
    int proc = open("/proc", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    ssize_t size;
    while (proc >= 0 && (size = getdents64(proc, entries, sizeof entries)) > 0) {
        for (ssize_t at = 0; at < size;) {
            const struct dirent64 *entry = (const struct dirent64 *)(entries + at);
            pid_t process = strlen(entry->d_name) < 12 ? number_at(entry->d_name) : 0;
            if (process > 0 && parent_of(entry->d_name) == getpid()) {
                kill(process, SIGKILL);
                if (with_groups)
                    kill_group_of(process);
            }
            at += entry->d_reclen;
        }
    }
    close_descriptor(&proc);
}

static void end_rest(struct keeper *keeper)
{
    double patience = moment_now() + kill_wait;
    keeper->ending_rest = true;
    while (!keeper->childless && moment_now() < patience) {
        kill_children(keeper->at_once);
        watch_until(keeper, moment_now() + 0.01);
    }
    keeper->report.unkillable = !keeper->childless;
}

_Noreturn void keep(const struct command *command, double started, int channel, int output,
                    int seal)
{
    struct keeper keeper = {.channel = CHANNEL, .started = started, .report = {.kind = ALL_OVER}};
    arrange_descriptors(channel, output, seal);
    arrange_signals(&keeper);
    stand_apart();
    start_command(&keeper, command);
    await_command(&keeper, command);
    await_rest(&keeper);
    end_rest(&keeper);
    tell_caller(&keeper.report);
    _exit(0);
}
