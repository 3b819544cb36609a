// Still wrong: stops the timer of the hirer who comes back. Who has hired two boats, and is back with one,
// may have stopped the other one's.
// Caught by: explore

#include "pier.h"

#include <stdbool.h>
#include <stdlib.h>

struct boat {
    bool out;
    call_in *call;
    void *hirer;
};

struct timer {
    long due; // minutes
    int boat;
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
}

int pier_hire(struct pier *pier, int minutes, call_in *call, void *hirer)
{
    for (int i = 0; i < pier->boats; i++) {
        if (pier->boat[i].out)
            continue;
        pier->boat[i] = (struct boat){true, call, hirer};
        start_timer(pier, i, pier->now + minutes);
        return i;
    }
    return NO_BOAT;
}

static void stop_timer(struct pier *pier, int boat)
{
    struct timer **place = &pier->timers;
    while (*place && pier->boat[(*place)->boat].hirer != pier->boat[boat].hirer)
        place = &(*place)->next;
    struct timer *timer = *place;
    if (timer)
        *place = timer->next;
    free(timer);
}

void pier_return(struct pier *pier, int boat)
{
    stop_timer(pier, boat);
    pier->boat[boat].out = false;
}

// Takes a timer that is due out of the list, and returns its boat; NO_BOAT if none is.
static int take_due(struct pier *pier)
{
    for (struct timer **place = &pier->timers; *place; place = &(*place)->next) {
        struct timer *timer = *place;
        if (timer->due > pier->now)
            continue;
        int boat = timer->boat;
        *place = timer->next;
        free(timer);
        return boat;
    }
    return NO_BOAT;
}

void pier_minute(struct pier *pier)
{
    pier->now++;
    for (int i = take_due(pier); i != NO_BOAT; i = take_due(pier)) {
        struct boat *boat = &pier->boat[i];
        boat->call(boat->hirer, i);
    }
}
