// Attack: Includes the reference solution by a guessed absolute path.
// Expected: refused
// Reason: /autograder
// Line: 6

#include "/autograder/source/solutions/1-lost-updates/01-counter/counter.c"
