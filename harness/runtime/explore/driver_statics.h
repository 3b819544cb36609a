// The student's code must leave the driver's own variables alone: a driver defends its checks with
// them. Known by sections: harness/build.c compiles the driver with its variables in driver_data and
// driver_bss, and the student's code into student_text, and the linker marks their bounds. A program
// without these sections (racelings try) has no driver, and nothing is checked.
#pragma once

#include "engine.h"

// An access by the instruction at `pc`: KIND_TOUCHES_DRIVER if it is the student's, to the driver's.
void driver_statics_check(const void *address, size_t size, int flags, uintptr_t pc);
