// The heap of the program under the explorer: memory is never used twice in a run, so that every
// use after free and every overflow by as little as a byte is seen, always, and blocks have the
// same addresses in every process.
//
// Each thread takes from a window of its own, whose place is fixed. Between two blocks there is a
// gap of at least 16 bytes. New memory is not zero, and freed memory changes.
#pragma once

#include "engine.h"

enum { HEAP_BLOCK_MOST = 16 << 20 }; // bytes of a block

void heap_set_up(void);

// Gives a block, or NULL with errno set if it is larger than that. `alignment` is a power of
// 2. `pc` is where the program asks for it.
void *heap_take(size_t size, size_t alignment, uintptr_t pc);

// Gives the block back. Ends the run if it is not the beginning of a live block of this heap,
// except for what `heap_has` does not know, which must not be given.
void heap_give_back(void *block, uintptr_t pc);

// Ends the run if any of the bytes is of the heap and in no live block, or if they are a thread's
// that has ended. `flags` are ACCESS_..., for the report.
void heap_check_access(const void *address, size_t size, int flags, uintptr_t pc);

// Whether the address lies in one of the windows.
bool heap_has(const void *address);

// The size of the live block that begins at `block`; 0 if there is none.
size_t heap_size(const void *block);

// The block that the address lies in or next to, for a report: fills in block, block_size and
// allocated. False, and nothing is filled in, if the address is not of the heap.
bool heap_describe(const void *address, struct fault *fault);

// Describes the first block that is still live, as KIND_LEAK. False if there is none.
bool heap_leak(struct fault *fault);
