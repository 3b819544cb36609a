// The processor's part of the explorer: x86-64 Linux. Another processor needs these few functions.

#define _GNU_SOURCE
#include "machine.h"

#include <asm/prctl.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/auxv.h>
#include <sys/syscall.h>
#include <ucontext.h>
#include <unistd.h>

#ifndef __x86_64__
#error "The explorer knows x86-64 only: write machine.c for this processor."
#endif

// Only what a called function must preserve is kept; the rest the compiler has saved around the
// call.
__asm__(".text\n"
        ".globl machine_switch\n"
        ".type machine_switch, @function\n"
        "machine_switch:\n"
        "    push %rbp\n"
        "    push %rbx\n"
        "    push %r12\n"
        "    push %r13\n"
        "    push %r14\n"
        "    push %r15\n"
        "    mov %rsp, (%rdi)\n"
        "    mov %rsi, %rsp\n"
        "    pop %r15\n"
        "    pop %r14\n"
        "    pop %r13\n"
        "    pop %r12\n"
        "    pop %rbx\n"
        "    pop %rbp\n"
        "    ret\n"
        ".size machine_switch, . - machine_switch\n");

enum { SAVED_REGISTERS = 6, HWCAP2_FSGSBASE = 2 };

static bool may_write_base; // the kernel lets programs write it without a system call

void machine_set_up(void)
{
    may_write_base = (getauxval(AT_HWCAP2) & HWCAP2_FSGSBASE) != 0;
}

void *machine_new_stack(void *top, void (*begin)(void))
{
    void **pointer = top;
    *--pointer = NULL; // as if `begin` had been called: its return address
    *--pointer = (void *)(uintptr_t)begin;
    for (int i = 0; i < SAVED_REGISTERS; i++)
        *--pointer = NULL;
    return pointer;
}

uintptr_t machine_program_counter(const void *context)
{
    return (uintptr_t)((const ucontext_t *)context)->uc_mcontext.gregs[REG_RIP];
}

uintptr_t machine_stack_pointer(const void *context)
{
    return (uintptr_t)((const ucontext_t *)context)->uc_mcontext.gregs[REG_RSP];
}

void *machine_thread_pointer(void)
{
    return __builtin_thread_pointer();
}

void machine_set_thread_pointer(void *thread_pointer)
{
    if (may_write_base)
        __asm__ volatile("wrfsbase %0" : : "r"(thread_pointer) : "memory");
    else
        syscall(SYS_arch_prctl, ARCH_SET_FS, thread_pointer);
}

// The words 0 and 2 are the thread pointer and the thread's own handle.
void machine_own_control_block(void *block)
{
    void **words = block;
    words[0] = words[2] = block;
}
