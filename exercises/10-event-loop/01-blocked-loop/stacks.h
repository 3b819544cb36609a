// The stacks of the library, deep below; part of the driver.
#pragma once

#include <stdbool.h>

// Whether this book is down there. All others are on the shelf behind the librarian.
bool stacks_have(int book);

// Goes down and fetches the book: waits until that is done. Any number of threads may be down there.
void stacks_fetch(int book);
