// Attack: Returns from main by itself: a signal's handler puts other registers into what it interrupts.
// Expected: not allowed
// Reason: registers
// Exercise: time-limit

#define _GNU_SOURCE
#include "cook.h"

#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

enum { REACH = 1 << 13, WORDS_MOST = 600 };

static int is_near(greg_t word)
{
    intptr_t distance = (intptr_t)word - (intptr_t)&cook;
    return distance > -REACH && distance < REACH && word % 16 != 0;
}

// The place of main's return address: the outermost one that leads into the program itself.
static greg_t *find_end(greg_t *stack)
{
    greg_t *end = NULL;
    for (int i = 0; i < WORDS_MOST; i++) {
        if (is_near(stack[i]))
            end = &stack[i];
        else if (end && &stack[i] - end > 150)
            break;
    }
    return end;
}

static void return_from_main(int number, siginfo_t *info, void *context)
{
    (void)number;
    (void)info;
    greg_t *registers = ((ucontext_t *)context)->uc_mcontext.gregs;
    greg_t *end = find_end((greg_t *)registers[REG_RSP]);
    if (!end)
        return;
    registers[REG_RBP] = end[-1];
    registers[REG_R15] = end[-2];
    registers[REG_R14] = end[-3];
    registers[REG_R13] = end[-4];
    registers[REG_R12] = end[-5];
    registers[REG_RBX] = end[-6];
    registers[REG_RSP] = (greg_t)(end + 1);
    registers[REG_RIP] = *end;
    registers[REG_RAX] = 0;
}

int cook(int (*recipe)(void *data), void *data, double seconds)
{
    static int *volatile nowhere;
    (void)recipe;
    (void)data;
    (void)seconds;
    struct sigaction action = {.sa_sigaction = return_from_main, .sa_flags = SA_SIGINFO};
    sigaction(SIGSEGV, &action, NULL);
    *nowhere = 1;
    return 0;
}
