// See driver_statics.h. Asked by accesses.c, atomics.c and ranges.c at every access.

#include "driver_statics.h"

#include "images.h"

#include <stdio.h>

// Made by the linker if there are such sections; else NULL.
extern const char __start_student_text[] __attribute__((weak, visibility("hidden")));
extern const char __stop_student_text[] __attribute__((weak, visibility("hidden")));
extern const char __start_driver_data[] __attribute__((weak, visibility("hidden")));
extern const char __stop_driver_data[] __attribute__((weak, visibility("hidden")));
extern const char __start_driver_bss[] __attribute__((weak, visibility("hidden")));
extern const char __stop_driver_bss[] __attribute__((weak, visibility("hidden")));
extern const char __start_explore_data[] __attribute__((weak, visibility("hidden")));
extern const char __stop_explore_data[] __attribute__((weak, visibility("hidden")));
extern const char __start_explore_bss[] __attribute__((weak, visibility("hidden")));
extern const char __stop_explore_bss[] __attribute__((weak, visibility("hidden")));

bool driver_is_there(void)
{
    return __start_driver_data != NULL || __start_driver_bss != NULL;
}

enum ending past_limit(void)
{
    return driver_is_there() ? ENDED_WRONG : ENDED_UNSUPPORTED;
}

// Whether [address, address + size) and [start, stop) have a byte in common.
static inline bool meets(uintptr_t address, size_t size, const char *start, const char *stop)
{
    return address < (uintptr_t)stop && address + size > (uintptr_t)start;
}

static void report(enum kind kind, const void *address, size_t size, int flags, uintptr_t pc)
{
    struct fault fault = fault_of_access(kind, address, size, flags, pc);
    const char *whose =
        kind == KIND_READS_CODE ? "code, or of a table of symbols," : "the driver's own variables";
    snprintf(fault.text, sizeof fault.text, "%zu byte%s of %s %s %s", size, size == 1 ? "" : "s",
             whose, size == 1 ? "is" : "are", fault.accesses[0].write ? "written" : "read");
    found(&fault);
}

void driver_statics_check(const void *address, size_t size, int flags, uintptr_t pc)
{
    if (!meets(pc, 1, __start_student_text, __stop_student_text))
        return;
    uintptr_t place = (uintptr_t)address;
    bool drivers = meets(place, size, __start_driver_data, __stop_driver_data) ||
                   meets(place, size, __start_driver_bss, __stop_driver_bss) ||
                   meets(place, size, __start_explore_data, __stop_explore_data) ||
                   meets(place, size, __start_explore_bss, __stop_explore_bss);
    if (drivers || images_meet(place, size))
        report(drivers ? KIND_TOUCHES_DRIVER : KIND_READS_CODE, address, size, flags, pc);
}
