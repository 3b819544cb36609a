// Tests of process.c against misbehaving.c. MISBEHAVING is the path of that program, built without
// any sanitizer. Every run carries a mark of its own in its environment, which all its descendants
// inherit; after every run no process may bear it.
#define _GNU_SOURCE
#include "base/moment.h"
#include "base/text.h"
#include "run/process.h"
#include "run/resident.h"
#include "toolchain.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <talloc.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

// One run: what to do, and what came of it.
struct trial {
    struct command command;
    const char *argv[4];
    const char *env[3];
    char mark[64];
    void *context;
    struct outcome outcome;
    struct problem problem;
    bool good;      // what process_run returned
    double elapsed; // how long process_run took
};

static void sleep_for(double seconds)
{
    struct timespec left = {(time_t)seconds, (long)((seconds - (double)(time_t)seconds) * 1e9)};
    while (nanosleep(&left, &left) != 0)
        continue;
}

// ---- Slowness ----

// Stand-ins for two functions of the C library, so that moments too short to be met by chance can
// be drawn out.
static bool slow_report; // reports (more than one byte) take 0.4 s to be sent
static bool slow_poll;   // what there is to read is looked for 0.2 s late

ssize_t send(int channel, const void *message, size_t size, int flags)
{
    if (slow_report && size > 1)
        sleep_for(0.4);
    return sendto(channel, message, size, flags, NULL, 0);
}

int poll(struct pollfd *sources, nfds_t count, int milliseconds)
{
    if (slow_poll)
        sleep_for(0.2);
    struct timespec limit = {milliseconds / 1000, milliseconds % 1000 * 1000000L};
    return ppoll(sources, count, milliseconds < 0 ? NULL : &limit, NULL);
}

// ---- Looking for processes ----

static size_t read_proc(const char *process, const char *file, char *text, size_t room)
{
    char path[300];
    snprintf(path, sizeof path, "/proc/%s/%s", process, file);
    int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t size = descriptor < 0 ? 0 : read(descriptor, text, room - 1);
    if (descriptor >= 0)
        close(descriptor);
    text[size > 0 ? size : 0] = '\0';
    return size > 0 ? (size_t)size : 0;
}

static bool bears_mark(const char *process, const char *mark)
{
    char environment[4096];
    size_t size = read_proc(process, "environ", environment, sizeof environment);
    return memmem(environment, size, mark, strlen(mark) + 1) != NULL;
}

static bool is_child_of(const char *process, const char *parent)
{
    char line[512], wanted[32];
    read_proc(process, "stat", line, sizeof line);
    snprintf(wanted, sizeof wanted, " %s ", parent);
    const char *after_name = strrchr(line, ')');
    return after_name && strlen(after_name) > 4 &&
           strncmp(after_name + 3, wanted, strlen(wanted)) == 0;
}

// As ps shows it: 'S' sleeps, 'T' is stopped, 'Z' is dead and waits for its parent to take notice;
// '-' for a process that is gone.
static char state_of(pid_t process)
{
    char name[16], line[512];
    snprintf(name, sizeof name, "%d", (int)process);
    read_proc(name, "stat", line, sizeof line);
    const char *after_name = strrchr(line, ')');
    return after_name && strlen(after_name) > 2 ? after_name[2] : '-';
}

// Waits, ten seconds at most, until the state is one of `wanted`.
static bool wait_for_state(pid_t process, const char *wanted)
{
    for (double end = moment_now() + 10; moment_now() < end; sleep_for(0.02))
        if (strchr(wanted, state_of(process)))
            return true;
    return false;
}

// How many processes satisfy `test`; one of them in `found`, if that is not NULL.
static int count_processes(bool (*test)(const char *, const char *), const char *argument,
                           pid_t *found)
{
    int count = 0;
    DIR *proc = opendir("/proc");
    const struct dirent *entry;
    while (proc && (entry = readdir(proc)) != NULL) {
        if (!isdigit((unsigned char)entry->d_name[0]) || !test(entry->d_name, argument))
            continue;
        count++;
        if (found)
            *found = atoi(entry->d_name);
    }
    closedir(proc);
    return count;
}

static int count_marked(const char *mark)
{
    return count_processes(bears_mark, mark, NULL);
}

// Waits, ten seconds at most, until the number of marked processes is `wanted`.
static bool wait_for_marked(const char *mark, int wanted)
{
    for (double end = moment_now() + 10; moment_now() < end; sleep_for(0.02))
        if (count_marked(mark) == wanted)
            return true;
    return false;
}

static int count_descriptors(void)
{
    int count = 0;
    DIR *directory = opendir("/proc/self/fd");
    while (directory && readdir(directory))
        count++;
    closedir(directory);
    return count;
}

// ---- Trials ----

// The argument may be NULL. A test changes what it wants to have otherwise.
static void prepare(struct trial *trial, const char *way, const char *argument)
{
    static atomic_int number;
    *trial = (struct trial){0};
    snprintf(trial->mark, sizeof trial->mark, "PROCESS_TEST_MARK=%07d.%05d", (int)getpid(),
             atomic_fetch_add(&number, 1));
    trial->argv[0] = MISBEHAVING;
    trial->argv[1] = way;
    trial->argv[2] = argument;
    trial->env[0] = trial->mark;
    trial->env[1] = "OTHER=value";
    trial->context = talloc_new(NULL);
    trial->command = (struct command){
        .argv = trial->argv, .env = trial->env, .seconds = 12, .output_limit = 1000000};
}

static void run(struct trial *trial)
{
    double start = moment_now();
    trial->good = process_run(trial->context, &trial->command, &trial->outcome, &trial->problem);
    trial->elapsed = moment_now() - start;
}

// Runs, and asserts what must hold of every run: done in time; no process, no zombie and no
// descriptor left; output terminated and within its limit.
static void run_and_check(struct trial *trial)
{
    int descriptors = count_descriptors();
    run(trial);
    assert_int_equal(count_marked(trial->mark), 0);
    assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
    assert_int_equal(errno, ECHILD);
    assert_int_equal(count_descriptors(), descriptors);
    assert_true(trial->elapsed < 10);
    if (!trial->good)
        return;
    assert_non_null(trial->outcome.output);
    assert_int_equal(trial->outcome.output[trial->outcome.output_size], 0);
    assert_true(trial->outcome.output_size <= trial->command.output_limit);
    assert_ptr_equal(talloc_parent(trial->outcome.output), trial->context);
}

static void assert_outcome(const struct trial *trial, enum ending ending, int number,
                           const char *output, int left_running)
{
    if (!trial->good)
        fail_msg("%s: %s", trial->argv[1], trial->problem.text);
    assert_int_equal(trial->outcome.ending, ending);
    assert_int_equal(trial->outcome.number, number);
    if (output) {
        assert_string_equal(trial->outcome.output, output);
        assert_int_equal(trial->outcome.output_size, strlen(output));
    }
    assert_int_equal(trial->outcome.left_running, left_running);
}

static void finish(struct trial *trial)
{
    talloc_free(trial->context);
}

// The whole of a simple test: this way, with this argument, ends like this with this output.
static void expect(const char *way, const char *argument, enum ending ending, int number,
                   const char *output, int left_running)
{
    struct trial trial;
    prepare(&trial, way, argument);
    run_and_check(&trial);
    assert_outcome(&trial, ending, number, output, left_running);
    finish(&trial);
}

// The same for a command that must be stopped by the clock. Gives the seconds it took.
static double expect_timeout(const char *way, double seconds, int polite_signal, const char *output,
                             int left_running)
{
    struct trial trial;
    prepare(&trial, way, "");
    trial.command.seconds = seconds;
    trial.command.polite_signal = polite_signal;
    run_and_check(&trial);
    assert_outcome(&trial, ENDED_TIMEOUT, 0, output, left_running);
    assert_true(trial.outcome.seconds >= seconds && trial.outcome.seconds <= trial.elapsed);
    finish(&trial);
    return trial.outcome.seconds;
}

// The same for the size of the output: `way argument` under `limit` writes `size` bytes.
static void expect_size(const char *way, const char *argument, size_t limit, enum ending ending,
                        size_t size)
{
    struct trial trial;
    prepare(&trial, way, argument);
    trial.command.output_limit = limit;
    run_and_check(&trial);
    assert_outcome(&trial, ending, 0, NULL, 0);
    assert_int_equal(trial.outcome.output_size, size);
    assert_int_equal(strspn(trial.outcome.output, "x"), size);
    finish(&trial);
}

// A command that is ended because it is stuck, long before its time.
static void expect_stuck(const char *way, const char *word, bool stuck)
{
    struct trial trial;
    prepare(&trial, way, word);
    trial.command.seconds = stuck ? 60 : 3;
    run_and_check(&trial);
    assert_outcome(&trial, ENDED_TIMEOUT, 0, NULL, 0);
    assert_true(trial.outcome.waited);
    assert_int_equal(trial.outcome.stuck, stuck);
    finish(&trial);
}

// ---- Endings ----

static void test_exit_status(void **state)
{
    (void)state;
    expect("exit", "0", ENDED_EXITED, 0, "", 0);
    expect("exit", "7", ENDED_EXITED, 7, "", 0);
    expect("exit", "255", ENDED_EXITED, 255, "", 0);
}

static void test_own_signal(void **state)
{
    (void)state;
    expect("segv", NULL, ENDED_SIGNALLED, SIGSEGV, "", 0);
    expect("abort", NULL, ENDED_SIGNALLED, SIGABRT, "", 0);
    expect("kill-self", NULL, ENDED_SIGNALLED, SIGKILL, "", 0);
    expect("kill-group", NULL, ENDED_SIGNALLED, SIGKILL, "", 0);
}

static void test_closed_descriptors(void **state)
{
    (void)state;
    expect("close-output", NULL, ENDED_EXITED, 5, "", 0);
    expect("close-all", NULL, ENDED_EXITED, 6, "", 0);
}

static void test_stuck(void **state)
{
    (void)state;
    expect_stuck("deadlock", NULL, true);
    expect_stuck("deadlock-with-alarm", NULL, false); // its handler could end it
    expect_stuck("deadlock-with-child", TOOLCHAIN_SYMBOLIZER, true);
    expect_stuck("deadlock-with-child", "/bin/cat", false); // whoever writes to that may end it
    expect_stuck("sleep-in-thread", NULL, false);
    expect_stuck("endless-pipe", NULL, true);
    expect_stuck("sleep-before-pipe", NULL, false);
}

// A command that somebody else has seen to hang is not given all its time.
static void test_hurry(void **state)
{
    const atomic_bool hangs = true, lives = false;
    struct trial trial;
    (void)state;
    prepare(&trial, "spin", "");
    trial.command.seconds = 60;
    trial.command.hurry = &hangs;
    trial.command.hurried_seconds = 0.3;
    run_and_check(&trial);
    assert_outcome(&trial, ENDED_TIMEOUT, 0, "", 0);
    assert_true(trial.outcome.seconds < 0.3 * PATIENCE + 2);
    trial.command.seconds = 1;
    trial.command.hurry = &lives;
    trial.command.hurried_seconds = 0.1;
    run_and_check(&trial);
    assert_true(trial.outcome.seconds >= 1);
    finish(&trial);
}

static void test_timeout(void **state)
{
    (void)state;
    assert_true(expect_timeout("hang", 0.3, 0, "", 0) < 2);
    assert_true(expect_timeout("spin", 0.3, 0, "", 0) < 0.3 * PATIENCE + 2);
    assert_true(expect_timeout("ignore-term", 0.3, 0, "", 0) < 2);
    assert_true(expect_timeout("close-all-and-hang", 0.3, 0, "", 0) < 2);
    assert_true(expect_timeout("stop", 0.3, 0, "", 0) < 2);
    assert_true(expect_timeout("hang", 0, 0, "", 0) < 2);
    assert_true(expect_timeout("hang", -1, 0, "", 0) < 2);
}

static void test_polite_signal(void **state)
{
    (void)state;
    assert_true(expect_timeout("polite", 0.5, SIGTERM, "bye\n", 0) < 2.4);
    assert_true(expect_timeout("stop", 0.5, SIGTERM, "bye\n", 0) < 2.4);
    assert_true(expect_timeout("polite", 0.5, 0, "", 0) < 2.4);
    double stubborn = expect_timeout("ignore-term", 0.5, SIGTERM, "", 0);
    assert_true(stubborn >= 2.5 && stubborn < 5);
}

static void test_not_started(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        int error;
    } cases[] = {
        {"/proc/nonexistent/program", ENOENT},
        {"no-such-program-anywhere", ENOENT},
        {"/proc/self/status", EACCES},
        {"/", EACCES},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct trial trial;
        prepare(&trial, "exit", "0");
        trial.argv[0] = cases[i].name;
        run_and_check(&trial);
        assert_outcome(&trial, ENDED_NOT_STARTED, cases[i].error, "", 0);
        finish(&trial);
    }
}

static void test_seconds(void **state)
{
    (void)state;
    struct trial trial;
    prepare(&trial, "late", NULL);
    run_and_check(&trial);
    assert_outcome(&trial, ENDED_EXITED, 0, "late\n", 0);
    assert_true(trial.outcome.seconds >= 0.3 && trial.outcome.seconds <= trial.elapsed);
    finish(&trial);
}

// ---- Output ----

static void test_output(void **state)
{
    (void)state;
    expect("say", "no newline", ENDED_EXITED, 0, "no newline", 0);
    expect("both", NULL, ENDED_EXITED, 0, "one\ntwo\nthree\nfour", 0);
    expect_size("bytes", "20000000", 64000000, ENDED_EXITED, 20000000);
}

// However much there is to read on the harness's standard input, the command sees its end.
static void test_input(void **state)
{
    (void)state;
    int full[2], before = dup(STDIN_FILENO);
    assert_int_equal(pipe(full), 0);
    assert_int_equal(write(full[1], "text", 4), 4);
    dup2(full[0], STDIN_FILENO);
    expect("read", NULL, ENDED_EXITED, 0, "read 0\n", 0);
    dup2(before, STDIN_FILENO);
    close(before);
    close(full[0]);
    close(full[1]);
}

// All is over before the first piece is read, and there are many pieces.
static void test_late_reader(void **state)
{
    (void)state;
    slow_poll = true;
    expect_size("big-pipe", "500000", 1000000, ENDED_EXITED, 500000);
    expect_size("big-pipe", "500000", 499999, ENDED_FLOOD, 499999);
}

static void test_output_limit(void **state)
{
    (void)state;
    expect_size("bytes", "1000", 1001, ENDED_EXITED, 1000);
    expect_size("bytes", "1000", 1000, ENDED_EXITED, 1000);
    expect_size("bytes", "1000", 999, ENDED_FLOOD, 999);
    expect_size("bytes", "1", 0, ENDED_FLOOD, 0);
    expect_size("bytes", "0", 0, ENDED_EXITED, 0);
    expect_size("bytes", "1000", SIZE_MAX, ENDED_EXITED, 1000);
    expect_size("bytes", "300000", 200000, ENDED_FLOOD, 200000);
    expect_size("bytes-then-hang", "1001", 1000, ENDED_FLOOD, 1000);
}

static void test_flood(void **state)
{
    (void)state;
    expect_size("flood", NULL, 100000, ENDED_FLOOD, 100000);
    struct trial trial;
    prepare(&trial, "flood", NULL);
    run_and_check(&trial);
    assert_true(trial.elapsed < 2);
    finish(&trial);
    prepare(&trial, "stubborn-flood", NULL);
    trial.command.polite_signal = SIGTERM;
    run_and_check(&trial);
    assert_outcome(&trial, ENDED_FLOOD, 0, NULL, 0);
    assert_int_equal(trial.outcome.output_size, 1000000);
    assert_true(trial.outcome.seconds >= 2);
    finish(&trial);
    prepare(&trial, "flooding-child", NULL);
    trial.command.output_limit = 5000;
    run_and_check(&trial);
    assert_true(trial.good);
    assert_int_equal(trial.outcome.ending, ENDED_FLOOD);
    assert_int_equal(trial.outcome.output_size, 5000);
    finish(&trial);
}

// 120 MiB, in two processes of which neither passes the limit alone.
static void test_memory(void **state)
{
    (void)state;
    struct trial trial;
    prepare(&trial, "memory", "120");
    trial.command.memory_limit = 90 << 20;
    run_and_check(&trial);
    assert_outcome(&trial, ENDED_MEMORY, 0, "", 0);
    assert_true(trial.elapsed < 1.5);
    finish(&trial);
    prepare(&trial, "memory", "40");
    trial.command.memory_limit = 90 << 20;
    run_and_check(&trial);
    assert_outcome(&trial, ENDED_EXITED, 0, "", 0);
    finish(&trial);
}

static void test_crowd(void **state)
{
    (void)state;
    struct trial trial;
    prepare(&trial, "crowd", "400");
    trial.command.most_processes = 100;
    trial.command.polite_signal = SIGTERM; // not waited for: meanwhile there would be more
    run_and_check(&trial);
    assert_outcome(&trial, ENDED_CROWD, 0, "", trial.outcome.left_running);
    assert_true(trial.elapsed < 1.5);
    finish(&trial);
    prepare(&trial, "crowd", "80");
    trial.command.most_processes = 100;
    trial.command.seconds = 1;
    run_and_check(&trial);
    assert_outcome(&trial, ENDED_TIMEOUT, 0, "", trial.outcome.left_running);
    finish(&trial);
    prepare(&trial, "crowd-behind", "400"); // the command has ended, and its rest is no better
    trial.command.most_processes = 100;
    run_and_check(&trial);
    assert_outcome(&trial, ENDED_CROWD, 0, "", trial.outcome.left_running);
    finish(&trial);
}

// What the harness itself holds is in its forks too until they execute the command.
static void test_memory_of_the_harness(void **state)
{
    (void)state;
    size_t size = 120 << 20;
    char *own = malloc(size);
    assert_non_null(own);
    memset(own, 1, size);
    pid_t child = fork(); // as the keeper's child is before it executes the command
    if (child == 0)
        while (true)
            pause();
    size_t seen = extent_below(getpid(), true).resident;
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    assert_true(seen < 20 << 20);
    free(own);
}

static void test_status_file(void **state)
{
    (void)state;
    struct trial trial;
    char text[16] = "";
    prepare(&trial, "status", "written");
    trial.command.status_file = talloc_asprintf(trial.context, "/tmp/status-%d", (int)getpid());
    run_and_check(&trial);
    assert_outcome(&trial, ENDED_EXITED, 0, "", 0);
    FILE *file = fopen(trial.command.status_file, "r");
    assert_non_null(file);
    assert_non_null(fgets(text, sizeof text, file));
    assert_string_equal(text, "written");
    fclose(file);
    unlink(trial.command.status_file);
    trial.command.status_file = "/no/such/folder/status";
    assert_false(process_run(trial.context, &trial.command, &trial.outcome, &trial.problem));
    assert_non_null(strstr(trial.problem.text, "open the status file"));
    finish(&trial);
}

// One run that may end either by itself or by the clock, but must not fail. Gives its seconds.
static double run_near_the_limit(const char *way, double seconds)
{
    struct trial trial;
    prepare(&trial, way, "0");
    trial.command.seconds = seconds;
    run(&trial);
    assert_true(trial.elapsed < 10);
    enum ending ending = trial.outcome.ending;
    assert_outcome(&trial, ending == ENDED_TIMEOUT ? ENDED_TIMEOUT : ENDED_EXITED, 0, "", 0);
    finish(&trial);
    return trial.outcome.seconds;
}

// The command ends by itself at the very moment its end is asked for, or stops its keeper then.
static void test_end_at_the_limit(void **state)
{
    (void)state;
    double shortest = 1;
    for (int i = 0; i < 20; i++) {
        double seconds = run_near_the_limit("exit", 5);
        shortest = seconds < shortest ? seconds : shortest;
    }
    for (int i = 0; i < 100; i++)
        run_near_the_limit("exit", shortest * (0.8 + i * 0.005));
    for (int i = 0; i < 100; i++)
        run_near_the_limit("stop-parent-and-exit", shortest + i * 1e-5);
}

// The keeper does not read the word that comes when it has only its report left to give.
static void test_limit_passed_during_report(void **state)
{
    (void)state;
    slow_report = true;
    expect("say", "x", ENDED_EXITED, 0, "x", 0);
    struct trial trial;
    prepare(&trial, "exit", "4");
    trial.command.seconds = 0.2;
    run_and_check(&trial);
    assert_outcome(&trial, ENDED_EXITED, 4, "", 0);
    assert_true(trial.elapsed > 0.3);
    finish(&trial);
}

static void test_output_before_timeout(void **state)
{
    (void)state;
    struct trial trial;
    prepare(&trial, "bytes-then-hang", "300000");
    trial.command.seconds = 0.5;
    run_and_check(&trial);
    assert_outcome(&trial, ENDED_TIMEOUT, 0, NULL, 0);
    assert_int_equal(trial.outcome.output_size, 300000);
    finish(&trial);
}

// ---- Processes left behind ----

static void test_left_running(void **state)
{
    (void)state;
    expect("short-child", NULL, ENDED_EXITED, 0, "child\n", 0);
    expect("long-child", NULL, ENDED_EXITED, 0, "", 1);
    expect("daemon", NULL, ENDED_EXITED, 0, "", 1);
    expect("tree", NULL, ENDED_EXITED, 0, "", 14);
    expect("respawn", NULL, ENDED_EXITED, 0, "", 2);
}

static void test_left_running_after_timeout(void **state)
{
    (void)state;
    expect_timeout("daemon-and-hang", 0.5, 0, ".", 1);
    expect_timeout("daemon-and-hang", 0.5, SIGTERM, ".", 1);
    expect_timeout("tree-and-hang", 0.5, 0, "", 14);
}

// ---- What the command is given ----

static void test_environment(void **state)
{
    (void)state;
    struct trial trial;
    char wanted[200];
    prepare(&trial, "environment", NULL);
    snprintf(wanted, sizeof wanted, "%s\nOTHER=value\n", trial.mark);
    run_and_check(&trial);
    assert_outcome(&trial, ENDED_EXITED, 0, wanted, 0);
    finish(&trial);
    prepare(&trial, "environment", NULL);
    trial.command.env = NULL;
    setenv("PROCESS_TEST_OWN", "inherited", 1);
    run_and_check(&trial);
    unsetenv("PROCESS_TEST_OWN");
    assert_outcome(&trial, ENDED_EXITED, 0, NULL, 0);
    assert_non_null(strstr(trial.outcome.output, "PROCESS_TEST_OWN=inherited\n"));
    finish(&trial);
}

static void test_directory(void **state)
{
    (void)state;
    struct trial trial;
    prepare(&trial, "directory", NULL);
    trial.command.directory = "/usr/lib";
    run_and_check(&trial);
    assert_outcome(&trial, ENDED_EXITED, 0, "/usr/lib\n", 0);
    finish(&trial);
    prepare(&trial, "directory", NULL);
    trial.command.directory = "/proc/nonexistent"; // which nobody can make
    run_and_check(&trial);
    assert_false(trial.good);
    assert_null(trial.outcome.output);
    assert_non_null(strstr(trial.problem.text, "enter the working directory"));
    assert_non_null(strstr(trial.problem.text, "/proc/nonexistent: No such file or directory"));
    finish(&trial);
}

static void test_path_lookup(void **state)
{
    (void)state;
    struct trial trial;
    prepare(&trial, "-c", "echo found");
    trial.argv[0] = "sh";
    run_and_check(&trial);
    assert_outcome(&trial, ENDED_EXITED, 0, "found\n", 0);
    finish(&trial);
}

static void test_descriptors(void **state)
{
    (void)state;
    int open_on_purpose = open("/dev/null", O_RDONLY); // not O_CLOEXEC
    expect("descriptors", NULL, ENDED_EXITED, 0, "0 1 2 ", 0);
    close(open_on_purpose);
}

static void expect_seal(const char *how, bool asked, bool sealed)
{
    struct trial trial;
    prepare(&trial, asked ? "seal" : "descriptors", how);
    trial.command.sealed = asked;
    run_and_check(&trial);
    assert_int_equal(trial.outcome.ending, ENDED_EXITED);
    assert_int_equal(trial.outcome.number, 0);
    assert_int_equal(trial.outcome.sealed, sealed);
    assert_int_equal(trial.outcome.main_status, sealed ? 7 : 0);
    finish(&trial);
}

static void test_seal(void **state)
{
    (void)state;
    expect_seal("whole", true, true);
    expect_seal("raised", true, false);
    expect_seal("lowered", true, false);
    expect_seal("guessed", true, false);
    expect_seal("twice", true, false);
    expect_seal(NULL, false, false);
}

// Whatever the caller blocks and ignores, the command starts afresh, and the caller keeps its own.
static void test_signals(void **state)
{
    (void)state;
    sigset_t blocked, before, after;
    sigemptyset(&blocked);
    sigaddset(&blocked, SIGUSR1);
    sigprocmask(SIG_SETMASK, &blocked, &before);
    signal(SIGPIPE, SIG_IGN);
    signal(SIGCHLD, SIG_IGN);
    struct trial trial;
    prepare(&trial, "signals", NULL);
    run_and_check(&trial);
    signal(SIGPIPE, SIG_DFL);
    signal(SIGCHLD, SIG_DFL);
    sigprocmask(SIG_SETMASK, &before, &after);
    assert_true(sigismember(&after, SIGUSR1));
    assert_false(sigismember(&after, SIGUSR2));
    assert_outcome(&trial, ENDED_EXITED, 0,
                   "SigBlk:\t0000000000000000\nSigIgn:\t0000000000000000\ncore 0 0\nleader 1 1\n",
                   0);
    finish(&trial);
}

// The addresses a run saw, with randomisation off or on.
static void get_addresses(bool fixed, char *addresses, size_t room)
{
    struct trial trial;
    prepare(&trial, "addresses", NULL);
    trial.command.fixed_addresses = fixed;
    run_and_check(&trial);
    assert_outcome(&trial, ENDED_EXITED, 0, NULL, 0);
    snprintf(addresses, room, "%s", trial.outcome.output);
    finish(&trial);
}

static void test_fixed_addresses(void **state)
{
    (void)state;
    char first[200], second[200];
    for (int i = 0; i < 3; i++) {
        get_addresses(true, first, sizeof first);
        get_addresses(true, second, sizeof second);
        assert_string_equal(first, second);
    }
    char setting[8];
    read_proc("sys/kernel", "randomize_va_space", setting, sizeof setting);
    if (setting[0] != '2')
        return; // this machine does not randomise: the rest would prove nothing
    get_addresses(false, first, sizeof first);
    get_addresses(false, second, sizeof second);
    assert_string_not_equal(first, second);
}

// ---- The harness's own troubles ----

static void ignore_alarm(int number)
{
    (void)number;
}

// A signal every two milliseconds interrupts every call that can be interrupted.
static void test_interruptions(void **state)
{
    (void)state;
    struct sigaction action = {.sa_handler = ignore_alarm}, before;
    struct itimerval often = {{0, 2000}, {0, 2000}}, never = {{0, 0}, {0, 0}};
    sigaction(SIGALRM, &action, &before);
    setitimer(ITIMER_REAL, &often, NULL);
    expect("late", NULL, ENDED_EXITED, 0, "late\n", 0);
    expect_size("bytes", "5000000", 6000000, ENDED_EXITED, 5000000);
    expect_timeout("polite", 0.5, SIGTERM, "bye\n", 0);
    setitimer(ITIMER_REAL, &never, NULL);
    sigaction(SIGALRM, &before, NULL);
}

// With ever more descriptors allowed, each step in turn is the first to fail.
static void test_too_few_descriptors(void **state)
{
    (void)state;
    int failures = 0, successes = 0;
    struct rlimit before, limit;
    getrlimit(RLIMIT_NOFILE, &before);
    limit = before;
    for (limit.rlim_cur = 3; limit.rlim_cur < 40; limit.rlim_cur++) {
        struct trial trial;
        prepare(&trial, "exit", "0");
        setrlimit(RLIMIT_NOFILE, &limit);
        run(&trial);
        setrlimit(RLIMIT_NOFILE, &before);
        assert_true(trial.elapsed < 10);
        assert_int_equal(count_marked(trial.mark), 0);
        assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
        if (trial.good) {
            assert_int_equal(trial.outcome.ending, ENDED_EXITED);
            successes++;
        } else {
            assert_non_null(strstr(trial.problem.text, "Too many open files"));
            failures++;
        }
        finish(&trial);
    }
    assert_true(failures >= 2);
    assert_true(successes >= 1);
}

// Waits for a child of this process that was forked by a test, and gives its exit status.
static int exit_status_of(pid_t child)
{
    int status = 0;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR)
        continue;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void test_harness_without_standard_descriptors(void **state)
{
    (void)state;
    for (int first = 0; first < 3; first++) {
        pid_t child = fork();
        if (child == 0) {
            struct trial trial;
            for (int descriptor = first; descriptor < 3; descriptor++)
                close(descriptor);
            prepare(&trial, "both", NULL);
            run(&trial);
            _exit(trial.good && strcmp(trial.outcome.output, "one\ntwo\nthree\nfour") == 0 ? 0 : 1);
        }
        assert_int_equal(exit_status_of(child), 0);
    }
}

// A command that kills its keeper is dead afterwards, and process_run says that it failed.
static void test_keeper_killed(void **state)
{
    (void)state;
    struct trial trial;
    prepare(&trial, "signal-parent", "9");
    int descriptors = count_descriptors();
    run(&trial);
    assert_false(trial.good);
    assert_true(trial.elapsed < 5);
    assert_non_null(strstr(trial.problem.text, "was killed before it could report"));
    assert_true(wait_for_marked(trial.mark, 0));
    assert_int_equal(count_descriptors(), descriptors);
    finish(&trial);
}

// Signals that the keeper can refuse, it does; SIGSTOP it cannot, but the clock wakes it again.
static void test_keeper_signalled(void **state)
{
    (void)state;
    static const int signals[] = {SIGTERM, SIGINT,  SIGHUP,  SIGCHLD, SIGPIPE,
                                  SIGALRM, SIGQUIT, SIGTSTP, SIGSTOP};
    struct trial trial;
    for (size_t i = 0; i < sizeof signals / sizeof signals[0]; i++) {
        char argument[12];
        snprintf(argument, sizeof argument, "%d", signals[i]);
        prepare(&trial, "signal-parent", argument);
        trial.command.seconds = 0.1;
        run_and_check(&trial);
        assert_outcome(&trial, ENDED_TIMEOUT, 0, "", 0);
        finish(&trial);
    }
    prepare(&trial, "stop-parent-and-exit", NULL);
    trial.command.seconds = 1;
    run_and_check(&trial);
    assert_outcome(&trial, ENDED_EXITED, 0, "", 0);
    finish(&trial);
}

// Kills a harness in the middle of a run, when `marked` processes are there and the keeper's state
// is one of `states`; `group`: its whole process group at once. Within a moment neither the
// command, nor what it started, nor the keeper may be there.
static void kill_harness(const char *way, const char *argument, int marked, const char *states,
                         bool group)
{
    struct trial trial;
    char harness_name[16];
    pid_t keeper = 0;
    prepare(&trial, way, argument);
    pid_t harness = fork();
    if (harness == 0) {
        setpgid(0, 0);
        run(&trial);
        _exit(0);
    }
    assert_true(wait_for_marked(trial.mark, marked));
    snprintf(harness_name, sizeof harness_name, "%d", (int)harness);
    assert_int_equal(count_processes(is_child_of, harness_name, &keeper), 1);
    assert_true(wait_for_state(keeper, states));
    kill(group ? -harness : harness, SIGKILL);
    assert_int_equal(exit_status_of(harness), -1);
    assert_true(wait_for_marked(trial.mark, 0));
    assert_true(wait_for_state(keeper, "Z-"));
    finish(&trial);
}

static void test_harness_killed(void **state)
{
    (void)state;
    kill_harness("hang", ".", 1, "SR", false);
    kill_harness("ignore-term", ".", 1, "SR", true);
    kill_harness("daemon-and-hang", NULL, 2, "SR", false);
    kill_harness("daemon-and-hang", NULL, 2, "SR", true);
    kill_harness("tree-and-hang", ".", 15, "SR", false);
    kill_harness("tree-and-hang", ".", 15, "SR", true);
    kill_harness("signal-parent", "19", 1, "T", false); // SIGSTOP
}

// ---- Started before its time ----

// A shell that waits for a line and tells of it.
static struct started *start_waiting(struct trial *trial)
{
    prepare(trial, "-c", "read -r word && echo \"got $word\"");
    trial->argv[0] = "/bin/sh";
    struct started *started = process_start(NULL, &trial->command);
    assert_non_null(started);
    assert_true(wait_for_marked(trial->mark, 1));
    return started;
}

// What is left of it is nothing.
static void end_waiting(struct trial *trial, struct started *started, int descriptors)
{
    talloc_free(started);
    assert_int_equal(count_marked(trial->mark), 0);
    assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
    assert_int_equal(count_descriptors(), descriptors);
    finish(trial);
}

// The time that it waited is not the command's.
static void test_started_before_its_time(void **state)
{
    (void)state;
    struct trial trial;
    int descriptors = count_descriptors();
    struct started *started = start_waiting(&trial);
    sleep_for(1.0);
    double start = moment_now();
    assert_true(process_hand_in(started, "hello\n", 6));
    trial.good =
        process_finish(trial.context, started, &trial.command, &trial.outcome, &trial.problem);
    assert_outcome(&trial, ENDED_EXITED, 0, "got hello\n", 0);
    assert_true(trial.outcome.seconds <= moment_now() - start);
    end_waiting(&trial, started, descriptors);
}

static void test_started_in_vain(void **state)
{
    (void)state;
    struct trial trial;
    int descriptors = count_descriptors();
    struct started *started = start_waiting(&trial);
    end_waiting(&trial, started, descriptors);
}

// Words are for one that is there, and takes them all.
static void test_started_and_gone(void **state)
{
    (void)state;
    enum { MORE_THAN_A_PIPE = 4 << 20 };
    struct trial trial;
    pid_t waiting = 0;
    int descriptors = count_descriptors();
    struct started *started = start_waiting(&trial);
    assert_int_equal(count_processes(bears_mark, trial.mark, &waiting), 1);
    kill(waiting, SIGKILL);
    bool takes = true;
    for (double end = moment_now() + 10; takes && moment_now() < end; sleep_for(0.02))
        takes = process_hand_in(started, "x\n", 2);
    assert_false(takes);
    end_waiting(&trial, started, descriptors);
    started = start_waiting(&trial);
    assert_false(process_hand_in(started, talloc_zero_size(trial.context, MORE_THAN_A_PIPE),
                                 MORE_THAN_A_PIPE));
    end_waiting(&trial, started, descriptors);
}

static void test_started_by_a_harness_that_is_killed(void **state)
{
    (void)state;
    struct trial trial;
    prepare(&trial, "-c", "read -r word; sleep 60"); // it may not heed the end of its input
    trial.argv[0] = "/bin/sh";
    pid_t harness = fork();
    if (harness == 0) {
        process_start(NULL, &trial.command);
        for (;;)
            pause();
    }
    assert_true(wait_for_marked(trial.mark, 1));
    kill(harness, SIGKILL);
    assert_int_equal(exit_status_of(harness), -1);
    assert_true(wait_for_marked(trial.mark, 0));
    finish(&trial);
}

// ---- Threads ----

enum { THREADS = 4, RUNS = 5 };

// Asserting is for the main thread only; this gives the number of runs that went wrong.
static void *run_many(void *argument)
{
    uintptr_t wrong = 0;
    for (int i = 0; i < RUNS; i++) {
        struct trial trial;
        char text[64];
        snprintf(text, sizeof text, "thread %p run %d", argument, i);
        prepare(&trial, i == 3 ? "long-child" : "say", text);
        run(&trial);
        bool right = trial.good && trial.outcome.ending == ENDED_EXITED &&
                     strcmp(trial.outcome.output, i == 3 ? "" : text) == 0 &&
                     trial.outcome.left_running == (i == 3) && count_marked(trial.mark) == 0;
        wrong += !right;
        finish(&trial);
    }
    return (void *)wrong;
}

static void *run_long(void *argument)
{
    run(argument);
    return NULL;
}

// Several threads at once, and a slow run in the midst of them that must not hold the others up.
static void test_threads(void **state)
{
    (void)state;
    pthread_t threads[THREADS], slow_thread;
    struct trial slow;
    void *wrong;
    uintptr_t sum = 0;
    prepare(&slow, "hang", "slow");
    slow.command.seconds = 5;
    double start = moment_now();
    assert_int_equal(pthread_create(&slow_thread, NULL, run_long, &slow), 0);
    for (uintptr_t i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, run_many, (void *)(i + 1)), 0);
    for (int i = 0; i < THREADS; i++) {
        pthread_join(threads[i], &wrong);
        sum += (uintptr_t)wrong;
    }
    double elapsed = moment_now() - start;
    pthread_join(slow_thread, NULL);
    assert_int_equal(sum, 0);
    assert_true(elapsed < 4.5);
    assert_outcome(&slow, ENDED_TIMEOUT, 0, "slow", 0);
    finish(&slow);
}

// ---- Stopped by the caller ----

struct stopped_run {
    struct trial trial;
    int stop; // what its thread heeds
};

static void *run_heeding(void *argument)
{
    struct stopped_run *stopped = argument;
    process_heed(stopped->stop);
    run(&stopped->trial);
    process_heed(-1);
    return NULL;
}

// A command with so many processes is stopped as soon as all are there; nothing is started behind
// it.
static void expect_stopped(const char *way, const char *argument, int processes)
{
    const uint64_t one = 1;
    pthread_t thread;
    struct stopped_run stopped = {.stop = eventfd(0, EFD_CLOEXEC)};
    prepare(&stopped.trial, way, argument);
    stopped.trial.command.seconds = 60;
    stopped.trial.command.polite_signal = SIGTERM;
    assert_int_equal(pthread_create(&thread, NULL, run_heeding, &stopped), 0);
    assert_true(wait_for_marked(stopped.trial.mark, processes));
    double rung = moment_now();
    assert_int_equal(write(stopped.stop, &one, sizeof one), sizeof one);
    pthread_join(thread, NULL);
    assert_true(moment_now() - rung < 5);
    assert_false(stopped.trial.good);
    assert_non_null(strstr(stopped.trial.problem.text, "was stopped"));
    assert_int_equal(count_marked(stopped.trial.mark), 0);
    finish(&stopped.trial);

    prepare(&stopped.trial, "say", "more");
    process_heed(stopped.stop);
    run(&stopped.trial);
    process_heed(-1);
    assert_false(stopped.trial.good);
    assert_non_null(strstr(stopped.trial.problem.text, "was not started any more"));
    finish(&stopped.trial);
    close(stopped.stop);
}

static void test_stopped(void **state)
{
    (void)state;
    expect_stopped("hang", ".", 1);
    expect_stopped("ignore-term", ".", 1);
    expect_stopped("daemon-and-hang", NULL, 2);
    expect_stopped("tree-and-hang", ".", 15);
    expect_stopped("signal-parent", "19", 1); // the keeper cannot hear: it is woken
    expect("say", "as ever", ENDED_EXITED, 0, "as ever", 0);
}

// Also after a test that failed half-way.
static int be_quick(void **state)
{
    (void)state;
    slow_report = slow_poll = false;
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_exit_status),
        cmocka_unit_test(test_own_signal),
        cmocka_unit_test(test_closed_descriptors),
        cmocka_unit_test(test_timeout),
        cmocka_unit_test(test_hurry),
        cmocka_unit_test(test_stuck),
        cmocka_unit_test(test_polite_signal),
        cmocka_unit_test(test_not_started),
        cmocka_unit_test(test_seconds),
        cmocka_unit_test(test_output),
        cmocka_unit_test(test_input),
        cmocka_unit_test_teardown(test_late_reader, be_quick),
        cmocka_unit_test(test_output_limit),
        cmocka_unit_test(test_flood),
        cmocka_unit_test(test_end_at_the_limit),
        cmocka_unit_test_teardown(test_limit_passed_during_report, be_quick),
        cmocka_unit_test(test_output_before_timeout),
        cmocka_unit_test(test_left_running),
        cmocka_unit_test(test_left_running_after_timeout),
        cmocka_unit_test(test_stopped),
        cmocka_unit_test(test_environment),
        cmocka_unit_test(test_directory),
        cmocka_unit_test(test_path_lookup),
        cmocka_unit_test(test_memory),
        cmocka_unit_test(test_crowd),
        cmocka_unit_test(test_memory_of_the_harness),
        cmocka_unit_test(test_status_file),
        cmocka_unit_test(test_descriptors),
        cmocka_unit_test(test_seal),
        cmocka_unit_test(test_signals),
        cmocka_unit_test(test_fixed_addresses),
        cmocka_unit_test(test_interruptions),
        cmocka_unit_test(test_too_few_descriptors),
        cmocka_unit_test(test_harness_without_standard_descriptors),
        cmocka_unit_test(test_keeper_killed),
        cmocka_unit_test(test_keeper_signalled),
        cmocka_unit_test(test_harness_killed),
        cmocka_unit_test(test_started_before_its_time),
        cmocka_unit_test(test_started_in_vain),
        cmocka_unit_test(test_started_and_gone),
        cmocka_unit_test(test_started_by_a_harness_that_is_killed),
        cmocka_unit_test(test_threads),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
