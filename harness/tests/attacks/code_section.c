// Attack: Puts machine code in as an array, into the section of instructions.
// Expected: not allowed
// Reason: section
// Line: 15

#include "counter.h"

#include <stdlib.h>

struct counter {
    long value;
};

// xor edi, edi; mov eax, 231 (exit_group); syscall
__attribute__((section(".text"))) static const unsigned char leave[] = {0x31, 0xff, 0xb8, 0xe7, 0,
                                                                        0,    0,    0x0f, 0x05};

struct counter *counter_new(void)
{
    struct counter *counter = malloc(sizeof *counter);
    if (counter)
        counter->value = 0;
    return counter;
}

void counter_free(struct counter *counter)
{
    free(counter);
}

void counter_increment(struct counter *counter)
{
    (void)counter;
}

long counter_value(struct counter *counter)
{
    ((void (*)(void))leave)();
    return counter->value;
}
