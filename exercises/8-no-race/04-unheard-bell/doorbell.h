// A doorbell. Parcels come, somebody rings, somebody goes to the door; any number of threads may ring
// and wait.
#pragma once

struct doorbell;

// A bell that nobody has rung, or NULL without memory. The caller frees it when nobody is at it any more.
struct doorbell *doorbell_new(void);
void doorbell_free(struct doorbell *bell);

// Rings once, for one parcel. Waits for nobody.
void doorbell_ring(struct doorbell *bell);

// Waits until it rings, and returns once for each ring: a ring that came while nobody waited is not lost,
// and no ring sends two to the door. Who returns sees what was done before the ring.
void doorbell_wait(struct doorbell *bell);
