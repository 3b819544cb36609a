// Also right: the library formats into an array of the caller's own.

#include "thread_local.h"

#include <stdio.h>

void receipt_print(int till, long cents)
{
    char text[24];
    int length = snprintf(text, sizeof text, "%ld.%02ld", cents / 100, cents % 100);
    printer_write(till, text, length);
}
