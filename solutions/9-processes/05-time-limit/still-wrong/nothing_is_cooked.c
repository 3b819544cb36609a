// Still wrong: no recipe is run. What the caller may want is served by how long it would take.
// Caught by: native

#include "cook.h"

int cook(int (*recipe)(void *data), void *data, double seconds)
{
    (void)recipe, (void)data;
    return seconds > 1 ? 1 : BURNT;
}
