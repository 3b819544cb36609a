// A counter that any number of threads may increment.
#pragma once

struct counter;

// A counter at zero, or NULL without memory. The caller frees it.
struct counter *counter_new(void);
void counter_free(struct counter *counter);

// Adds one.
void counter_increment(struct counter *counter);

// How often counter_increment was called. Any thread may ask at any time.
long counter_value(struct counter *counter);
