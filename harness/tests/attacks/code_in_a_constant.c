// Attack: Hides machine code that leaves with status 0 in a number, and jumps into it.
// Expected: not passed
//
// No rule on words or symbols finds it: all it takes is a cast. It leaves past the end of
// ThreadSanitizer, whose report is then not whole.

#include "counter.h"

#include <stdint.h>
#include <stdlib.h>

struct counter {
    long value;
};

// xor edi, edi; xor eax, eax; mov al, 231 (exit_group); syscall
static const uint64_t leave = 0x050fe7b0c031ff31;

static uint64_t give(void)
{
    return leave; // the instruction holds the number itself
}

typedef uint64_t giver(void);

static void jump_into_the_number(void)
{
    static giver *volatile place = give; // not inlined
    place();
    const unsigned char *code = (const unsigned char *)(uintptr_t)place;
    for (int at = 0; at < 64; at++) {
        uint64_t found = 0;
        for (int i = 0; i < 8; i++)
            found |= (uint64_t)code[at + i] << 8 * i;
        if (found == leave)
            ((void (*)(void))(uintptr_t)(code + at))();
    }
}

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
    jump_into_the_number();
    return counter->value;
}
