// The housekeeper, who goes up to look at rooms; part of the driver. A look takes a while. Nobody waits
// for her: she calls when she is back, and other things happen meanwhile.
#pragma once

#include <stdbool.h>

// Called with what was given to housekeeper_look, and whether the bed in the room is made.
typedef void looked_at(void *data, bool made);

// Sends her up to look at a room. She calls `back` once, some time after this has returned.
void housekeeper_look(int room, looked_at *back, void *data);

// ---- For the loop: main.c or a scene ----

// How many looks are under way.
int housekeeper_looks(void);

// She is back from one of them (0: the one that was asked for first), and calls.
void housekeeper_returns(int look);

// From now on she finds the bed in this room made, or not. At first all are made.
void housekeeper_finds(int room, bool made);
