// Attack: Has a gate at which nobody waits.
// Expected: failed
// Exercise: lost-wakeup

#include "lost_wakeup.h"
#include <stdlib.h>
struct gate {
    int unused;
};
struct gate *gate_new(void)
{
    return calloc(1, sizeof(struct gate));
}
void gate_free(struct gate *g)
{
    free(g);
}
void gate_wait(struct gate *g)
{
    (void)g;
}
void gate_open(struct gate *g)
{
    (void)g;
}
