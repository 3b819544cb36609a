// A file as handed in, made C source text, or refused with the reason. Knows encodings and line
// ends; nothing of files or exercises.
#pragma once

#include <stddef.h>

struct plain_text {
    char *text;           // ends with NUL and holds no other; NULL: it is not text
    const char *fault;    // then: why and what to do, to stand behind the file's name
    const char **remarks; // else: what was odd about it, each likewise
};

// What `text` points at is talloc children of `context`.
void plain_text(const void *context, const char *bytes, size_t size, struct plain_text *text);
