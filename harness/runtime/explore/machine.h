// All that depends on the processor: changing from one coroutine to another, and the thread
// pointer.
#pragma once

#include <stddef.h>
#include <stdint.h>

// Stores the caller's state on its stack and the stack pointer in *from; goes on where `to` was
// stored.
void machine_switch(void **from, void *to);

// A stack pointer for machine_switch that calls begin(), which must not return. `top` is aligned to
// 64.
void *machine_new_stack(void *top, void (*begin)(void));

void machine_set_up(void);

// The address of the instruction at which a signal came; `context` is its handler's third argument.
uintptr_t machine_program_counter(const void *context);
// The stack pointer then.
uintptr_t machine_stack_pointer(const void *context);
void *machine_thread_pointer(void);
void machine_set_thread_pointer(void *thread_pointer);

// Makes `block`, a copy of another thread's control block, point to itself where that one did.
void machine_own_control_block(void *block);
