// The calls that clang makes in place of C atomics on objects that no instruction is large enough
// for. They are libatomic's, which need not be there: large_atomics.c defines them for
// ThreadSanitizer, Helgrind and the plain run, explore/atomics.c for the explorer, and
// large_calls.c what is the same for all.
#pragma once

#include <stdbool.h>
#include <stddef.h>

// Compilers know these names, with other types: hence ours, which the linker knows by theirs.
void large_load(size_t size, void *object, void *to, int order) __asm__("__atomic_load");
void large_store(size_t size, void *object, void *value, int order) __asm__("__atomic_store");
void large_exchange(size_t size, void *object, void *value, void *old,
                    int order) __asm__("__atomic_exchange");
bool large_compare_exchange(size_t size, void *object, void *expected, void *desired, int order,
                            int failure) __asm__("__atomic_compare_exchange");
bool large_is_lock_free(size_t size, const void *object) __asm__("__atomic_is_lock_free");
