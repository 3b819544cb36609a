// What a submitted file may hold, as tables: headers, names, attributes, sections, functions. Knows
// the words and why each is refused; nothing of how they are found. tamper.c asks.
//
// A word that is refused has a reason, which follows the word itself in a sentence: "`getenv`" and
// then "reads the environment, ...". All functions give NULL for a word that is allowed.
#pragma once

#include <stdbool.h>

// `name` is what stands between the angles or quotes of an #include.
bool rules_header_allowed(const char *name);
const char *rules_header_refused(const char *name); // one that is not allowed; never NULL

// `name` is what follows the "#".
const char *rules_directive_refused(const char *name);

// `first` and `second` are the pragma's first words, "" if there are none.
const char *rules_pragma_refused(const char *first, const char *second);

// A name in a condition of the preprocessor, and a name that asks anywhere.
const char *rules_condition_refused(const char *name);
const char *rules_question_refused(const char *name);

// Whether a name surely means the same under every judge: not one of the compiler's own that could
// tell them apart.
bool rules_same_everywhere(const char *name);

// A name in the program's code, after preprocessing.
const char *rules_name_refused(const char *name);

// An attribute's name, with or without underscores around it.
const char *rules_attribute_refused(const char *name);

// Object files: a section's name; a function or variable of the C library that is used.
bool rules_section_allowed(const char *name);
bool rules_symbol_allowed(const char *name);
bool rules_symbol_instruments(const char *name);    // what clang makes a judged program call
const char *rules_symbol_refused(const char *name); // one with a reason of its own

// Whether such a name can only be the compiler's or the C library's, although the library does not
// export it.
bool rules_symbol_reserved(const char *name);

// Functions that end the calling thread: for threads of one's own.
bool rules_symbol_ends_thread(const char *name);
