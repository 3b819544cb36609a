// What ThreadSanitizer prints when a run comes to no good end: the program crashed, it did what the
// tool takes for impossible, or the tool itself gave up. Asked by tsan.c, which reads all else from
// records.
#pragma once

#include "detector.h"

enum tsan_end {
    TSAN_SAYS_NOTHING,
    TSAN_CRASH,  // of the program
    TSAN_JOIN,   // it joined or detached what is no thread (any more)
    TSAN_FAILED, // the tool failed
};

struct tsan_text {
    enum tsan_end end;
    const char *words;  // CRASH: the signal's name, "SIGSEGV"; FAILED: in words
    struct trace trace; // of the program's own places; CRASH, JOIN
    const char *retry;  // FAILED: options with which it may do; NULL: none
};

// Reads `text`. Where in it the program may have a say, which is where the tool quotes names in its
// reports, there is a report, and nothing here decides. What is made are talloc children of
// `context`.
void tsan_text_read(const void *context, const struct program *program, const char *text,
                    struct tsan_text *told);
