// The sub-commands: one table, and the way into it.
#pragma once

#include "options.h"

extern const struct subcommand init_command, watch_command, list_command, next_command,
    check_command, hint_command, play_command, replay_command, reset_command, solution_command,
    try_command, doctor_command, verify_command, grade_command, handout_command, help_command,
    completion_command, manual_command, measure_command;

// All of them, in the order in which help shows them; NULL-terminated.
extern const struct subcommand *const subcommands[];

// The one called `name`; NULL with `problem` naming the nearest.
const struct subcommand *subcommand_find(const char *name, struct problem *problem);

// Runs the command that argv[0] names with the words that follow it, or shows its help if they ask
// for that. Gives the program's exit status.
int subcommand_run(int argc, char **argv);
