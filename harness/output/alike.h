// Which findings tell the same. For explain.c and telling.c, and alike_json.c.
#pragma once

#include "judge/finding.h"

// Whether finding `index` adds something to those before it; advice does not. Helgrind reports the
// read and the write of one `++` apart.
bool is_news(const struct reading *reading, size_t index);

// Whether findings of two judges are one data race: the same two places of the source, whichever of
// them came first.
bool same_race(const struct finding *one, const struct finding *other);

// Whether all that counts in a reading is data races that another judge's, `earlier`, has as well;
// false if nothing counts.
bool races_are_told(const struct reading *reading, const struct reading *earlier);
