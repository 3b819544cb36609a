// A gate: closed at first, then opened for good. Requests wait at it until the database is there.
#pragma once

struct gate;

// A closed gate, or NULL without memory. The caller frees it when nobody is at it any more.
struct gate *gate_new(void);
void gate_free(struct gate *gate);

// Returns when the gate is open, and all that was done before it was opened is there to be seen.
void gate_wait(struct gate *gate);

// Opens the gate: for all who wait, and for all who come later. Waits for nobody. To open an open
// gate is allowed.
void gate_open(struct gate *gate);
