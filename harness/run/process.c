// One command, from start to the end of its whole process tree. Called by everything that runs a
// compiler, a detector or an exercise.
//
// How it works. Three processes take part, and whatever the command starts:
//
//     caller    the harness thread inside process_run. Reads the output, watches the clock and the
//               amount of output.
//       keeper  a fork of the harness that executes nothing else. Starts the command, waits for
//               it, and ends whatever it left behind. It is a "child subreaper": a process below
//               it whose parent dies becomes its child, so nothing can leave the tree, not even
//               a daemon with a session of its own.
//         command  leads a session, hence a process group, of its own.
//
// Two things connect them. The *output pipe* runs from the command's standard output and standard
// error to the caller. The *channel*, a pair of sockets, joins the caller and the keeper:
//
//     keeper -> caller   STEP_FAILED   the keeper, or the command before exec, could not be set up
//     command -> caller  NOT_STARTED   exec failed, with errno
//     keeper -> caller   ALL_OVER      how the command ended; sent when no process is left
//     caller -> keeper   one byte      a limit is passed: end the command
//     caller -> keeper   end of file   the harness is dead: end everything at once
//
// The caller returns on ALL_OVER, never on the end of the output pipe, so it does not matter who
// holds that pipe open or who closed it early.
//
// How nothing survives, whoever dies first:
//   - The harness, even by SIGKILL: the kernel closes its end of the channel; the keeper sees that
//     and clears up. The keeper has a session of its own, so that a signal for the harness's whole
//     group (Ctrl-C, timeout(1)) does not take it along.
//   - The keeper: it takes SIGKILL (or 32 or 33, which the C library keeps to itself). The kernel
//     then kills the command (PR_SET_PDEATHSIG), and process_run fails. In this one case what the
//     command started itself, or a command that changed its user id, is beyond reach; hostile code
//     runs in the sandbox, where it cannot see the keeper.
//   - The command: the keeper kills its own children until it has none left. Each death makes the
//     grandchildren its children, so the tree goes from the top down, and nothing in it is left
//     that could start a process again.
// Only the keeper signals the tree, and only processes it has not reaped, so a process id is never
// one that has been given to somebody else since.
//
// Other threads of the harness may hold malloc's lock, or any other, at the moment of the fork. The
// keeper, and the command before exec, therefore use bare system calls and their own stack only.
// (execvpe is not on POSIX's list of safe functions; glibc's and musl's allocate nothing.)
#define _GNU_SOURCE
#include "process.h"

#include "base/moment.h"
#include "resident.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <talloc.h>
#include <time.h>
#include <unistd.h>

// All in seconds.
static const double polite_wait = 2.0;      // between the polite signal and SIGKILL
static const double rest_wait = 0.5;        // what outlives the command may take to end by itself
static const double kill_wait = 10.0;       // SIGKILL works at once, or something is wrong
static const double wake_interval = 0.2;    // how often a keeper that is to end things is woken
static const double memory_interval = 0.02; // how often the memory of the tree is looked at
static const double keeper_wait = 30.0;     // more than all of these: the keeper itself is stuck

enum message_kind { STEP_FAILED, NOT_STARTED, ALL_OVER };

// What the keeper, or the command before exec, tells the caller.
struct message {
    enum message_kind kind;
    int error;        // STEP_FAILED, NOT_STARTED: errno
    const char *step; // STEP_FAILED: what was tried; a literal, at the same address in a fork
    double seconds;   // ALL_OVER from here on: from struct run's started to the command's end
    int status;       // as waitpid gives it
    int left_running; // see struct outcome
    int ended_by_us;  // 1: the caller asked before the command ended by itself
    int unkillable;   // 1: something withstood SIGKILL and is still there
};

// For poll: at least the time until `moment`, but never more than a minute (callers loop).
static int milliseconds_until(double moment)
{
    double seconds = moment - moment_now();
    if (seconds <= 0)
        return 0;
    return seconds > 60 ? 60000 : (int)(seconds * 1000) + 1;
}

static void close_descriptor(const int *descriptor)
{
    if (*descriptor >= 0)
        close(*descriptor);
}

// ---- The keeper: everything from here to the next line of dashes runs in the fork ----

// Where the keeper and the command find things; arrange_descriptors puts them there.
enum { CHANNEL = 3, FIRST_UNUSED = 4 };

struct keeper {
    int channel;      // CHANNEL, or -1 once the harness is dead
    int deaths;       // a signalfd, readable when a child has ended
    pid_t command;    // 0 once it has ended and been reaped
    bool childless;   // nothing is left to wait for
    bool asked;       // the caller asked for the end of the command
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

static void close_from(int first)
{
    if (close_range((unsigned)first, ~0U, 0) == 0)
        return;
    for (int descriptor = first; descriptor < 65536; descriptor++) // a kernel before 5.9
        close(descriptor);
}

// Leaves 0 on /dev/null, 1 and 2 on the output pipe, CHANNEL on the channel, and nothing else: no
// descriptor of the harness, and none of a run that another thread has in hand. The two are moved
// out of the way first, for the harness may have been started with 0, 1 or 2 closed.
static void arrange_descriptors(int channel, int output)
{
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
    close_from(FIRST_UNUSED);
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

// Turns this process, a fork of the keeper, into the command. Where the kernel forbids switching
// randomisation off (container profiles do), the command runs with it: most machines are fine.
static _Noreturn void become_command(const struct command *command, pid_t keeper)
{
    setsid();
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != keeper) // it died before it could be heard of
        _exit(127);
    if (command->directory && chdir(command->directory) != 0)
        give_up(STEP_FAILED, "enter the working directory");
    if (command->status_file) {
        int file = open(command->status_file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
        if (file < 0 || dup2(file, STATUS_DESCRIPTOR) < 0) // over the keeper's signal descriptor
            give_up(STEP_FAILED, "open the status file");
    }
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
    char byte;
    ssize_t got = recv(keeper->channel, &byte, 1, MSG_DONTWAIT);
    if (got > 0)
        keeper->asked = true;
    else if (got == 0 || (errno != EAGAIN && errno != EINTR))
        keeper->channel = -1; // the harness is dead
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
    if (polite_signal && keeper->channel >= 0) {
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
    while (!keeper->childless && keeper->channel >= 0 && moment_now() < patience)
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

// Sends SIGKILL to every child of this process. They stay children until this process reaps them,
// so the id found is still theirs when the signal is sent.
static void kill_children(void)
{
    _Alignas(struct dirent64) char entries[16384];
    int proc = open("/proc", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    ssize_t size;
    while (proc >= 0 && (size = getdents64(proc, entries, sizeof entries)) > 0) {
        for (ssize_t at = 0; at < size;) {
            const struct dirent64 *entry = (const struct dirent64 *)(entries + at);
            pid_t process = strlen(entry->d_name) < 12 ? number_at(entry->d_name) : 0;
            if (process > 0 && parent_of(entry->d_name) == getpid())
                kill(process, SIGKILL);
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
        kill_children();
        watch_until(keeper, moment_now() + 0.01);
    }
    keeper->report.unkillable = !keeper->childless;
}

// The whole life of the keeper.
static _Noreturn void keep(const struct command *command, double started, int channel, int output)
{
    struct keeper keeper = {.channel = CHANNEL, .started = started, .report = {.kind = ALL_OVER}};
    arrange_descriptors(channel, output);
    arrange_signals(&keeper);
    stand_apart();
    start_command(&keeper, command);
    await_command(&keeper, command);
    await_rest(&keeper);
    end_rest(&keeper);
    tell_caller(&keeper.report);
    _exit(0);
}

// ---- The caller ----

struct run {
    const struct command *command;
    const void *context; // the talloc parent of the output
    pid_t keeper;
    int channel; // to the keeper
    int output;  // the output pipe, or -1 after its end
    double started;
    double limit;           // when pass_limit has something to do
    double memory_look;     // when the memory is looked at next
    double despair;         // once asked: when to take the keeper for stuck
    bool asked;             // we asked the keeper for the end
    enum ending reason;     // why we asked
    bool flooded;           // there was more output than output_limit
    bool no_memory;         // there was more output than memory
    bool over;              // the keeper has nothing more to say
    char *text;             // the output so far, not terminated
    size_t size, room;      // bytes used and allocated
    struct message failure; // a STEP_FAILED or NOT_STARTED that came, if .error is not 0
    struct message report;  // the ALL_OVER that came, if .kind says so
};

static void ask_for_end(struct run *run, enum ending reason)
{
    if (run->asked)
        return;
    run->asked = true;
    run->reason = reason;
    run->limit = moment_now(); // pass_limit goes on from here
    run->despair = run->limit + keeper_wait;
    send(run->channel, "", 1, MSG_NOSIGNAL | MSG_DONTWAIT);
}

// Makes room for `more` bytes and the final NUL; in all never more than output_limit asks for.
static bool make_room(struct run *run, size_t more)
{
    size_t needed = run->size + more + 1;
    if (needed <= run->room)
        return true;
    size_t room = needed < run->room * 2 ? run->room * 2 : needed;
    if (room - 1 > run->command->output_limit)
        room = run->command->output_limit + 1;
    char *text = talloc_realloc_size(run->context, run->text, room);
    if (!text)
        return false;
    run->text = text;
    run->room = room;
    return true;
}

// Keeps what may be kept of a piece of output. The rest is dropped, so that a command that is being
// ended does not hang in a write instead.
static void keep_output(struct run *run, const char *piece, size_t size)
{
    size_t allowed = run->command->output_limit - run->size;
    if (size > allowed) {
        run->flooded = true;
        ask_for_end(run, ENDED_FLOOD);
        size = allowed;
    }
    if (run->no_memory || !make_room(run, size)) {
        run->no_memory = true;
        ask_for_end(run, ENDED_FLOOD);
        return;
    }
    memcpy(run->text + run->size, piece, size);
    run->size += size;
}

// Reads one piece. Returns false when there is none for now, or for ever.
static bool read_output(struct run *run)
{
    char piece[65536];
    ssize_t size = read(run->output, piece, sizeof piece);
    if (size > 0) {
        keep_output(run, piece, (size_t)size);
        return true;
    }
    if (size < 0 && errno == EINTR)
        return true;
    if (size == 0 || errno != EAGAIN) {
        close(run->output);
        run->output = -1;
    }
    return false;
}

// ECONNRESET comes once, ahead of what the keeper has sent, when it ended without reading our word:
// the command came to its end while we were asking for it.
static void hear_keeper(struct run *run)
{
    struct message message;
    ssize_t size = recv(run->channel, &message, sizeof message, MSG_DONTWAIT);
    if (size < 0 && (errno == EAGAIN || errno == EINTR || errno == ECONNRESET))
        return;
    if (size != (ssize_t)sizeof message) {
        run->over = true; // the keeper is dead
    } else if (message.kind == ALL_OVER) {
        run->report = message;
        run->over = true;
    } else {
        run->failure = message;
    }
}

// The clock ran out for the command; or it was told to end, and we see to it that the keeper is
// awake: the command may stop it (SIGSTOP), also after our word came.
static void pass_limit(struct run *run)
{
    if (!run->asked)
        ask_for_end(run, ENDED_TIMEOUT);
    run->over = moment_now() >= run->despair;
    kill(run->keeper, run->over ? SIGKILL : SIGCONT);
    run->limit = moment_now() + wake_interval;
}

// When there is something to look at again, output aside.
static double next_look(const struct run *run)
{
    double look = run->command->memory_limit && !run->asked ? run->memory_look : run->limit;
    return look < run->limit ? look : run->limit;
}

static void look_at_memory(struct run *run)
{
    if (resident_below(run->keeper) > run->command->memory_limit)
        ask_for_end(run, ENDED_MEMORY);
    run->memory_look = moment_now() + memory_interval;
}

// Reads the output and listens to the keeper until all is over; then empties the pipe.
static void follow(struct run *run)
{
    while (!run->over) {
        struct pollfd sources[] = {{.fd = run->output, .events = POLLIN},
                                   {.fd = run->channel, .events = POLLIN}};
        int ready = poll(sources, 2, milliseconds_until(next_look(run)));
        if (ready > 0 && sources[0].revents)
            read_output(run);
        if (ready > 0 && sources[1].revents)
            hear_keeper(run);
        if (!run->over && !run->asked && run->command->memory_limit &&
            moment_now() >= run->memory_look)
            look_at_memory(run);
        if (!run->over && moment_now() >= run->limit)
            pass_limit(run);
    }
    while (run->output >= 0 && !run->flooded && !run->no_memory && read_output(run))
        continue;
}

// Says what failed in the harness itself, with errno and the command's name.
static bool could_not(struct problem *problem, const struct command *command, const char *step)
{
    return problem_set(problem,
                       "Could not %s to run \"%s\"%s%s: %m. Nothing was judged; if the "
                       "machine is short of memory, processes or open files, free some and try "
                       "again.",
                       step, command->argv[0], command->directory ? " in " : "",
                       command->directory ? command->directory : "");
}

// Everything that is neither the command's doing nor ours to judge. Returns false if there was any.
static bool all_went_well(const struct run *run, struct problem *problem)
{
    const char *name = run->command->argv[0];
    if (run->failure.error && run->failure.kind == STEP_FAILED) {
        errno = run->failure.error;
        return could_not(problem, run->command, run->failure.step);
    }
    if (run->report.kind != ALL_OVER)
        return problem_set(problem,
                           "The process that watches over \"%s\" was killed before it "
                           "could report. Look with ps for processes that are still running, and "
                           "try again.",
                           name);
    if (run->report.unkillable)
        return problem_set(problem,
                           "A process that \"%s\" started withstands SIGKILL and is still "
                           "running. Look for it with ps.",
                           name);
    if (run->no_memory)
        return problem_set(problem,
                           "No memory for the output of \"%s\" after %zu bytes. Lower its "
                           "output limit.",
                           name, run->size);
    return true;
}

// Fills in how the command ended. Too much output counts even when the command had ended before we
// could read it, so the same output always gives the same ending.
static void conclude(const struct run *run, struct outcome *outcome)
{
    const struct message *report = &run->report;
    outcome->seconds = report->seconds;
    outcome->left_running = report->left_running;
    if (run->failure.error) {
        outcome->ending = ENDED_NOT_STARTED;
        outcome->number = run->failure.error;
    } else if (report->ended_by_us) {
        outcome->ending = run->reason;
    } else if (run->flooded) {
        outcome->ending = ENDED_FLOOD;
    } else if (WIFEXITED(report->status)) {
        outcome->ending = ENDED_EXITED;
        outcome->number = WEXITSTATUS(report->status);
    } else {
        outcome->ending = ENDED_SIGNALLED;
        outcome->number = WTERMSIG(report->status);
    }
}

// Forks the keeper with every signal blocked, so that no handler of the harness ever runs in it.
static pid_t start_keeper(const struct run *run, int channel, int output)
{
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    pid_t keeper = fork();
    if (keeper == 0)
        keep(run->command, run->started, channel, output);
    int error = errno;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    errno = error;
    return keeper;
}

// Makes the channel and the output pipe and starts the keeper at their far ends.
static bool start(struct run *run, struct problem *problem)
{
    int channel[2], output[2];
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, channel) != 0)
        return could_not(problem, run->command, "make a pair of sockets");
    run->channel = channel[0];
    __attribute__((cleanup(close_descriptor))) int far_channel = channel[1];
    if (pipe2(output, O_CLOEXEC) != 0)
        return could_not(problem, run->command, "make a pipe");
    run->output = output[0];
    __attribute__((cleanup(close_descriptor))) int far_output = output[1];
    fcntl(run->output, F_SETFL, O_NONBLOCK); // our end only
    run->started = moment_now();
    run->limit = run->started + run->command->seconds;
    run->memory_look = run->started + memory_interval;
    run->keeper = start_keeper(run, far_channel, far_output);
    return run->keeper > 0 || could_not(problem, run->command, "fork");
}

static void close_run(const struct run *run)
{
    close_descriptor(&run->channel);
    close_descriptor(&run->output);
}

bool process_run(const void *context, const struct command *command, struct outcome *outcome,
                 struct problem *problem)
{
    *outcome = (struct outcome){0};
    __attribute__((cleanup(close_run))) struct run run = {
        .command = command,
        .context = context,
        .channel = -1,
        .output = -1,
        .report = {.kind = STEP_FAILED},
    };
    if (!make_room(&run, 0))
        return problem_set(problem, "No memory to run \"%s\".", command->argv[0]);
    bool good = start(&run, problem);
    if (good) {
        follow(&run);
        while (waitpid(run.keeper, NULL, 0) < 0 && errno == EINTR)
            continue;
        good = all_went_well(&run, problem);
    }
    if (!good) {
        talloc_free(run.text);
        return false;
    }
    conclude(&run, outcome);
    run.text[run.size] = '\0';
    outcome->output = run.text;
    outcome->output_size = run.size;
    return true;
}
