// Still wrong: a boat has its minutes, which are counted down. A friend who sets out while somebody is
// called loses one before he has dipped an oar.
// Caught by: explore

#include "pier.h"

#include <stdbool.h>
#include <stdlib.h>

struct boat {
    bool out;
    int minutes; // that are left
    call_in *call;
    void *hirer;
};

struct pier {
    int boats;
    struct boat boat[];
};

struct pier *pier_new(int boats)
{
    struct pier *pier = calloc(1, sizeof *pier + (size_t)boats * sizeof(struct boat));
    if (pier)
        pier->boats = boats;
    return pier;
}

void pier_free(struct pier *pier)
{
    free(pier);
}

int pier_hire(struct pier *pier, int minutes, call_in *call, void *hirer)
{
    for (int i = 0; i < pier->boats; i++) {
        if (pier->boat[i].out)
            continue;
        pier->boat[i] = (struct boat){true, minutes, call, hirer};
        return i;
    }
    return NO_BOAT;
}

void pier_return(struct pier *pier, int boat)
{
    pier->boat[boat].out = false;
}

void pier_minute(struct pier *pier)
{
    for (int i = 0; i < pier->boats; i++) {
        struct boat *boat = &pier->boat[i];
        if (boat->out && --boat->minutes == 0)
            boat->call(boat->hirer, i);
    }
}
