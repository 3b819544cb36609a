// What an answer stands behind, as an exercise's header does.
#pragma once

#include <stddef.h>

size_t answer_add(size_t number);
