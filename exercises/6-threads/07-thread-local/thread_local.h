// The receipts of a supermarket. Every till is a thread and has a printer of its own.
#pragma once

#include <stddef.h>

// Prints an amount, 1234 as "12.34", on the printer of that till. The tills print side by side. When
// a till's thread has ended, the memory that it used for that is free for others.
void receipt_print(int till, long cents);

// The printers; main.c plays their part. A printer takes its time, and looks at the text until all
// of it is printed. The text need not end with a null character.
void printer_write(int till, const char *text, size_t length);
