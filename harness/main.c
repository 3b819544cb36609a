// The `racelings` program: finds the sub-command and leaves the rest to it.

#define _GNU_SOURCE
#include "commands/commands.h"
#include "commands/options.h"
#include "run/workspace.h"
#include "toolchain.h"

#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char usage[] =
    "racelings: small racy C programs, and the judges that tell right from wrong\n"
    "\n"
    "  racelings list [--json]          every exercise and how far you are\n"
    "  racelings check [NAME...]        judge your exercises; all by default\n"
    "      --detector tsan|helgrind|native   one detector instead of all\n"
    "      --variant yours|broken|fixed      what to judge (default: yours)\n"
    "      --answer FILE                     judge FILE in place of the editable file\n"
    "  racelings try FILE... [-- ARGS]  judge any C program of your own\n"
    "  racelings hint NAME              the next hint\n"
    "  racelings doctor                 are the tools on this machine sound?\n"
    "  racelings verify [NAME...]       prove the whole course\n"
    "      --inventory                       only look for what is missing or stray\n"
    "      --answer PATH                     only this answer\n"
    "  racelings grade SUBMISSIONS --out DIR [NAME...]\n"
    "                                   grade a class; NAMEs choose exercises\n"
    "      --policy FILE                     weights, partial credit, late rules\n"
    "      --regrade ID|NAME|ID/NAME         judge again: a student, an exercise,\n"
    "                                        or \"ungradable\": where a tool failed\n"
    "      --unsafe                          without a sandbox; results say so\n"
    "  racelings handout DIR [NAME...]  what students get: no solutions\n"
    "      --autograder FILE.zip             for Gradescope, in place of DIR\n"
    "\n"
    "  all that judge: --json FILE (- for standard output), -j N, --quiet,\n"
    "      --timeout SECONDS (for one run), --commands (print the shell commands)\n"
    "  --course DIR: another folder that holds exercises/\n"
    "\n"
    "Exit status: 0 as hoped, 1 judged and not so, 2 wrong usage or course data,\n"
    "3 a tool failed and nothing was judged, 77 nothing to judge yet.\n";

static const struct {
    const char *name;
    int (*run)(int argc, char **argv);
} commands[] = {
    {"list", command_list},   {"check", command_check},     {"try", command_try},
    {"hint", command_hint},   {"doctor", command_doctor},   {"verify", command_verify},
    {"grade", command_grade}, {"handout", command_handout},
};

// Waits for Ctrl-C and its like, and removes the temporary folders before they end us. The programs
// under test end with us (see process.c).
static void *await_interrupt(void *signals)
{
    int signal_number = 0;
    sigwait(signals, &signal_number);
    workspace_remove_all();
    signal(signal_number, SIG_DFL);
    pthread_sigmask(SIG_UNBLOCK, signals, NULL);
    raise(signal_number);
    _exit(128 + signal_number);
}

// Must run before any other thread is started, so that all inherit the mask.
static void handle_interrupts(void)
{
    static sigset_t signals;
    pthread_t thread;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGHUP);
    pthread_sigmask(SIG_BLOCK, &signals, NULL);
    if (pthread_create(&thread, NULL, await_interrupt, &signals) == 0)
        pthread_detach(thread);
    else
        pthread_sigmask(SIG_UNBLOCK, &signals, NULL);
}

// The course and what is linked into judged programs are known by the names they had at the build.
static bool is_in_its_place(void)
{
    if (access(RACELINGS_COURSE "/exercises", F_OK) == 0)
        return true;
    fputs("racelings: this program was built for the course in " RACELINGS_COURSE ", which is not\n"
          "there: has the checkout been moved? Build it anew where it is now:\n"
          "rm -r build && sh cmake/bootstrap.sh prove\n",
          stderr);
    return false;
}

int main(int argc, char **argv)
{
    if (argc < 2 || strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "help") == 0) {
        fputs(usage, argc < 2 ? stderr : stdout);
        return argc < 2 ? EXIT_USAGE : EXIT_AS_HOPED;
    }
    if (!is_in_its_place())
        return EXIT_USAGE;
    handle_interrupts();
    for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++)
        if (strcmp(argv[1], commands[i].name) == 0)
            return commands[i].run(argc - 1, argv + 1);
    fprintf(stderr, "racelings: there is no command \"%s\"\n\n%s", argv[1], usage);
    return EXIT_USAGE;
}
