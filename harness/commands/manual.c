// racelings manual: the manual page racelings(1), made from the tables that the command line is
// read by. `cmake --install` puts it where man(1) looks.
#include "commands.h"
#include "common.h"
#include "help.h"

#include "base/text.h"
#include "toolchain.h"

#include <stdio.h>
#include <string.h>
#include <talloc.h>

// Text as roff takes it: no escapes, real minus signs, and no line that begins with a request.
static char *roff(const void *context, const char *text)
{
    char *safe = talloc_strdup(context, text[0] == '.' || text[0] == '\'' ? "\\&" : "");
    for (; *text; text++) {
        if (*text == '\\')
            safe = talloc_strdup_append(safe, "\\e");
        else
            safe = talloc_asprintf_append(safe, "%s%c", *text == '-' ? "\\" : "", *text);
    }
    return safe;
}

static void write_option(const void *context, const struct option_rule *rule)
{
    printf(".TP\n.B %s\n%s.\n", roff(context, help_option_name(context, rule)),
           roff(context, help_option_text(context, rule)));
}

static void write_command(const void *context, const struct subcommand *command)
{
    printf(".SS racelings %s %s\n%s\n", command->name, roff(context, command->arguments),
           roff(context, command->help));
    for (size_t i = 0; command->options[i]; i++)
        write_option(context, command->options[i]);
}

static const char head[] =
    ".SH NAME\n"
    "racelings \\- small racy C programs, and the judges that tell right from wrong\n"
    ".SH SYNOPSIS\n"
    ".B racelings\n"
    ".br\n"
    ".B racelings\n"
    ".I COMMAND\n"
    "[\n"
    ".I OPTION\n"
    "|\n"
    ".I NAME\n"
    "]...\n"
    ".SH DESCRIPTION\n"
    "Racelings is a course of small C programs, each with one deliberate concurrency bug, and a\n"
    "program that tells right from wrong. You mend a program; the judges say whether it is mended,\n"
    "and if not, which two accesses still race and what does not order them.\n"
    ".PP\n"
    "Begin with\n"
    ".B racelings init\n"
    ".IR DIR ,\n"
    "which makes a copy of the course to work on. Commands that are run in that folder, or below\n"
    "it, are about that copy.\n"
    ".B racelings\n"
    "alone, on a terminal, is\n"
    ".BR \"racelings watch\" .\n"
    ".PP\n"
    "A\n"
    ".I NAME\n"
    "is an exercise (counter), a chapter (1\\-lost\\-updates) or a track of chapters (threads,\n"
    "processes, event\\-loops; exercises/tracks.json names them).\n"
    ".SH COMMANDS\n";

static const char tail[] =
    ".SH ENVIRONMENT\n"
    ".TP\n"
    ".B NO_COLOR\n"
    "If set: no colours on a terminal.\n"
    ".TP\n"
    ".B TMPDIR\n"
    "Where programs are built and run, in folders of their own; /tmp by default.\n"
    ".SH FILES\n"
    ".TP\n"
    ".B .racelings/\n"
    "Beside exercises/: what your files were last judged as, and how many hints were shown. It can\n"
    "be deleted at any time.\n"
    ".TP\n"
    ".B .start/\n"
    "In a copy: the exercises as handed out, for\n"
    ".B racelings reset\n"
    "and to tell which files of the course were changed.\n"
    ".TP\n"
    ".B .racelings\\-course\n"
    "Marks the folder of a copy that\n"
    ".B racelings init\n"
    "made.\n"
    ".SH SEE ALSO\n"
    ".BR clang (1),\n"
    ".BR valgrind (1),\n"
    ".BR pthreads (7)\n";

static int run(const struct options *options)
{
    printf(".\\\" The output of \"racelings manual\".\n.TH RACELINGS 1 \"\" \"racelings %s\"\n%s",
           RACELINGS_VERSION, head);
    for (size_t i = 0; subcommands[i]; i++)
        write_command(options, subcommands[i]);
    printf(".SH EXIT STATUS\n%s\n%s", roff(options, help_exit_statuses), tail);
    return EXIT_AS_HOPED;
}

static const struct option_rule *const rules[] = {NULL};

const struct subcommand manual_command = {
    .name = "manual",
    .arguments = "",
    .summary = "the manual page, for man(1)",
    .help = "Prints the manual page racelings(1). Where racelings was installed, \"man racelings\" "
            "shows it. Else: racelings manual | man -l -",
    .options = rules,
    .run = run,
};
