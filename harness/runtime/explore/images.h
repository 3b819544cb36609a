// The code of the program and of its libraries, and the tables in which the dynamic linker finds
// functions by their names. No answer reads either: who does is on the way to a function that
// answers may not call.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Notes where they lie. Before anything of the program runs.
void images_set_up(void);

// Whether [address, address + size) has a byte of them.
bool images_meet(uintptr_t address, size_t size);
