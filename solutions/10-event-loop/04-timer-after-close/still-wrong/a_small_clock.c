// Still wrong: keeps in a byte when the time is up. Nobody stays out longer than 255 minutes, it was thought.
// Caught by: explore

#include "pier.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

struct boat {
    bool out, called;
    uint8_t due; // minutes
    call_in *call;
    void *hirer;
};

struct pier {
    uint8_t now; // minutes
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
        pier->boat[i] = (struct boat){true, false, (uint8_t)(pier->now + minutes), call, hirer};
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
    pier->now++;
    for (int i = 0; i < pier->boats; i++) {
        struct boat *boat = &pier->boat[i];
        if (!boat->out || boat->called || boat->due != pier->now)
            continue;
        boat->called = true;
        boat->call(boat->hirer, i);
    }
}
