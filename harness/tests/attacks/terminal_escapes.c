// Attack: Prints escapes that clear a terminal, set its title and paste, then a wrong result.
// Expected: failed

#include "counter.h"

#include <stdio.h>
#include <stdlib.h>

struct counter {
    long value;
};

struct counter *counter_new(void)
{
    printf("\033[2J\033[H\033]0;all passed\a\033]52;c;cm0gLXJmIH4=\a");
    printf("\033[8mhidden\033[28m\r\b\b\b\b\x9b"
           "31m\033P$q\"p\033\\\033[6n\n");
    printf("\xe2\x80\xaereversed\xe2\x80\xac \xff\xfe not UTF-8\n");
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
    return counter->value + 1;
}
