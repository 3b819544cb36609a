// A program that misbehaves in the way its first argument names; test_process.c runs it. Every way
// ends by itself within 15 seconds or so and is at most 15 processes at once (a crowd: 400), so that
// nothing bad comes of running it by hand, or under a harness that does not end what it should.
#define _GNU_SOURCE
#include "run/seal.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { LIFETIME = 15 }; // seconds; what "for ever" means here

static void sleep_for(double seconds)
{
    struct timespec left = {(time_t)seconds, (long)((seconds - (double)(time_t)seconds) * 1e9)};
    while (nanosleep(&left, &left) != 0)
        continue;
}

// Straight to the descriptor, so that the order of pieces is the order of calls.
static void say(int descriptor, const char *text)
{
    if (write(descriptor, text, strlen(text)) < 0)
        _exit(99);
}

static void write_bytes(long count)
{
    static char block[65536];
    memset(block, 'x', sizeof block);
    while (count > 0) {
        ssize_t written = write(1, block, count < 65536 ? (size_t)count : sizeof block);
        if (written < 0)
            _exit(99);
        count -= written;
    }
}

static pid_t start_child(void)
{
    fflush(NULL);
    pid_t child = fork();
    if (child < 0)
        _exit(98);
    return child;
}

// ---- Ways to end ----

static void run_exit(const char *status)
{
    exit(atoi(status));
}

static void run_segv(const char *unused)
{
    (void)unused;
    raise(SIGSEGV);
}

static void run_abort(const char *unused)
{
    (void)unused;
    abort();
}

static void run_kill_self(const char *unused)
{
    (void)unused;
    kill(getpid(), SIGKILL);
}

// Not when started from a shell: its group would then be the shell's.
static void run_kill_group(const char *unused)
{
    (void)unused;
    if (start_child() == 0)
        sleep_for(LIFETIME);
    else if (getpgrp() == getpid())
        kill(0, SIGKILL);
}

// ---- Ways not to end ----

static void run_hang(const char *text)
{
    say(1, text);
    sleep_for(LIFETIME);
}

static void run_spin(const char *unused)
{
    (void)unused;
    time_t end = time(NULL) + LIFETIME;
    while (time(NULL) < end)
        continue;
}

static void *lock_twice(void *unused)
{
    static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    pthread_mutex_lock(&lock);
    pthread_mutex_lock(&lock);
    return unused;
}

static void *sleep_long(void *unused)
{
    sleep_for(LIFETIME);
    return unused;
}

static void join_one(void *(*body)(void *))
{
    pthread_t thread;
    if (pthread_create(&thread, NULL, body, NULL) == 0)
        pthread_join(thread, NULL);
}

// Each thread waits for another, for ever.
static void run_deadlock(const char *unused)
{
    (void)unused;
    join_one(lock_twice);
}

static void say_bye(int number);

static void run_deadlock_with_alarm(const char *unused)
{
    signal(SIGALRM, say_bye);
    alarm(LIFETIME);
    run_deadlock(unused);
}

// A child waits to be asked, as a symbolizer does that ThreadSanitizer has started.
static void run_deadlock_with_child(const char *program)
{
    int questions[2];
    if (pipe(questions) == 0 && fork() == 0) {
        dup2(questions[0], STDIN_FILENO);
        close(questions[1]);
        execl(program, program, (char *)NULL);
        _exit(1);
    }
    run_deadlock(NULL);
}

static void run_sleep_in_thread(const char *unused)
{
    (void)unused;
    join_one(sleep_long);
}

// A child waits for the end of a pipe of which it has both ends, and its parent waits for the
// child.
static void run_endless_pipe(const char *unused)
{
    int ends[2];
    char byte;
    (void)unused;
    if (pipe(ends) == 0 && fork() == 0)
        _exit(read(ends[0], &byte, 1) == 0);
    wait(NULL);
}

// A child sleeps and then writes into a pipe, from which its parent reads.
static void run_sleep_before_pipe(const char *unused)
{
    int ends[2];
    char byte;
    (void)unused;
    if (pipe(ends) == 0 && fork() == 0) {
        sleep_long(NULL);
        _exit(write(ends[1], "", 1) != 1);
    }
    close(ends[1]);
    if (read(ends[0], &byte, 1) != 1)
        _exit(1);
}

static void run_ignore_term(const char *unused)
{
    signal(SIGTERM, SIG_IGN);
    run_hang(unused);
}

static void say_bye(int number)
{
    (void)number;
    say(1, "bye\n");
    _exit(3);
}

// What valgrind does: on SIGTERM it still finishes its report.
static void run_polite(const char *unused)
{
    signal(SIGTERM, say_bye);
    run_hang(unused);
}

// Only a SIGCONT lets it go on.
static void run_stop(const char *unused)
{
    signal(SIGTERM, say_bye);
    raise(SIGSTOP);
    run_hang(unused);
}

// ---- Output ----

static void run_say(const char *text)
{
    say(1, text);
}

static void run_both(const char *unused)
{
    (void)unused;
    say(1, "one\n");
    say(2, "two\n");
    say(1, "three\n");
    say(2, "four");
}

static void run_late(const char *unused)
{
    (void)unused;
    sleep_for(0.3);
    say(1, "late\n");
}

static void run_bytes(const char *count)
{
    write_bytes(atol(count));
}

// All of it at once, into a pipe made large enough, and away.
static void run_big_pipe(const char *count)
{
    if (fcntl(1, F_SETPIPE_SZ, 1 << 20) < 0)
        _exit(97);
    write_bytes(atol(count));
}

static void run_bytes_then_hang(const char *count)
{
    write_bytes(atol(count));
    sleep_for(LIFETIME);
}

static void run_flood(const char *unused)
{
    (void)unused;
    write_bytes(200L * 1000 * 1000);
}

// Takes `megabytes` step by step, shared between two processes, and holds them.
static void run_memory(const char *megabytes)
{
    pid_t child = fork();
    for (long i = 0; i < atol(megabytes) / 2; i++) {
        char *volatile block = malloc(1 << 20); // volatile: the compiler may not leave it out
        if (block)
            memset(block, 1, 1 << 20);
    }
    sleep(child == 0 ? 1 : 2);
}

// Forks, and so does each child, until there are `count`; then all wait.
static void run_crowd(const char *count)
{
    atomic_long *born =
        mmap(NULL, sizeof *born, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    signal(SIGTERM, SIG_IGN);
    while (born != MAP_FAILED && atomic_fetch_add(born, 1) < atol(count) - 1)
        fork();
    sleep_for(LIFETIME);
}

// The same, of whose processes the first has ended before.
static void run_crowd_behind(const char *count)
{
    if (fork() == 0)
        run_crowd(count);
}

static void run_status(const char *text)
{
    dprintf(4, "%s", text);
}

// As a flood, but SIGTERM does not stop it either.
static void run_stubborn_flood(const char *unused)
{
    signal(SIGTERM, SIG_IGN);
    for (int i = 0; i < 100; i++) {
        run_bytes("1000000");
        sleep_for(0.1);
    }
    (void)unused;
}

static void run_close_output(const char *unused)
{
    (void)unused;
    for (int descriptor = 0; descriptor < 3; descriptor++)
        close(descriptor);
    sleep_for(0.3);
    _exit(5);
}

static void run_close_all(const char *unused)
{
    (void)unused;
    close_range(0, ~0U, 0);
    sleep_for(0.3);
    _exit(6);
}

static void run_close_all_and_hang(const char *unused)
{
    (void)unused;
    close_range(0, ~0U, 0);
    sleep_for(LIFETIME);
}

static void run_read(const char *unused)
{
    (void)unused;
    char byte;
    printf("read %zd\n", read(0, &byte, 1));
}

// ---- Processes left behind ----

// Holds the output pipe for a moment; a well-behaved command may do that.
static void run_short_child(const char *unused)
{
    (void)unused;
    if (start_child() == 0) {
        sleep_for(0.1);
        say(1, "child\n");
    }
}

static void run_long_child(const char *unused)
{
    (void)unused;
    if (start_child() == 0)
        sleep_for(LIFETIME);
}

static void run_flooding_child(const char *unused)
{
    if (start_child() == 0)
        run_flood(unused);
}

static void run_daemon(const char *unused)
{
    (void)unused;
    if (start_child() == 0) {
        setsid();
        if (start_child() != 0)
            _exit(0);
        setsid();
        signal(SIGTERM, SIG_IGN);
        signal(SIGHUP, SIG_IGN);
        sleep_for(LIFETIME);
    }
}

// As a daemon, while the command itself hangs.
static void run_daemon_and_hang(const char *unused)
{
    run_daemon(unused);
    run_hang(".");
}

static void grow(int depth)
{
    for (int twig = 0; depth > 0 && twig < 2; twig++) {
        if (start_child() == 0) {
            setpgid(0, 0);
            grow(depth - 1);
            sleep_for(LIFETIME);
            _exit(0);
        }
    }
}

// 2 + 4 + 8 processes below the command, each in a group of its own, each still having its parent.
static void run_tree(const char *unused)
{
    (void)unused;
    grow(3);
    sleep_for(0.3); // until they are all there
}

static void run_tree_and_hang(const char *unused)
{
    grow(3);
    run_hang(unused);
}

// A parent that replaces every child it loses, at most ten times.
static void run_respawn(const char *unused)
{
    (void)unused;
    if (start_child() != 0)
        return;
    setsid();
    for (int i = 0; i < 10; i++) {
        if (start_child() == 0) {
            sleep_for(LIFETIME);
            _exit(0);
        }
        wait(NULL);
    }
}

// ---- The process that watches ----

static void signal_parent(int number)
{
    if (getpgrp() == getpid()) // not the shell
        kill(getppid(), number);
    sleep_for(LIFETIME);
}

static void run_signal_parent(const char *number)
{
    signal_parent(atoi(number));
}

static void run_stop_parent_and_exit(const char *unused)
{
    (void)unused;
    if (getpgrp() == getpid())
        kill(getppid(), SIGSTOP);
}

// ---- What the command was given ----

static void run_directory(const char *unused)
{
    (void)unused;
    char *directory = get_current_dir_name();
    printf("%s\n", directory ? directory : "?");
    free(directory);
}

static void run_environment(const char *unused)
{
    (void)unused;
    for (char **entry = environ; *entry; entry++)
        printf("%s\n", *entry);
}

static void run_descriptors(const char *unused)
{
    (void)unused;
    DIR *directory = opendir("/proc/self/fd");
    const struct dirent *entry;
    while (directory && (entry = readdir(directory)) != NULL)
        if (entry->d_name[0] != '.' && atoi(entry->d_name) != dirfd(directory))
            printf("%s ", entry->d_name);
    closedir(directory);
}

// The lines of /proc/self/status on blocked and ignored signals, and the core limit.
static void run_signals(const char *unused)
{
    (void)unused;
    char line[256];
    FILE *status = fopen("/proc/self/status", "r");
    while (status && fgets(line, sizeof line, status))
        if (strncmp(line, "SigBlk", 6) == 0 || strncmp(line, "SigIgn", 6) == 0)
            printf("%s", line);
    struct rlimit core;
    getrlimit(RLIMIT_CORE, &core);
    printf("core %ld %ld\n", (long)core.rlim_cur, (long)core.rlim_max);
    printf("leader %d %d\n", getpgrp() == getpid(), getsid(0) == getpid());
}

static void run_addresses(const char *unused)
{
    void *mapped = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    printf("%p %p %p %p\n", (void *)run_addresses, (const void *)&unused, mapped, (void *)printf);
}

// Sends a seal back: "whole" for a failure, "raised" with the same word for a success, "lowered"
// for a failure with the word for a success, "guessed" without having read a word, "twice".
static void run_seal(const char *argument)
{
    struct seal_words words = {{0}, {0}, 0};
    struct seal seal = {.status = strcmp(argument, "raised") == 0 ? 0 : 7};
    bool guessed = strcmp(argument, "guessed") == 0, lowered = strcmp(argument, "lowered") == 0;
    if (!guessed && read(SEAL_DESCRIPTOR, &words, sizeof words) != sizeof words)
        _exit(99);
    memcpy(seal.word, lowered ? words.success : words.failure, sizeof seal.word);
    for (int i = 0; i < (strcmp(argument, "twice") == 0 ? 2 : 1); i++)
        if (write(SEAL_DESCRIPTOR, &seal, sizeof seal) != sizeof seal)
            _exit(99);
}

// Makes the system call that the words number, with two arguments, and exits with its errno.
static void run_call(const char *words)
{
    char *rest;
    long number = strtol(words, &rest, 10);
    unsigned long first = strtoul(rest, &rest, 10), second = strtoul(rest, &rest, 10);
    _exit(syscall(number, first, second, 0, 0, 0) < 0 ? errno : 0);
}

static const struct way {
    const char *name;
    void (*run)(const char *argument);
} ways[] = {
    {"exit", run_exit},
    {"segv", run_segv},
    {"abort", run_abort},
    {"kill-self", run_kill_self},
    {"kill-group", run_kill_group},
    {"hang", run_hang},
    {"spin", run_spin},
    {"deadlock", run_deadlock},
    {"deadlock-with-alarm", run_deadlock_with_alarm},
    {"deadlock-with-child", run_deadlock_with_child},
    {"sleep-in-thread", run_sleep_in_thread},
    {"endless-pipe", run_endless_pipe},
    {"sleep-before-pipe", run_sleep_before_pipe},
    {"ignore-term", run_ignore_term},
    {"polite", run_polite},
    {"stop", run_stop},
    {"say", run_say},
    {"both", run_both},
    {"late", run_late},
    {"bytes", run_bytes},
    {"big-pipe", run_big_pipe},
    {"bytes-then-hang", run_bytes_then_hang},
    {"flood", run_flood},
    {"memory", run_memory},
    {"crowd", run_crowd},
    {"crowd-behind", run_crowd_behind},
    {"status", run_status},
    {"stubborn-flood", run_stubborn_flood},
    {"close-output", run_close_output},
    {"close-all", run_close_all},
    {"close-all-and-hang", run_close_all_and_hang},
    {"read", run_read},
    {"short-child", run_short_child},
    {"long-child", run_long_child},
    {"flooding-child", run_flooding_child},
    {"daemon", run_daemon},
    {"daemon-and-hang", run_daemon_and_hang},
    {"tree", run_tree},
    {"tree-and-hang", run_tree_and_hang},
    {"respawn", run_respawn},
    {"signal-parent", run_signal_parent},
    {"stop-parent-and-exit", run_stop_parent_and_exit},
    {"directory", run_directory},
    {"environment", run_environment},
    {"descriptors", run_descriptors},
    {"signals", run_signals},
    {"seal", run_seal},
    {"call", run_call},
    {"addresses", run_addresses},
};

int main(int count, char **arguments)
{
    for (size_t i = 0; count > 1 && i < sizeof ways / sizeof ways[0]; i++) {
        if (strcmp(arguments[1], ways[i].name) == 0) {
            ways[i].run(count > 2 ? arguments[2] : "");
            return 0;
        }
    }
    fprintf(stderr, "usage: misbehaving WAY [ARGUMENT]; the ways:\n");
    for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++)
        fprintf(stderr, "    %s\n", ways[i].name);
    return 2;
}
