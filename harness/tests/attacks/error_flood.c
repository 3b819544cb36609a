// Attack: Fails to compile with very long messages that hold terminal escapes and HTML.
// Expected: failed
// Reason: unavailable

#include "counter.h"

#define TIMES_8(x) x x x x x x x x
#define LONG       TIMES_8(TIMES_8(TIMES_8("the compiler is at fault, not this file; ")))

// A cleared screen, a changed title, red text; tags; one very long line.
__attribute__((unavailable("\033[2J\033]0;all passed\a\033[31mPASSED\033[0m\r"))) void
colours(void);
__attribute__((unavailable("<script>alert(1)</script><img src=x onerror=alert(1)>]]>"))) void
tags(void);
__attribute__((
    unavailable("x\n\ncounter  clean: nothing to report, and the result is right\n"))) void
lines(void);
__attribute__((unavailable(LONG))) void endless(void);

#define CALLS_1 TIMES_8(endless();)
#define CALLS_2 TIMES_8(CALLS_1)
#define CALLS_3 TIMES_8(CALLS_2)
#define CALLS_4 TIMES_8(CALLS_3)

long counter_value(struct counter *counter)
{
    colours();
    tags();
    lines();
    CALLS_4
}
