// Bytes of strangers (names of files, paths in archives) made fit for messages and outputs. Knows
// UTF-8; nothing of where the bytes come from.
#pragma once

#include <stddef.h>

// `bytes` as valid UTF-8: what is invalid, a control character, or would turn the direction of the
// text around becomes "?"; what is longer than `limit` characters loses its middle. HTML is left
// for the outputs to escape. A talloc child of `context`.
char *legible(const void *context, const char *bytes, size_t limit);
