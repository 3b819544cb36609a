// Still wrong: takes many capsules with one read, until the tube is empty. Who is told to stop in between
// has his arms full of capsules, which are in no tube any more.
// Caught by: native

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

static void serve(struct mailroom *room, int tube)
{
    int capsules[64];
    ssize_t size;
    while (!room->stopped && (size = read(tube, capsules, sizeof capsules)) > 0)
        for (int i = 0; i < (int)(size / (ssize_t)sizeof(int)) && !room->stopped; i++)
            room->open(room->data, tube, capsules[i]);
    if (!room->stopped && size == 0)
        take_down(room, tube);
}
void mailroom_run(struct mailroom *room)
{
    struct epoll_event rung[TUBES_MOST];
    while (room->count > 0 && !room->stopped) {
        int count = epoll_wait(room->bell, rung, TUBES_MOST, -1);
        for (int i = 0; i < count && !room->stopped; i++)
            serve(room, rung[i].data.fd);
    }
}

void mailroom_stop(struct mailroom *room)
{
    room->stopped = true;
}
