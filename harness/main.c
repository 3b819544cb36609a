// The `racelings` program: finds the sub-command and leaves the rest to it.

#include "base/interrupt.h"
#include "base/keyboard.h"
#include "commands/commands.h"
#include "commands/help.h"
#include "course/kit.h"
#include "run/workspace.h"
#include "toolchain.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

// The programs under test end with us (see process.c).
static void clear_up(void)
{
    keyboard_close();
    workspace_remove_all();
}

// A standard descriptor that is closed would be that of the next file that is opened, into which we
// should then print.
static void open_standard_descriptors(void)
{
    int descriptor;
    do
        descriptor = open("/dev/null", O_RDWR);
    while (descriptor >= 0 && descriptor <= STDERR_FILENO);
    if (descriptor >= 0)
        close(descriptor);
}

// Who reads less than was written, as on a full disk, must not take it for all.
static int after_printing(int status)
{
    errno = 0;
    bool failed = ferror(stdout) != 0;
    if (fflush(stdout) == 0 && !failed)
        return status;
    fprintf(stderr, "racelings: what was to be printed could not be written%s%s\n",
            errno ? ": " : "", errno ? strerror(errno) : "");
    return status == EXIT_AS_HOPED || status == EXIT_SKIPPED ? EXIT_TOOL : status;
}

static int run(int argc, char **argv)
{
    static char watch[] = "watch", *alone[] = {watch, NULL};
    bool on_terminal = isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
    char **words = argc < 2 && on_terminal ? alone : argv + 1;
    if (!words[0]) {
        help_overview(stderr);
        return EXIT_USAGE;
    }
    if (strcmp(words[0], "--help") == 0 || strcmp(words[0], "-h") == 0) {
        help_overview(stdout);
        return EXIT_AS_HOPED;
    }
    if (strcmp(words[0], "--version") == 0) {
        printf("racelings %s\n", RACELINGS_VERSION);
        return EXIT_AS_HOPED;
    }
    kit_open();
    interrupt_handle(clear_up);
    int status = subcommand_run(argc < 2 ? 1 : argc - 1, words);
    interrupt_obey();
    return status;
}

int main(int argc, char **argv)
{
    open_standard_descriptors();
    return after_printing(run(argc, argv));
}
