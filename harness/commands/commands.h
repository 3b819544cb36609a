// The sub-commands. Each reads its own options from argv (argv[0] is its name), prints for a
// person, and returns the program's exit status; see options.h.
#pragma once

int command_list(int argc, char **argv);
int command_check(int argc, char **argv);
int command_try(int argc, char **argv);
int command_hint(int argc, char **argv);
int command_doctor(int argc, char **argv);
int command_verify(int argc, char **argv);
int command_grade(int argc, char **argv);
int command_handout(int argc, char **argv);
