// The `racelings` program: finds the sub-command and leaves the rest to it.

#define _GNU_SOURCE
#include "base/keyboard.h"
#include "commands/commands.h"
#include "commands/help.h"
#include "course/kit.h"
#include "run/workspace.h"
#include "toolchain.h"

#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// Waits for Ctrl-C and its like, and removes the temporary folders before they end us. The programs
// under test end with us (see process.c).
static void *await_interrupt(void *signals)
{
    int signal_number = 0;
    sigwait(signals, &signal_number);
    keyboard_close();
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

int main(int argc, char **argv)
{
    if (argc < 2) {
        help_overview(stderr);
        return EXIT_USAGE;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0) {
        help_overview(stdout);
        return EXIT_AS_HOPED;
    }
    if (strcmp(argv[1], "--version") == 0) {
        printf("racelings %s\n", RACELINGS_VERSION);
        return EXIT_AS_HOPED;
    }
    kit_open();
    handle_interrupts();
    return subcommand_run(argc - 1, argv + 1);
}
