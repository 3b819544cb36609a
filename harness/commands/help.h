// Help, made from the tables that the command line is read by.
#pragma once

#include "options.h"

#include <stdio.h>

// What the program is for, all sub-commands in a line each, and the exit statuses.
void help_overview(FILE *out);

// All that there is to say of one sub-command.
void help_command_page(FILE *out, const struct subcommand *command);

// "-j, --jobs N", "--quiet"; a talloc child of `context`.
char *help_option_name(const void *context, const struct option_rule *rule);

// What an option does, with the words that it takes, if those are few; a talloc child of `context`.
char *help_option_text(const void *context, const struct option_rule *rule);

// The exit statuses, a sentence.
extern const char help_exit_statuses[];
