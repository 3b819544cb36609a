// A sauna with so many places, used by any number of threads.
#pragma once

struct sauna;

// An empty sauna, or NULL without memory. The caller frees it when nobody is at it any more.
struct sauna *sauna_new(int places);
void sauna_free(struct sauna *sauna);

// Goes in; waits while all places are taken. There are never more guests inside than places.
void sauna_enter(struct sauna *sauna);

// Goes out. The place is free for somebody else: who waits for one gets in. Waits for nobody.
void sauna_leave(struct sauna *sauna);

// How many guests are inside.
int sauna_guests(struct sauna *sauna);
