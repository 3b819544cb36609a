// The controls of a tram: the brightness of its lamp and how far its door is open.
#pragma once

enum { TRAM_STEPS = 16 }; // both go from 0 (dark, closed) to 15

struct tram;

// A dark tram with a closed door, or NULL without memory. The caller frees it.
struct tram *tram_new(void);
void tram_free(struct tram *tram);

// Any thread may call these at any time. Each part is as it was set last, and never in between.
// Setting one of the two leaves the other as it is.
void tram_set_lamp(struct tram *tram, unsigned brightness);
unsigned tram_lamp(struct tram *tram);
void tram_set_door(struct tram *tram, unsigned opening);
unsigned tram_door(struct tram *tram);
