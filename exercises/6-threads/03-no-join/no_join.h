// Election night: the votes of all polling stations, counted side by side.
#pragma once

// Counts the votes in one polling station; main.c has the ballot boxes. Takes its time.
long station_count(int station);

// The sum over the stations 0 ... stations-1, each counted once and all at the same time, by a
// thread of its own. Every thread is done when the call returns, and what was allocated for it is
// freed.
long election_count(int stations);
