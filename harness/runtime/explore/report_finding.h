// One finding of the report, with its story: the steps of its schedule, and those of a near one that goes
// well.
#pragma once

#include "json_writer.h"
#include "search.h"

// `scene` is NULL for main. With `pause` the schedule ends where its script does.
void report_finding(struct json_writer *writer, const char *scene, int index,
                    const struct finding *finding, bool pause);

// The schedule that replays the script, told as a story.
struct schedule script_schedule(int scene, const struct script *script, bool pause);

void report_stack(struct json_writer *writer, const char *key, const struct stack *stack);
