// The coffee fund of an office: some pay in, others take out to buy beans.
#pragma once

struct fund;

// An empty fund, or NULL without memory. The caller frees it.
struct fund *fund_new(void);
void fund_free(struct fund *fund);

// Puts money in, takes money out. A fund may go below zero: somebody lent it the difference.
void fund_deposit(struct fund *fund, long cents);
void fund_withdraw(struct fund *fund, long cents);

// What is in it at a moment of the call, in cents. Any thread may ask at any time.
long fund_balance(struct fund *fund);
