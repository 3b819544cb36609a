// Still wrong: snprintf is safe to call from any thread, but the array is the same for all of them.
// Caught by: explore, tsan, helgrind, native

#include "thread_local.h"

#include <stdio.h>

void receipt_print(int till, long cents)
{
    static char text[24]; // used again and again: no need to allocate
    int length = snprintf(text, sizeof text, "%ld.%02ld", cents / 100, cents % 100);
    printer_write(till, text, length);
}
