// Several command lines on one start of the compiler. clang's libraries take longer to be loaded
// and linked than a small file takes to be compiled; so where a file is to be preprocessed and
// compiled, the process is forked when all is loaded and main is about to be called, and main is
// called in each.
//
// Loaded into clang with LD_PRELOAD, by the commands that judge/compiler.c makes
// (compiler_one_start):
//
//     clang SECONDS FIRST... --then SECOND... --then THIRD...
//
// SECONDS of processor time are what each of them may take. Each is run if the one before has exit
// status 0; else that is the status of all, 128 + N for signal N, as with a shell's "&&". Where the
// first argument is no number nothing is changed.
//
// Several groups of them, what each writes apart from the others':
//
//     clang SECONDS --into FILE FIRST... --then SECOND... --into OTHER-FILE THIRD...
//
// Standard output then has a dot for each group that was run to its end.
//
// A tool, this compiler or another, that is started before its time (judge/ahead.h):
//
//     TOOL --wait
//
// When all is loaded it reads its arguments and its environment from standard input, and goes on as
// if it had been started with them: how many words each of the two has, and these, the name of the
// tool first. Each ends with a zero byte, as the numbers do.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
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

static bool is_into(const char *word)
{
    return word && strcmp(word, "--into") == 0;
}

// The index of "--then" or "--into", or of the end.
static int find_end(char **words)
{
    int index = 0;
    while (words[index] && strcmp(words[index], "--then") != 0 && !is_into(words[index]))
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

// What this process writes from now on goes to the end of `file`.
static bool write_into(const char *file)
{
    int made = open(file, O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
    return made >= 0 && dup2(made, STDOUT_FILENO) >= 0 && dup2(made, STDERR_FILENO) >= 0;
}

// Runs a command line in a process of its own; gives its exit status. `into`: see run_each.
static int run_apart(int count, char **words, const char *into)
{
    pid_t child = fork();
    if (child == 0)
        exit(into && !write_into(into) ? EXIT_FAILURE : compiler(count, words, environ));
    return child > 0 ? status_of(child) : EXIT_FAILURE;
}

static bool write_dot(void)
{
    return write(STDOUT_FILENO, ".", 1) == 1;
}

// `at` is the word before the first command line, which makes room for the name of the compiler, as
// "--then" and a FILE do for the others. The last is run in this process, unless a dot is to be
// written then.
static int run_each(char *name, char **at)
{
    const char *into = NULL; // the file that the group writes to
    int status = EXIT_SUCCESS;
    while (*at && status == EXIT_SUCCESS) {
        if (is_into(*at))
            into = *++at;
        *at = name;
        int end = find_end(at);
        char *mark = at[end]; // what divides it from the next one; NULL: it is the last
        at[end] = NULL;
        if (!mark && !into)
            return compiler(end, at, environ);
        status = run_apart(end, at, into);
        bool ends_group = into && (!mark || is_into(mark));
        if (status == EXIT_SUCCESS && ends_group && !write_dot())
            status = EXIT_FAILURE;
        at[end] = mark;
        at += end;
    }
    return status;
}

// The next word of standard input. At its end nobody waits for this process any more.
static char *read_word(void)
{
    char *word = NULL;
    size_t size = 0;
    if (getdelim(&word, &size, '\0', stdin) <= 0)
        _exit(EXIT_FAILURE);
    return word;
}

static char **read_words(int count)
{
    char **words = calloc((size_t)count + 1, sizeof *words);
    if (!words)
        _exit(EXIT_FAILURE);
    for (int i = 0; i < count; i++)
        words[i] = read_word();
    return words;
}

// Waits for what this process is to do. Nothing is on its standard input then.
static void await_words(int *argc, char ***argv)
{
    *argc = atoi(read_word());
    int settings = atoi(read_word());
    *argv = read_words(*argc);
    environ = read_words(settings);
    if (!freopen("/dev/null", "r", stdin))
        _exit(EXIT_FAILURE);
}

static int run_lines(int argc, char **argv, char **environment)
{
    char *rest = NULL;
    if (argc == 2 && strcmp(argv[1], "--wait") == 0) {
        await_words(&argc, &argv);
        environment = environ;
    }
    long seconds = argc > 1 ? strtol(argv[1], &rest, 10) : 0;
    if (seconds <= 0 || *rest)
        return compiler(argc, argv, environment);
    unsetenv("LD_PRELOAD"); // what clang starts is run as it is
    if (!limit_time(seconds)) {
        perror("the compiler's processor time cannot be limited");
        return EXIT_FAILURE;
    }
    return run_each(argv[0], is_into(argv[2]) ? argv + 2 : argv + 1);
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
