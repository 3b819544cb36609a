// A cloakroom: a rack of hooks, numbered from 0. Any number of threads may use it at the same time.
#pragma once

struct rack;

// A rack of so many hooks, all of them free, or NULL without memory. The caller frees it when nobody uses
// it any more.
struct rack *rack_new(int hooks);
void rack_free(struct rack *rack);

// Takes a free hook, any, and returns its number. -1 if there is a moment at which none is free. A hook
// that somebody has is nobody else's until it is given back.
int rack_take(struct rack *rack);

// Gives back a hook that was taken; somebody else may take it then, who sees what was done while it was
// taken.
void rack_give_back(struct rack *rack, int hook);
