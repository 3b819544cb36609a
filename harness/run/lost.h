// How the explorer says that it has lost a program: by an alarm, and not at a call that it cannot
// follow. Constants only: the explorer's runtime and the harness include it.
#pragma once

#define LOST_BLOCKED   "a call that blocks the whole program"
#define LOST_COMPUTING "a long time without any scheduling point"
