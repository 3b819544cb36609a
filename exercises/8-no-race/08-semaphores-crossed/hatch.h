// The hatch between a kitchen and a restaurant: cooks put dishes in, waiters take them out. Any number
// of threads may do either.
#pragma once

struct hatch;

// A hatch with room for so many dishes, one at least, or NULL without memory. The caller frees it when
// nobody is at it any more.
struct hatch *hatch_new(int room);
void hatch_free(struct hatch *hatch);

// Puts a dish in; waits while there is no room.
void hatch_put(struct hatch *hatch, int dish);

// Takes out the dish that has been there longest; waits while there is none.
int hatch_take(struct hatch *hatch);
