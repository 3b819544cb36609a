// Attack: Includes the reference solution instead of writing one.
// Expected: refused
// Reason: solutions
// Line: 6

#include "../../../solutions/1-lost-updates/01-counter/counter.c"
