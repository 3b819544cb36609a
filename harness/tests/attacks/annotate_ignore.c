// Attack: Tells ThreadSanitizer, by an old interface it still has, to ignore what follows.
// Expected: refused
// Reason: AnnotateIgnoreReadsBegin

#include "counter.h"

#include <stdlib.h>

struct counter {
    long value;
};

// Weak, so that it links where no ThreadSanitizer is.
__attribute__((weak)) void AnnotateIgnoreReadsBegin(const char *file, int line);
__attribute__((weak)) void AnnotateIgnoreReadsEnd(const char *file, int line);
__attribute__((weak)) void AnnotateIgnoreWritesBegin(const char *file, int line);
__attribute__((weak)) void AnnotateIgnoreWritesEnd(const char *file, int line);

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
    if (AnnotateIgnoreReadsBegin) {
        AnnotateIgnoreReadsBegin(__FILE__, __LINE__);
        AnnotateIgnoreWritesBegin(__FILE__, __LINE__);
    }
    counter->value++;
    if (AnnotateIgnoreReadsEnd) {
        AnnotateIgnoreWritesEnd(__FILE__, __LINE__);
        AnnotateIgnoreReadsEnd(__FILE__, __LINE__);
    }
}

long counter_value(struct counter *counter)
{
    return counter->value;
}
