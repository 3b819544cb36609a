// Still wrong: an errand that has been run is never freed.
// Caught by: explore

#include "desk.h"

#include "stacks.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <unistd.h>

// What somebody fetches from the stacks.
struct errand {
    struct desk *desk;
    int reader, book;
    pthread_t boy;
};

// What comes to the librarian, one after the other.
struct message {
    enum { ASKED, FETCHED, CLOSED } what;
    int reader, book;      // ASKED
    struct errand *errand; // FETCHED
};

struct desk {
    give_book *give;
    void *data;
    int messages[2]; // a pipe
};

struct desk *desk_new(give_book *give, void *data)
{
    struct desk *desk = malloc(sizeof *desk);
    if (!desk)
        return NULL;
    *desk = (struct desk){.give = give, .data = data};
    if (pipe(desk->messages) == 0)
        return desk;
    free(desk);
    return NULL;
}

void desk_free(struct desk *desk)
{
    if (!desk)
        return;
    close(desk->messages[0]);
    close(desk->messages[1]);
    free(desk);
}

// So few bytes go into a pipe in one piece, whoever else writes.
static void put(struct desk *desk, struct message message)
{
    if (write(desk->messages[1], &message, sizeof message) != sizeof message)
        abort();
}

void desk_ask(struct desk *desk, int reader, int book)
{
    put(desk, (struct message){ASKED, reader, book, NULL});
}

void desk_close(struct desk *desk)
{
    put(desk, (struct message){CLOSED, 0, 0, NULL});
}

// An errand boy goes down. He gives nothing to anybody: he tells the librarian that he is back.
static void *fetch(void *data)
{
    struct errand *errand = data;
    stacks_fetch(errand->book);
    put(errand->desk, (struct message){FETCHED, 0, 0, errand});
    return NULL;
}

static void send_boy(struct desk *desk, int reader, int book)
{
    struct errand *errand = malloc(sizeof *errand);
    if (!errand)
        abort();
    *errand = (struct errand){.desk = desk, .reader = reader, .book = book};
    if (pthread_create(&errand->boy, NULL, fetch, errand) != 0)
        abort();
}

static void thank_boy(struct desk *desk, struct errand *errand)
{
    pthread_join(errand->boy, NULL); // who has nothing left to do
    desk->give(desk->data, errand->reader, errand->book);
}

void desk_run(struct desk *desk)
{
    struct message next;
    bool closed = false;
    int under_way = 0;
    while ((!closed || under_way > 0) &&
           read(desk->messages[0], &next, sizeof next) == sizeof next) {
        if (next.what == CLOSED) {
            closed = true;
        } else if (next.what == FETCHED) {
            thank_boy(desk, next.errand);
            under_way--;
        } else if (stacks_have(next.book)) {
            send_boy(desk, next.reader, next.book);
            under_way++;
        } else {
            desk->give(desk->data, next.reader, next.book);
        }
    }
}
