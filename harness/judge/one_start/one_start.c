// Two command lines on one start of the compiler. clang's libraries take longer to be loaded and linked than
// a small file takes to be compiled; so where a file is to be preprocessed and compiled, the process is forked
// when all is loaded and main is about to be called, and main is called in both.
//
// Loaded into clang with LD_PRELOAD, by the commands that judge/compiler.c makes (compiler_one_start):
//
//     clang SECONDS FIRST... --then SECOND...
//
// SECONDS of processor time are what each of the two may take. The second is run if the first has exit status
// 0; else that is the status of both, 128 + N for signal N, as with a shell's "&&". Where the first argument
// is no number nothing is changed.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

typedef int main_function(int argc, char **argv, char **environment);
typedef int start_function(main_function *main, int argc, char **argv, void (*init)(void),
                           void (*fini)(void), void (*at_end)(void), void *stack_end);

start_function __libc_start_main;

static main_function *compiler; // clang's main

// Sets the soft limit, whose signal ends the process. False if that cannot be done.
static bool limit_time(long seconds)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_CPU, &limit) != 0)
        return false;
    limit.rlim_cur = (rlim_t)seconds;
    return setrlimit(RLIMIT_CPU, &limit) == 0;
}

// The index of "--then", or of the end.
static int find_end(char **words)
{
    int index = 0;
    while (words[index] && strcmp(words[index], "--then") != 0)
        index++;
    return index;
}

// The exit status of a child, as a shell gives it.
static int status_of(pid_t child)
{
    int status = 0;
    while (waitpid(child, &status, 0) < 0)
        if (errno != EINTR)
            return EXIT_FAILURE;
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

// `words` are the name of the compiler and the arguments of both command lines.
static int run_both(char **words)
{
    int end = find_end(words);
    char **second = words + end;
    if (!*second)
        return compiler(end, words, environ);
    *second = NULL;
    pid_t child = fork();
    if (child == 0)
        return compiler(end, words, environ);
    int status = child > 0 ? status_of(child) : EXIT_FAILURE;
    if (status != 0)
        return status;
    *second = words[0];
    return compiler(find_end(second), second, environ);
}

static int run_lines(int argc, char **argv, char **environment)
{
    char *rest = NULL;
    long seconds = argc > 1 ? strtol(argv[1], &rest, 10) : 0;
    if (seconds <= 0 || *rest)
        return compiler(argc, argv, environment);
    unsetenv("LD_PRELOAD"); // what clang starts is run as it is
    if (!limit_time(seconds)) {
        perror("the compiler's processor time cannot be limited");
        return EXIT_FAILURE;
    }
    argv[1] = argv[0];
    return run_both(argv + 1);
}

// In front of the C library's function of this name, with which every program begins.
int __libc_start_main(main_function *main, int argc, char **argv, void (*init)(void),
                      void (*fini)(void), void (*at_end)(void), void *stack_end)
{
    start_function *start;
    *(void **)&start = dlsym(RTLD_NEXT, "__libc_start_main");
    compiler = main;
    return start(run_lines, argc, argv, init, fini, at_end, stack_end);
}
