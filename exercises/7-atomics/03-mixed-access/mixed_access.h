// Counts the requests of a busy server.
#pragma once

struct stats;

// Zero requests, or NULL without memory. The caller frees it.
struct stats *stats_new(void);
void stats_free(struct stats *stats);

// Counts one request. Any number of threads may call it.
void stats_count(struct stats *stats);

// Gives how many requests were counted since the last call (or since stats_new), each of them once.
// Not called by two threads at a time; but while others count.
long stats_take(struct stats *stats);
