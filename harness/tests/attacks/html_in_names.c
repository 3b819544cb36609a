// Attack: Gives its file, in all reports, a name that is HTML and a terminal escape.
// Expected: not passed

#line 1 "<img src=x onerror=alert(1)>\033[31m</pre><script>document.title='attacked'</script>.c"
#include "counter.h"

#include <stdlib.h>

struct counter {
    long value;
};

struct counter *counter_new(void)
{
    return calloc(1, sizeof(struct counter));
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
