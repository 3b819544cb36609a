// Attack: Prints HTML, XML and CSV that act where shown, then a wrong result.
// Expected: failed

#include "counter.h"

#include <stdio.h>
#include <stdlib.h>

struct counter {
    long value;
};

struct counter *counter_new(void)
{
    printf("<script>document.title = 'attacked'</script><img src=x onerror=alert(1)>\n");
    printf("</pre></td></table><h1>10 of 10 points</h1><!-- ]]></failure></testcase>\n");
    printf("=HYPERLINK(\"http://127.0.0.1:47891/\";\"see\"),+1+1,@SUM(1),\"\n");
    printf(
        "::error title=x::y\n::set-output name=score::10\n# Markdown [x](javascript:alert(1))\n");
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
