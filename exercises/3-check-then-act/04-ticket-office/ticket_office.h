// Tickets for one evening, sold at several windows at once.
#pragma once

struct office;

// An office with `tickets` tickets, for the seats 1 to `tickets`; NULL without memory. The caller
// frees it.
struct office *office_new(int tickets);
void office_free(struct office *office);

// Sells a ticket, if there is one, and returns its seat; returns 0 if all are sold.
int office_sell(struct office *office);

// How many tickets there still are. Any thread may ask at any time.
int office_left(struct office *office);
