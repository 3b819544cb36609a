// Where a detector's word cannot be taken as it stands, for what the source of the program shows:
// it calls what the detector does not know, or what was judged is not what is written. Called by
// judge.c when a verdict is there.
#pragma once

#include "judge.h"

// Makes the verdict "abstains", with the reason, where it is to be doubted, and has the reason of
// any abstention say who decides then (absence.h). What is made is a talloc child of `context`.
void doubt(void *context, struct judgement *judgement);
