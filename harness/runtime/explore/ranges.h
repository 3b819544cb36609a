// What library functions do to the program's memory: they are compiled without announcing their
// accesses, so that their wrappers do, as one access of a whole range. The functions for others are
// declared in engine.h.
#pragma once

#include "engine.h"

#include <stdarg.h>

// A string is read, its end included.
void range_read_string(const char *string, uintptr_t pc);
// At most `most` bytes of it.
void range_read_string_within(const char *string, size_t most, uintptr_t pc);

// The strings that printf is given, and what its "%n" writes. Takes no argument out of `arguments`.
void range_read_printed(const char *format, va_list arguments, uintptr_t pc);
// What scanf has stored, which found `count`. Likewise.
void range_write_scanned(const char *format, va_list arguments, int count, uintptr_t pc);

// In a wrapper: where the program calls it. Notes how deep the program's stack is.
#define called_from() (engine_on() ? (note_frame(), caller_pc()) : 0)
