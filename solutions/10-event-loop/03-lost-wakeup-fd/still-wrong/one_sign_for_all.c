// Still wrong: nothing is forgotten; but the sign that says "closed" hangs in a static variable, and all
// mail rooms have the same one.
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
    int count;
    int tubes[TUBES_MOST];
};

static bool stopped;

struct mailroom *mailroom_new(open_capsule *open, void *data)
{
    struct mailroom *room = malloc(sizeof *room);
    if (!room)
        return NULL;
    *room = (struct mailroom){.open = open, .data = data, .bell = epoll_create1(0)};
    stopped = false;
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

// It has rung for this tube, and will not ring again for what is in it now. So all of it is taken, until
// read() says that there is no more.
static void serve(struct mailroom *room, int tube)
{
    while (!stopped) {
        int capsule;
        ssize_t size = read(tube, &capsule, sizeof capsule);
        if (size == 0)
            take_down(room, tube);
        if (size != sizeof capsule)
            return;
        room->open(room->data, tube, capsule);
    }
}

void mailroom_run(struct mailroom *room)
{
    struct epoll_event rung[TUBES_MOST];
    while (room->count > 0 && !stopped) {
        int count = epoll_wait(room->bell, rung, TUBES_MOST, -1);
        for (int i = 0; i < count && !stopped; i++)
            serve(room, rung[i].data.fd);
    }
}

void mailroom_stop(struct mailroom *room)
{
    stopped = true;
}
