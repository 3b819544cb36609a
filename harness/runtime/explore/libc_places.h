// What the C library keeps, or changes without a lock: memory that stands for it, and its use. For
// libc_shared.c and libc_unguarded.c.
#pragma once

#include <stdbool.h>
#include <stdint.h>

// A variable whose address matters, never its contents. In a section of its own: it is the program's
// code that uses it, which must leave the runtime's other variables alone (driver_statics.h). Named
// "place_of_" and the function that is to be told (judge/detectors/symbols.c).
#define LIBC_PLACE __attribute__((section("libc_places"))) static uint64_t

// The program at `pc` reads or writes what a place or an object of the library's stands for; nothing
// happens if it is NULL, or outside a run.
void libc_use(void *place, bool writes, uintptr_t pc);
