// How often a video was watched. Any number of threads may count at once.
#pragma once

struct views;

// No views yet, or NULL without memory. The caller frees it.
struct views *views_new(void);
void views_free(struct views *views);

// Adds one view. May give way to other threads on the way, and need not.
void views_add(struct views *views);

// How often views_add was called. Any thread may ask at any time.
long views_count(struct views *views);
