// Helgrind's sentences as people read them.
#pragma once

// `text` with threads called as everywhere ("Thread #1" is main, "thread #3" is T2), and without
// addresses. A talloc child of `context`.
const char *helgrind_words(const void *context, const char *text);
