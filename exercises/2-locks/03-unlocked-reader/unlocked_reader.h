// How far a download has come: workers report the bytes they have fetched, a screen shows them.
#pragma once

struct progress;

// Nothing fetched yet; NULL without memory. The caller frees it.
struct progress *progress_new(void);
void progress_free(struct progress *progress);

// Adds bytes that have just arrived. Any number of workers may call it.
void progress_add(struct progress *progress, long bytes);

// What has arrived so far: everything that was added before the call, by whichever worker. Any
// thread may ask at any time.
long progress_bytes(struct progress *progress);
