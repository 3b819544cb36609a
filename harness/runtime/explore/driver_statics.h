// The student's code must leave the driver's own variables alone: a driver defends its checks with
// them. Known by sections: harness/build.c compiles the driver with its variables in driver_data
// and driver_bss, and the student's code into student_text, and the linker marks their bounds. A
// program without these sections (racelings try) has no driver, and nothing is checked. The
// runtime's own variables (explore_data, explore_bss) count as the driver's: whoever looks for the
// one in memory comes by the other. Nor does it read what is nobody's variable: code, and the
// tables of symbols (images.h).
#pragma once

#include "engine.h"

// Whether it has one.
bool driver_is_there(void);

// How a run ends in which the program passes a limit of the explorer's: it cannot be followed. But
// no answer to an exercise needs so much, and one that does would only be rid of this judge: a
// wrong result.
enum ending past_limit(void);

// An access by the instruction at `pc`: KIND_TOUCHES_DRIVER or KIND_READS_CODE if it is the
// student's, to what is not.
void driver_statics_check(const void *address, size_t size, int flags, uintptr_t pc);
