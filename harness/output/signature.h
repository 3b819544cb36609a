// What was found wrong with an answer, in a form in which the same mistake of two students is the
// same text.
#pragma once

#include <jansson.h>

// A new array of lines that a person can read, to be owned by the caller: one for each detector
// ("tsan: reported: data race on counter->value: counter_increment writes"), or one with the reason
// of a refusal. `assessment` is "racelings/assessment/v2" (class.h). Line numbers, threads and the
// order of findings do not count, nor do the numbers and names quoted in a refusal.
json_t *assessment_signature(const json_t *assessment);
