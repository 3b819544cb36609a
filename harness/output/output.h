// The formats judgements are written in. Each writer only writes: it decides nothing.
#pragma once

#include "../batch.h"

// {"judgements": [...]}, each "racelings/judgement/v1" as described in harness/output/json.c. A
// talloc child of `context`, ending with a newline.
char *json_judgements(const void *context, const struct job *jobs, size_t count);
