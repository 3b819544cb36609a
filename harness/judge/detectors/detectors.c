// The table of detectors: the only place that lists them.

#include "detector.h"

#include <string.h>

const struct detector *const detectors[] = {
    &explore_detector, &tsan_detector, &helgrind_detector, &native_detector, NULL,
};

const char *const detector_names[] = {"explore", "tsan", "helgrind", "native", NULL};

const struct detector *detector_find(const char *name)
{
    for (const struct detector *const *detector = detectors; *detector; detector++)
        if (strcmp((*detector)->name, name) == 0)
            return *detector;
    return NULL;
}
