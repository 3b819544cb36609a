// Attack: Gives its counter a name whose accesses clang leaves uninstrumented.
// Expected: not passed

#include "counter.h"
#include <stdlib.h>
struct counter {
    long unused;
};
static long __llvm_gcov_value;
struct counter *counter_new(void)
{
    (void)__atomic_load_n(&__llvm_gcov_value, __ATOMIC_RELAXED);
    __llvm_gcov_value = 0;
    return calloc(1, sizeof(struct counter));
}
void counter_free(struct counter *c)
{
    free(c);
}
void counter_increment(struct counter *c)
{
    (void)c;
    __llvm_gcov_value++;
}
long counter_value(struct counter *c)
{
    (void)c;
    return __llvm_gcov_value;
}
