// How points are given: what exercise.json says, or what the instructor's policy file says instead.
//
//   { "weights": { "counter": 20 },           points of an exercise; others as in exercise.json
//     "partial": { "tsan": 0.4, "helgrind": 0.4, "native": 0.2 },
//                                             share of the points for each judge that finds the
//                                             program clean; without it, all judges or nothing
//     "late": { "deadline": "2026-11-20T23:59:00+01:00",
//               "times": "times.csv",         lines of "id,time", beside the policy file
//               "grace_minutes": 15,
//               "per_day": 0.2,               taken off for each day begun
//               "least": 0.4 } }              but never below this share
//
// All keys are optional. Times are ISO 8601; without a zone they are UTC. A student without a line
// in the times is on time.
#pragma once

#include "class.h"

struct policy;

// The policy in `path`, or with NULL the one of exercise.json alone. A talloc child of `context`;
// NULL with `problem` filled: what is wrong, with the line for JSON that does not parse.
struct policy *policy_read(const void *context, const struct course *course, const char *path,
                           struct problem *problem);

// Fills in all points of `class`.
void policy_apply(const struct policy *policy, struct class *class);
