// What a submitted file's text may hold, as tables: headers, names, attributes, pragmas. Knows the
// words and why each is refused; nothing of how they are found. The looks ask.
//
// All functions that give a rule give NULL for a word that is allowed.
#pragma once

#include "tamper_words.h"

// `name` is what stands between the angles or quotes of an #include. Of the headers only those are
// refused that no machine has in a place of its own; of others the compiler knows whether they are
// there.
const struct rule *rules_header(const char *name);

// For a file that the compiler has read although it is neither the exercise's nor the system's.
extern const struct rule rule_foreign_file;

// `name` is what follows the "#".
const struct rule *rules_directive(const char *name);

// A "#" with a number behind it, as only the preprocessor writes it.
extern const struct rule rule_line_marker;

// `first` and `second` are the pragma's first words, "" if there are none.
const struct rule *rules_pragma(const char *first, const char *second);

// A name that asks who is looking, in a condition of the preprocessor or anywhere.
const struct rule *rules_question(const char *name);

// Whether a name surely means the same under every judge: not one of the compiler's own that could
// tell them apart, nor a piece of one.
bool rules_same_everywhere(const char *name);

// A name in the program's code, after preprocessing.
const struct rule *rules_name(const char *name);

// The same for a name in the answer's own text, and not in a header of the system's.
const struct rule *rules_own_name(const char *name);

// An attribute's name, with or without underscores around it; and within the system's headers.
const struct rule *rules_attribute(const char *name);
const struct rule *rules_header_attribute(const char *name);
