// What somebody meant who mistyped a word: the nearest of the words that there are.
#pragma once

#include <stddef.h>

enum { NEAREST_MOST = 3 };

// The nearest so far; begins as {.typed = "..."}. The names are borrowed.
struct nearest {
    const char *typed;
    const char *names[NEAREST_MOST]; // the nearest first; among equals the first that was offered
    size_t letters[NEAREST_MOST];    // how far each is
    size_t count;
};

// Offers a word that may be what was meant: `name` is what is suggested, `spelling` what it is
// compared with (often the same). A name may be offered in several spellings.
void nearest_offer(struct nearest *nearest, const char *spelling, const char *name);

// " did you mean counter or account?" with the space in front, "" if nothing is near; a talloc
// child of `context`.
char *nearest_question(const void *context, const struct nearest *nearest);
