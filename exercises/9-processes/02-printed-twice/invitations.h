// Invitations to a wedding: who is invited, who comes, and a list of both.
#pragma once

#include <stdbool.h>
#include <stdio.h>

// Invites the guests: a process for each goes there and asks, all of them at the same time. Returns
// how many come, when all processes have ended. Nothing is left of it then: no process that nobody
// has waited for, no descriptor that was not open before.
//
// The list is a stream to which nothing has been written yet. For each guest, say Ada, it gets two
// lines, the first one before the second one,
//     invited: Ada
//     Ada comes            or            Ada does not come
// and nothing else; each line once. Lines of different guests may be in any order. The caller
// flushes the list afterwards. Other streams of the program, to which it may have written and not
// yet flushed them, stay as they are: nothing of them comes out twice.
int invitations_send(FILE *list, const char *const *guests, int count);

// The driver's: goes to the guest and asks. Called once for each, in the guest's own process.
bool guest_comes(const char *guest);
