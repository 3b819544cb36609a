// A random walk: anybody who can go on, with equal chance. Finds little that needs one thread to
// run far ahead of the others, but every schedule has a chance, and every loop ends.

#include "choose.h"

static int choose_walk(struct choosing *choosing)
{
    return (int)choose_from(choosing, choosing->enabled);
}

const struct chooser chooser_walk = {"walk", 0, NULL, choose_walk, NULL};
