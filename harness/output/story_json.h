// The story of a finding, and how much was tried, as JSON; json.c tells the format.
#pragma once

#include "judge/finding.h"
#include "storyline.h"

#include <jansson.h>

// The story of `finding`, which has one. A new reference.
json_t *story_json(const char *root, const struct finding *finding);

// Its rows; null for NULL. A new reference.
json_t *storyline_json(const struct storyline *told);

// What was tried; null for a detector that chooses no schedules. A new reference.
json_t *tried_json(const struct reading *reading);
