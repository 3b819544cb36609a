// Tables of words and what is said of each: what the rules of an inspection are made of. Knows how
// a word is looked up; tamper_rules.c and tamper_calls.c hold the tables.
#pragma once

#include <stdbool.h>

// What stands against a word, and how much. There are two different ones: what only somebody writes
// who works against the judges, and what an honest program may hold although no answer here has a
// use for it. Neither is run, but only the first is told as tampering.
enum weight { WEIGHT_NOT_ALLOWED, WEIGHT_TAMPERING };

struct rule {
    const char *const *words; // ends with NULL; one that ends in "*" stands for all that begin so
    enum weight weight;
    const char *reason; // follows the word in a sentence: "`getenv`", then "reads the ..."
};

#define WORDS(...) ((const char *const[]){__VA_ARGS__, NULL})

// Whether `name` is among the words.
bool words_have(const char *const *words, const char *name);

// The first of the rules that names it; NULL: none does. The last of them has no words.
const struct rule *words_rule(const struct rule *rules, const char *name);
