// Order by the locks of streams, which neither ThreadSanitizer nor Helgrind knows. Reached by
// --wrap.

#include "order.h"

#include <stdio.h>

void __real_flockfile(FILE *stream);
void __wrap_flockfile(FILE *stream);
void __wrap_flockfile(FILE *stream)
{
    __real_flockfile(stream);
    order_acquire(stream);
}

int __real_ftrylockfile(FILE *stream);
int __wrap_ftrylockfile(FILE *stream);
int __wrap_ftrylockfile(FILE *stream)
{
    int error = __real_ftrylockfile(stream);
    if (error == 0)
        order_acquire(stream);
    return error;
}

void __real_funlockfile(FILE *stream);
void __wrap_funlockfile(FILE *stream);
void __wrap_funlockfile(FILE *stream)
{
    order_release(stream);
    __real_funlockfile(stream);
}
