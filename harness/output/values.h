// The values of a story's memory as a person would write them, as far as can be told without their
// types. For storyline.c.
#pragma once

#include "judge/story.h"

// What each byte of memory from malloc is filled with by the explorer, until it is written to; and
// once it has been freed.
enum { VALUE_FILLING = 0xa5, VALUE_FREED = 0x5a };

// The pointers that a story has come to: they have no names, and are numbered. Everything is a
// talloc child of `context`.
struct pointers {
    const void *context;
    uint64_t lowest, highest; // where the program lies, as far as its story tells: code, statics
    uint64_t *known;
    size_t count;
};

// Begins with none, and with what both paths of `story` tell of where the program lies.
struct pointers pointers_begin(const void *context, const struct story *story);

// `value`, of `size` bytes: "3", "p1", "unset", "freed memory", ... `beside` is the other value of the
// same object.
const char *value_told(struct pointers *pointers, uint64_t value, uint64_t beside, int size);
