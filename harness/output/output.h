// The formats judgements are written in. Each writer only writes: it decides nothing.
#pragma once

#include "judge/batch.h"

#include <jansson.h>

// {"judgements": [...]}, each "racelings/judgement/v1" as described in harness/output/json.c. A
// talloc child of `context`, ending with a newline.
char *json_judgements(const void *context, const struct job *jobs, size_t count);

// One of them: a new reference.
json_t *json_judgement(const struct judgement *judgement);

// A JSON string of text that a program had a hand in and that may not be UTF-8: what is not ASCII is
// then replaced. null for NULL.
json_t *json_words(const char *text);
