// What the detectors share about the tools they start.
#pragma once

#include "detector.h"

// The first line that `tool OPTION` prints, a talloc child of `context`; NULL with `problem` filled
// if the tool cannot be started or does not answer.
const char *tool_version(const void *context, const char *tool, const char *option,
                         struct problem *problem);
