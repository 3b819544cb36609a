// The deck chair by the pool, which guests reserve. Each guest is a process; none of them has children.
#pragma once

#include <stdbool.h>

// Reserves the chair for the calling process and returns true. Returns false, and does not wait, if
// another guest has it. At most one guest has the chair, no matter who comes at the same time; and if
// nobody has, then of those who come one gets it.
//
// `chair` is the path of a file that stands for the chair. Whether there is one, and what is in it, is
// left to the two functions. It may be there from yesterday.
bool chair_reserve(const char *chair);

// Gives up the chair; to be called by whoever has it. Whoever does not have the chair has no descriptor
// open for it.
//
// Who is gone has no chair, though: when a guest's process ends, however it does, without having called
// this, others can have the chair.
void chair_leave(const char *chair);
