// What the reports of ThreadSanitizer are about.
#pragma once

#include "judge/finding.h"

struct tsan_type {
    const char *type; // as ThreadSanitizer calls it
    enum kind kind;
    const char *what; // a sentence's middle
};

// NULL: there is no report of that name.
const struct tsan_type *tsan_type_find(const char *type);
