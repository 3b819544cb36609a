// Also right: the clerk keeps a note of each tube that has rung until he has found it empty, and opens one
// capsule of each in turn: edge-triggered, and still nobody waits for a tube that never ends.

#include "mailroom.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <unistd.h>

struct mailroom {
    open_capsule *open;
    void *data;
    int bell; // an epoll instance: rings when something comes into a tube
    bool stopped;
    int count;
    int tubes[TUBES_MOST];
    bool has_rung[TUBES_MOST]; // and was not found empty since, by tube
};

struct mailroom *mailroom_new(open_capsule *open, void *data)
{
    struct mailroom *room = malloc(sizeof *room);
    if (!room)
        return NULL;
    *room = (struct mailroom){.open = open, .data = data, .bell = epoll_create1(0)};
    if (room->bell >= 0)
        return room;
    free(room);
    return NULL;
}

void mailroom_free(struct mailroom *room)
{
    if (!room)
        return;
    for (int i = 0; i < room->count; i++)
        close(room->tubes[i]);
    close(room->bell);
    free(room);
}

bool mailroom_watch(struct mailroom *room, int tube)
{
    struct epoll_event event = {.events = EPOLLIN | EPOLLET, .data.fd = tube};
    if (room->count == TUBES_MOST || fcntl(tube, F_SETFL, O_NONBLOCK) != 0 ||
        epoll_ctl(room->bell, EPOLL_CTL_ADD, tube, &event) != 0)
        return false;
    room->has_rung[room->count] = false;
    room->tubes[room->count++] = tube;
    return true;
}

static void take_down(struct mailroom *room, int i)
{
    close(room->tubes[i]);
    room->count--;
    room->tubes[i] = room->tubes[room->count];
    room->has_rung[i] = room->has_rung[room->count];
}

// Opens a capsule of the tube, if there is one.
static void serve(struct mailroom *room, int i)
{
    int capsule;
    ssize_t size = read(room->tubes[i], &capsule, sizeof capsule);
    if (size == sizeof capsule)
        room->open(room->data, room->tubes[i], capsule);
    else if (size == 0)
        take_down(room, i);
    else
        room->has_rung[i] = false;
}

static bool has_rung(const struct mailroom *room)
{
    for (int i = 0; i < room->count; i++)
        if (room->has_rung[i])
            return true;
    return false;
}

// Notes who rings; waits for it only if nobody is on the list.
static void listen(struct mailroom *room)
{
    struct epoll_event rung[TUBES_MOST];
    int count = epoll_wait(room->bell, rung, TUBES_MOST, has_rung(room) ? 0 : -1);
    for (int event = 0; event < count; event++)
        for (int i = 0; i < room->count; i++)
            if (room->tubes[i] == rung[event].data.fd)
                room->has_rung[i] = true;
}

void mailroom_run(struct mailroom *room)
{
    while (room->count > 0 && !room->stopped) {
        listen(room);
        for (int i = room->count - 1; i >= 0 && !room->stopped; i--)
            if (room->has_rung[i])
                serve(room, i);
    }
}

void mailroom_stop(struct mailroom *room)
{
    room->stopped = true;
}
