#include "class.h"

const char *standing_name(enum standing standing)
{
    static const char *const names[STANDING_COUNT] = {
        [STANDING_MISSING] = "missing",         [STANDING_UNUSABLE] = "unusable",
        [STANDING_NOT_STARTED] = "not started", [STANDING_PASSED] = "passed",
        [STANDING_FAILED] = "failed",           [STANDING_REFUSED] = "refused",
        [STANDING_UNGRADABLE] = "ungradable",
    };
    return names[standing];
}
