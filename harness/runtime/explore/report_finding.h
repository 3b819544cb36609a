// One finding of the report, with its story: the steps of its schedule, and those of a near one
// that goes well.
#pragma once

#include "json_writer.h"
#include "search.h"

// How a script is replayed.
struct replaying {
    bool pause;   // the schedule ends where the script does
    bool cut_off; // then it is how a search without an end stood: a finding of the kind "no end"
    bool inside;  // as the reduction runs its schedules: without a process for each
};

// `scene` is NULL for main; `whole`: a long story is told to its end, too.
void report_finding(struct json_writer *writer, const char *scene, int index,
                    const struct finding *finding, bool whole, struct replaying how);

// Replays the script, as in a process that has run nothing before, and has it told as a story.
// Valid until the next run.
const struct outcome *replay_script(int scene, const struct script *script, struct replaying how);

void report_stack(struct json_writer *writer, const char *key, const struct stack *stack);
