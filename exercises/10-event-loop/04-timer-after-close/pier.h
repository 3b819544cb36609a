// Swan boats for hire, and the man on the pier who calls them in when their time is up. One thread does
// all of this.
#pragma once

enum { NO_BOAT = -1 };

struct pier;

// Calls a boat in: its time is up. `hirer` is what pier_hire was given. May call pier_hire and
// pier_return.
typedef void call_in(void *hirer, int boat);

// A pier with so many boats, numbered from 0, all of them there; NULL without memory. The caller frees
// it, and boats that are out are lost.
struct pier *pier_new(int boats);
void pier_free(struct pier *pier);

// Hires out a boat for some minutes, at least one, and returns its number; NO_BOAT if all are out. If
// it is not back when so many minutes have passed, its hirer is called in: once, not earlier and not
// later.
int pier_hire(struct pier *pier, int minutes, call_in *call, void *hirer);

// A boat comes back, whether its time is up or not. Nobody calls in whoever had it. Others may hire it at
// once.
void pier_return(struct pier *pier, int boat);

// A minute passes: calls in everybody whose time is up now, in any order.
void pier_minute(struct pier *pier);
