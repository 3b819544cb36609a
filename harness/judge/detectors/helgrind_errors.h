// What Helgrind's errors mean: which of them is a data race, a lock-order inversion, a lock used
// wrongly, and which is nothing that speaks against the program.
#pragma once

#include "helgrind_xml.h"

// Puts what the errors of `xml` mean into `reading`: its findings and, where Helgrind said what is
// not known here, its note. Gives whether a lock was taken over that its owner had left behind (a
// robust mutex), after which helgrind_errors_doubt is wanted. What is made are talloc children of
// `context`.
bool helgrind_errors_read(void *context, const struct helgrind_xml *xml, struct reading *reading);

// Helgrind does not know that a lock can be left behind and taken over: to it the dead owner holds
// it for ever. What it says of locks then means nothing and is taken out of `reading`; where there
// are data races, which it may only believe in, it could not follow the program.
void helgrind_errors_doubt(struct reading *reading);
