// The king's tasters, before a banquet: a pool of processes that work on dishes.
#pragma once

#include <stdbool.h>

enum {
    TASTERS_MOST = 8,
    DISHES_MOST = 32,
    POISON = -1,
};

// Has the dishes 0 to dishes - 1 tasted by so many tasters, each of them a child process; they do not
// wait for each other. Each dish is tasted by one of them: he calls taste(dish), which returns how good it
// is, 0 to 255. That becomes verdicts[dish].
//
// Tasters may be lost while they taste: they fall dead, or run away (the process ends, in whatever way,
// and taste does not return). Then another taster, a new one if need be, tastes that dish. If a second
// one is lost over it, the verdict is POISON, and nobody has to taste it again. A dish about which a
// taster has told is not tasted again either.
//
// Returns true when every dish has its verdict, and no taster is left. Returns false without memory, or
// if nobody can be found for the job. No descriptor is open then, and no memory shared, that was not
// before. A taster does not tidy up for the caller: he calls none of his atexit functions.
bool tasters_taste(int tasters, int dishes, int (*taste)(int dish), int *verdicts);
