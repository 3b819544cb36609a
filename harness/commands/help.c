// racelings help [COMMAND]: a page about a command, or all commands in a line each.
#include "help.h"

#include "base/terminal.h"
#include "base/text.h"
#include "commands.h"
#include "common.h"

#include <string.h>
#include <talloc.h>

enum { SUMMARY_COLUMN = 34, OPTION_COLUMN = 24 };

const char help_exit_statuses[] =
    "0 as hoped, 1 judged and not so, 2 wrong usage or course data, 3 a tool failed "
    "and nothing was judged, 77 nothing to judge yet.";

// Prints `left` two columns in and `text` from `column` on, wrapped; on a line of its own if `left`
// is too long for that.
static void row(FILE *out, const char *left, size_t column, const char *text)
{
    char *wrapped = text_wrap(NULL, text, terminal_width(), column);
    if (strlen(left) + 2 >= column)
        fprintf(out, "  %s\n%*s%s\n", left, (int)column, "", wrapped);
    else
        fprintf(out, "  %-*s%s\n", (int)column - 2, left, wrapped);
    talloc_free(wrapped);
}

static void paragraph(FILE *out, const char *text)
{
    char *wrapped = text_wrap(NULL, text, terminal_width(), 0);
    fprintf(out, "%s\n", wrapped);
    talloc_free(wrapped);
}

static char *usage(const void *context, const struct subcommand *command)
{
    return talloc_asprintf(context, "racelings %s%s%s", command->name,
                           command->arguments[0] ? " " : "", command->arguments);
}

// The same, cut short where it is too long for the list of all commands.
static char *short_usage(const void *context, const struct subcommand *command)
{
    const size_t room = SUMMARY_COLUMN - 3;
    char *text = usage(context, command);
    if (strlen(text) <= room)
        return text;
    size_t end = room - strlen(" ...");
    while (text[end] != ' ')
        end--;
    strcpy(text + end, " ...");
    return text;
}

void help_overview(FILE *out)
{
    paragraph(out, "racelings: small racy C programs, and the judges that tell right from wrong");
    for (size_t i = 0; subcommands[i]; i++) {
        char *left = short_usage(NULL, subcommands[i]);
        row(out, left, SUMMARY_COLUMN, subcommands[i]->summary);
        talloc_free(left);
    }
    fputc('\n', out);
    paragraph(out, "A NAME is an exercise (counter), a chapter (2-locks) or a track (processes).");
    paragraph(out, "\"racelings help COMMAND\" tells of its options, \"--version\" the version.");
    paragraph(out,
              "Exit status: 0 as hoped, 1 not, 2 wrong usage, 3 a tool failed, 77 not judged.");
}

char *help_option_name(const void *context, const struct option_rule *rule)
{
    char *text = talloc_strdup(context, "");
    if (rule->letter)
        text = talloc_asprintf_append(text, "-%c, ", rule->letter);
    return talloc_asprintf_append(text, "--%s%s%s", rule->name, rule->argument ? " " : "",
                                  rule->argument ? rule->argument : "");
}

char *help_option_text(const void *context, const struct option_rule *rule)
{
    if (!rule->words)
        return talloc_strdup(context, rule->help);
    return talloc_asprintf(context, "%s: %s", rule->help, list_join(context, rule->words, ", "));
}

void help_command_page(FILE *out, const struct subcommand *command)
{
    void *scratch = talloc_new(NULL);
    fprintf(out, "%s%s\n\n", usage(scratch, command), command->options[0] ? " [OPTION...]" : "");
    paragraph(out, command->help);
    if (command->options[0])
        fprintf(out, "\n");
    for (size_t i = 0; command->options[i]; i++)
        row(out, help_option_name(scratch, command->options[i]), OPTION_COLUMN,
            help_option_text(scratch, command->options[i]));
    talloc_free(scratch);
}

static int run(const struct options *options)
{
    struct problem problem = {""};
    if (!options->names[0]) {
        help_overview(stdout);
        return EXIT_AS_HOPED;
    }
    const struct subcommand *command = subcommand_find(options->names[0], &problem);
    if (!command)
        return usage_failure(&problem);
    help_command_page(stdout, command);
    return EXIT_AS_HOPED;
}

static const struct option_rule *const rules[] = {NULL};

const struct subcommand help_command = {
    .name = "help",
    .arguments = "[COMMAND]",
    .summary = "this list, or all about one command",
    .help = "Lists the commands, or tells all about one of them; so does \"racelings COMMAND "
            "--help\".",
    .first = VALUE_COMMAND,
    .options = rules,
    .run = run,
};
