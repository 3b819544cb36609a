// What a thread is called in all that is told of it (engine.h).

#include "engine.h"

#include <stdio.h>

struct title thread_title(unsigned id)
{
    struct title title = {"main"};
    if (id != 0)
        snprintf(title.text, sizeof title.text, "T%u", id & 0xffff);
    return title;
}
