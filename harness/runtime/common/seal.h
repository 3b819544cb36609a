// The end mark of a judged program: a secret word that the harness hands in over a socket
// (run/seal.h has the other side) and wants back, together with main's status, when main has
// returned. Used by main_end.c and by the explorer.
#pragma once

struct kept_seal;

// Takes the words, which can be taken once, and locks them away: no access to memory finds them
// until one is given back. NULL if nobody wants it back, as in a program that is started by hand.
struct kept_seal *seal_take(void);

// Gives back the one that goes with the status, and forgets both; nothing for a NULL. In a fork of
// the process that took them it forgets them only: there main has not returned.
void seal_give(struct kept_seal *kept, int status);

// In a process that is not to have it: a fork that runs what is judged.
void seal_forget(void);
