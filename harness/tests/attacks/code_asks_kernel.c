// Attack: Asks the kernel for keys, by machine code that is hidden in a number.
// Expected: refused
// Reason: reads code
//
// The explorer sees it look for its code; under the other judges the filter of system calls ends it.

#include "counter.h"

#include <stdint.h>
#include <stdlib.h>

struct counter {
    long value;
};

// mov eax, 250 (keyctl); syscall; ret
static const uint64_t ask = 0xc3050f000000fab8;

static uint64_t give(void)
{
    return ask; // the instruction holds the number itself
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
        if (found == ask)
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
