// Compiled in the place of each file of a program for the plain run, where the optimiser is on:
// RACELINGS_SOURCE names that file.
//
// The optimiser takes a variable with static storage that one function alone uses, and writes
// before it reads, for a local one of that function, though all threads that call the function
// share the variable (a lock's `turn`, say). From a variable that is annotated it keeps its hands
// off: it stays in memory, and shared. The annotation itself leaves no trace in the program.
//
// A file may have no such variable; that is no cause for a warning.
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wpragma-clang-attribute"
#pragma clang attribute push(__attribute__((annotate("shared"))), apply_to = variable(is_global))
#pragma clang diagnostic pop
#include RACELINGS_SOURCE
#pragma clang attribute pop
