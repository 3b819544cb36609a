// How many visitors a site has had. Made before the server forks its workers; after that any thread
// of any of the processes may count and ask, all at the same time.
#pragma once

struct visitors;

// No visitors yet; NULL without memory. The process that made it frees it, when the others have
// ended.
struct visitors *visitors_new(void);
void visitors_free(struct visitors *visitors);

// One visitor more, in whichever process. Returns which one it was: 1 to the first, 2 to the next,
// and no number to two of them.
long visitors_count(struct visitors *visitors);

// How many there have been, in all processes together.
long visitors_so_far(struct visitors *visitors);
