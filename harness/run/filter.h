// What a confined command may ask the kernel for: a seccomp filter, the wall behind the inspection
// and the namespaces. Knows system calls; sandbox.c hands what is made here to bwrap.
#pragma once

#include "base/problem.h"

#include <stddef.h>

enum filter {
    FILTER_TOOLS, // compilers and linkers: all but what only an attack on the kernel needs, which
                  // fails with EPERM
    FILTER_PROGRAM, // a judged program and the tool that runs it: what drivers, answers and judges need.
                    // Anything else ends it with SIGSYS
};

// The filter as bwrap wants it, BPF instructions; kept for good, and made once. NULL with `problem`
// filled if it cannot be made.
const char *filter_program(enum filter filter, size_t *size, struct problem *problem);
