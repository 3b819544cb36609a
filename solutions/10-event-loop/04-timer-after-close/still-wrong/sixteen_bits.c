// Still wrong: 65536 hires of one boat, it was thought, are more than the pier will see. Whoever pays for
// the whole summer meets the one with his number at its end.
// Caught by: native

#include "pier.h"

#include <stdbool.h>
#include <stdlib.h>

struct boat {
    bool out;
    unsigned short hires; // how often it was hired out
    call_in *call;
    void *hirer;
};

struct timer {
    long due; // minutes
    int boat;
    unsigned short hire; // the one of this boat that it is for
    struct timer *next;
};

struct pier {
    long now;             // minutes
    struct timer *timers; // in no order
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
    struct timer *next;
    for (struct timer *timer = pier ? pier->timers : NULL; timer; timer = next) {
        next = timer->next;
        free(timer);
    }
    free(pier);
}

static void start_timer(struct pier *pier, int boat, long due)
{
    struct timer *timer = malloc(sizeof *timer);
    *timer = (struct timer){due, boat, pier->boat[boat].hires, pier->timers};
    pier->timers = timer;
}

int pier_hire(struct pier *pier, int minutes, call_in *call, void *hirer)
{
    for (int i = 0; i < pier->boats; i++) {
        if (pier->boat[i].out)
            continue;
        pier->boat[i] = (struct boat){true, (unsigned short)(pier->boat[i].hires + 1), call, hirer};
        start_timer(pier, i, pier->now + minutes);
        return i;
    }
    return NO_BOAT;
}

void pier_return(struct pier *pier, int boat)
{
    pier->boat[boat].out = false;
}

// Takes a timer that is due out of the list, and into `due`. False if none is.
static bool take_due(struct pier *pier, struct timer *due)
{
    for (struct timer **place = &pier->timers; *place; place = &(*place)->next) {
        struct timer *timer = *place;
        if (timer->due > pier->now)
            continue;
        *due = *timer;
        *place = timer->next;
        free(timer);
        return true;
    }
    return false;
}

void pier_minute(struct pier *pier)
{
    pier->now++;
    struct timer due;
    while (take_due(pier, &due)) {
        struct boat *boat = &pier->boat[due.boat];
        if (boat->out && boat->hires == due.hire)
            boat->call(boat->hirer, due.boat);
    }
}
