// Also right: the boat that comes back tells its timer that it is nobody's any more. It runs on, and
// calls nobody.

#include "pier.h"

#include <stdbool.h>
#include <stdlib.h>

struct timer;

struct boat {
    bool out;
    struct timer *timer; // while its time is not up
    call_in *call;
    void *hirer;
};

struct timer {
    long due; // minutes
    int boat; // NO_BOAT: it is back
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
    *timer = (struct timer){due, boat, pier->timers};
    pier->timers = timer;
    pier->boat[boat].timer = timer;
}

int pier_hire(struct pier *pier, int minutes, call_in *call, void *hirer)
{
    for (int i = 0; i < pier->boats; i++) {
        if (pier->boat[i].out)
            continue;
        pier->boat[i] = (struct boat){true, NULL, call, hirer};
        start_timer(pier, i, pier->now + minutes);
        return i;
    }
    return NO_BOAT;
}

void pier_return(struct pier *pier, int boat)
{
    if (pier->boat[boat].timer)
        pier->boat[boat].timer->boat = NO_BOAT;
    pier->boat[boat] = (struct boat){0};
}

// Takes a timer that is due out of the list, and returns it; NULL if none is.
static struct timer *take_due(struct pier *pier)
{
    for (struct timer **place = &pier->timers; *place; place = &(*place)->next) {
        struct timer *timer = *place;
        if (timer->due > pier->now)
            continue;
        *place = timer->next;
        return timer;
    }
    return NULL;
}

void pier_minute(struct pier *pier)
{
    pier->now++;
    struct timer *timer;
    while ((timer = take_due(pier))) {
        int i = timer->boat;
        free(timer);
        if (i == NO_BOAT)
            continue;
        pier->boat[i].timer = NULL;
        pier->boat[i].call(pier->boat[i].hirer, i);
    }
}
