// What a submitted file's object may hold, as tables: sections, functions and variables that it
// uses or defines. Knows names and why each is refused; nothing of ELF. tamper_object.c asks.
//
// All functions that give a rule give NULL for a name that is allowed.
#pragma once

#include "tamper_words.h"

bool calls_section_allowed(const char *name);

// Whether clang itself makes a judged program call it.
bool calls_instruments(const char *name);

// A function or variable of the C library that is used.
const struct rule *calls_use(const char *name);

// For a `syscall` whose number is not one of the harmless ones: the text shows it, the object does
// not.
extern const struct rule rule_system_call;

// For a `setvbuf` or `setbuf` whose buffer is not plainly NULL; likewise.
extern const struct rule rule_own_buffer;

// The C library's tables of letters, reached otherwise than through <ctype.h>.
extern const struct rule rule_table;

// For an `mmap` of memory for code, or at a place of one's own choice; likewise.
extern const struct rule rule_mapping;

// One that is used, and that neither the file nor the library defines.
const struct rule *calls_undefined(const char *name);

// Whether such a name can only be the compiler's or the C library's, although the library does not
// export it.
bool calls_reserved(const char *name);

// Functions that end a thread other than at its own end, which is for threads of one's own.
bool calls_end_thread(const char *name);
extern const struct rule rule_ends_thread;

// A name that the file defines for other files to see; `library`: the C library has it too,
// `needed`: the driver uses it.
const struct rule *calls_definition(const char *name, bool library, bool needed);

// For a name that only the driver has.
extern const struct rule rule_driver_name;
