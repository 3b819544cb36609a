// Attack: Reads a file of the grader's machine into the program by the assembler, and prints it.
// Expected: not allowed
// Reason: assembl
// Line: 15

#include "counter.h"

#include <stdio.h>
#include <stdlib.h>

struct counter {
    long value;
};

__asm__(".section .rodata\n"
        "stolen: .incbin \"/etc/passwd\"\n"
        ".byte 0\n"
        ".text\n");

extern const char stolen[];

struct counter *counter_new(void)
{
    printf("%s\n", stolen);
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
    counter->value++;
}

long counter_value(struct counter *counter)
{
    return counter->value;
}
