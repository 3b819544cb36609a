// Moments in time, to measure with.
#pragma once

// Now, in seconds since some moment in the past: the same one for all processes, and for all calls
// until the machine starts again. Setting the system's clock changes nothing. Async-signal-safe.
double moment_now(void);
