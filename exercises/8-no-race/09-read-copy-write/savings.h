// A savings account, in cents, which never falls below zero. Any number of threads may use it at the
// same time; whatever they do, it comes out as if one had done it after the other.
#pragma once

#include <stdbool.h>

struct savings;

// An empty account, or NULL without memory. The caller frees it when nobody uses it any more.
struct savings *savings_new(void);
void savings_free(struct savings *savings);

// What is on it.
long savings_balance(struct savings *savings);

// Pays in so many cents.
void savings_pay_in(struct savings *savings, long cents);

// Takes out so many cents, and returns true. False if there are not so many: then nothing changes.
bool savings_take_out(struct savings *savings, long cents);

// Adds so many per cent of what is on it, rounded down.
void savings_add_interest(struct savings *savings, int percent);
