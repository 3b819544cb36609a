// The end mark of a judged program: a secret word that the harness hands in over a socket (run/seal.h has
// the other side) and wants back, together with main's status, when main has returned. Used by
// main_end.c and by the explorer.
#pragma once

// Takes the word, which can be taken once, and locks it away: no access to memory finds it until it is
// given back. NULL if nobody wants it back, as in a program that is started by hand.
void *seal_take(void);

// Gives it back; nothing for a NULL.
void seal_give(void *word, int status);

// In a process that is not to have it: a fork that runs what is judged.
void seal_forget(void);
