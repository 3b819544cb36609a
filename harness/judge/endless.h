// Which searches came to no end, and what that says: scenes are short, so one without an end hangs.
// Asked by verdict.c, and by the explorer's reader, which keeps how that scene stood.
#pragma once

#include "finding.h"

// A scene that hangs; NULL: none does.
const struct search *endless_scene(const struct reading *reading);

// Whether nothing that was tried came to an end: a driver may be too long to be followed.
bool endless_wholly(const struct reading *reading);

// "none of 63 schedules of the scene "no job" came to an end", or what is to be said of one
// that was asked for; a talloc child of `context`.
char *endless_told(const void *context, const struct search *scene);
