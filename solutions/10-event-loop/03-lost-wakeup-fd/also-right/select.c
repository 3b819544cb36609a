// Also right: select asks about all tubes each time, as poll does. It is the oldest of the three, and takes no
// descriptor above 1023.

// Also right: without EPOLLET the bell rings as long as there is something in the tube, not when something
// comes (level-triggered). One capsule for each ring is enough, and no tube is preferred.

#include "mailroom.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/select.h>
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
    struct epoll_event event = {.events = EPOLLIN, .data.fd = tube};
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
        fd_set full;
        int top = 0, tubes[TUBES_MOST], count = room->count;
        FD_ZERO(&full);
        for (int i = 0; i < count; i++) {
            tubes[i] = room->tubes[i];
            FD_SET(tubes[i], &full);
            if (tubes[i] > top)
                top = tubes[i];
        }
        if (select(top + 1, &full, NULL, NULL, NULL) < 0)
            continue;
        for (int i = 0; i < count && !room->stopped; i++)
            if (FD_ISSET(tubes[i], &full))
                serve(room, tubes[i]);
    }
}

void mailroom_stop(struct mailroom *room)
{
    room->stopped = true;
}
