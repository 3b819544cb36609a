// How a program died, in one sentence. Asked by the detectors, each of which learns of it in its
// own way, so that all of them say the same.
#pragma once

#include "finding.h"

// "SIGSEGV in sell at shop.c:8", "aborted in sell at shop.c:8: Assertion `stock > 0' failed",
// "ended by SIGFPE" - from the signal's name ("SIGSEGV"), the innermost place of the program (NULL:
// unknown) and what the program printed, where the C library says why it aborts. A talloc child of
// `context`.
const char *death_tell(const void *context, const char *signal, const struct place *place,
                       const char *output);

// The same of a signal's number, with nothing known of the place.
const char *death_tell_signal(const void *context, int signal, const char *output);
