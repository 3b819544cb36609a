// Words that a program under test had a hand in, as JSON.
#pragma once

#include <jansson.h>

// A JSON string of text that may not be UTF-8: what is not ASCII is then replaced. null for NULL. A
// new reference.
json_t *json_words(const char *text);
