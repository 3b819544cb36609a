// Also right: poll asks about all tubes each time. It has nothing to remember, and so cannot forget.
// Simple, and slow with ten thousand tubes.

#include "mailroom.h"

#include <stdlib.h>
#include <poll.h>
#include <unistd.h>

struct mailroom {
    open_capsule *open;
    void *data;
    bool stopped;
    int count;
    int tubes[TUBES_MOST];
};

struct mailroom *mailroom_new(open_capsule *open, void *data)
{
    struct mailroom *room = malloc(sizeof *room);
    if (!room)
        return NULL;
    *room = (struct mailroom){.open = open, .data = data};
    return room;
}

void mailroom_free(struct mailroom *room)
{
    if (!room)
        return;
    for (int i = 0; i < room->count; i++)
        close(room->tubes[i]);
    free(room);
}

bool mailroom_watch(struct mailroom *room, int tube)
{
    if (room->count == TUBES_MOST)
        return false;
    room->tubes[room->count++] = tube;
    return true;
}

static void take_down(struct mailroom *room, int tube)
{
    int i = 0;
    while (room->tubes[i] != tube)
        i++;
    room->tubes[i] = room->tubes[--room->count];
    close(tube);
}

// It has rung for this tube.
static void serve(struct mailroom *room, int tube)
{
    int capsule;
    ssize_t size = read(tube, &capsule, sizeof capsule);
    if (size == sizeof capsule)
        room->open(room->data, tube, capsule);
    else if (size == 0)
        take_down(room, tube);
}

void mailroom_run(struct mailroom *room)
{
    while (room->count > 0 && !room->stopped) {
        struct pollfd all[TUBES_MOST];
        int count = room->count;
        for (int i = 0; i < count; i++)
            all[i] = (struct pollfd){room->tubes[i], POLLIN, 0};
        poll(all, (nfds_t)count, -1);
        for (int i = 0; i < count && !room->stopped; i++)
            if (all[i].revents != 0)
                serve(room, all[i].fd);
    }
}

void mailroom_stop(struct mailroom *room)
{
    room->stopped = true;
}
