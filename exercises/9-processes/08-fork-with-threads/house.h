// A house with one bathroom, and copies of the house. Its people are threads. A copy is a child process,
// and of the people only the one who has made it lives there.
#pragma once

#include <stdbool.h>
#include <sys/types.h>

// Goes into the bathroom, alone, turns the water on, calls inside(), turns the water off, and comes out.
// Waits as long as somebody else is in there. Returns whether it was in order: where the water runs and
// nobody is there, one does not stay; inside is not called then.
bool bathroom_use(void (*inside)(void));

// Copies the house. In the copy life() is called, and what it returns is the exit status of the process,
// which calls no atexit functions.
// Returns the number of the process, -1 if there can be none.
//
// In the copy the bathroom can be used, at once, and is in order, whoever is or was in there here; and
// here nothing changes.
pid_t house_copy(int (*life)(void));
