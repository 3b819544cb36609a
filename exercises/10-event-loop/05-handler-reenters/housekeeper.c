#include "housekeeper.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LOOKS_MOST = 1000, ROOMS_MOST = 1000 };

static struct look {
    int room;
    looked_at *back;
    void *data;
} looks[LOOKS_MOST]; // in the order in which they were asked for

static int count;
static bool unmade[ROOMS_MOST];

void housekeeper_look(int room, looked_at *back, void *data)
{
    if (room < 0 || room >= ROOMS_MOST || count == LOOKS_MOST) {
        printf("the housekeeper cannot look at room %d\n", room);
        exit(1);
    }
    looks[count++] = (struct look){room, back, data};
}

int housekeeper_looks(void)
{
    return count;
}

void housekeeper_returns(int look)
{
    struct look done = looks[look];
    count--;
    memmove(&looks[look], &looks[look + 1], (size_t)(count - look) * sizeof *looks);
    done.back(done.data, !unmade[done.room]);
}

void housekeeper_finds(int room, bool made)
{
    unmade[room] = !made;
}
