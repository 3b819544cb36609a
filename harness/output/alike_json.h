// Which judgements tell the same, as alike.h for those that are kept as JSON. For cell.c.
#pragma once

#include <jansson.h>
#include <stdbool.h>

// Whether a judgement ("racelings/judgement/v1") tells nothing that `earlier`, another judge's, does
// not: the compiler's same complaint, or data races all of which the other one found as well.
bool tells_nothing_new(const json_t *judgement, const json_t *earlier);
