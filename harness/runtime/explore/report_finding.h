// One finding of the report, with its story: the steps of its schedule, and those of a near one that goes
// well.
#pragma once

#include "json_writer.h"
#include "search.h"

// `scene` is NULL for main.
void report_finding(struct json_writer *writer, const char *scene, int index,
                    const struct finding *finding);

void report_stack(struct json_writer *writer, const char *key, const struct stack *stack);
