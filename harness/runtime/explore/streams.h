// Streams and their end.
#pragma once

#include <stdint.h>
#include <stdio.h>

// The program at `pc` uses the stream.
void stream_used(const FILE *stream, uintptr_t pc);
