// What `racelings grade --watch` has written of each student, so that a push of one does not write
// the files of thousands.
#pragma once

#include "grade/class.h"

struct grade_memory;

// An empty one, a talloc child of `context`.
struct grade_memory *grade_memory_new(const void *context);

// Spares those students of a class, ready to be written, whose files would come out as they were
// noted.
void grade_memory_spare(const struct grade_memory *memory, struct class *class);

// The class was written.
void grade_memory_note(struct grade_memory *memory, const struct class *class);
