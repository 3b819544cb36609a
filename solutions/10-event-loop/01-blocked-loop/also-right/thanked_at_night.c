// Also right: the boy puts the whole question back into the pipe, marked. He is not waited for until the
// desk has closed: the list of boys grows all day long.

#include "desk.h"

#include "stacks.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <unistd.h>

struct errand {
    struct desk *desk;
    int reader, book;
    pthread_t boy;
    struct errand *next;
};

struct message {
    enum { ASKED, FETCHED, CLOSED } what;
    int reader, book;
};

struct desk {
    give_book *give;
    void *data;
    int messages[2];        // a pipe
    struct errand *errands; // of the day
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
    put(desk, (struct message){ASKED, reader, book});
}

void desk_close(struct desk *desk)
{
    put(desk, (struct message){CLOSED, 0, 0});
}

// An errand boy goes down. He gives nothing to anybody: he tells the librarian that he is back.
static void *fetch(void *data)
{
    struct errand *errand = data;
    stacks_fetch(errand->book);
    put(errand->desk, (struct message){FETCHED, errand->reader, errand->book});
    return NULL;
}

static void send_boy(struct desk *desk, int reader, int book)
{
    struct errand *errand = malloc(sizeof *errand);
    if (!errand)
        abort();
    *errand = (struct errand){.desk = desk, .reader = reader, .book = book, .next = desk->errands};
    if (pthread_create(&errand->boy, NULL, fetch, errand) != 0)
        abort();
    desk->errands = errand;
}

static void thank_boys(struct desk *desk)
{
    struct errand *next;
    for (struct errand *errand = desk->errands; errand; errand = next) {
        next = errand->next;
        pthread_join(errand->boy, NULL);
        free(errand);
    }
    desk->errands = NULL;
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
        } else if (next.what == ASKED && stacks_have(next.book)) {
            send_boy(desk, next.reader, next.book);
            under_way++;
        } else {
            under_way -= next.what == FETCHED;
            desk->give(desk->data, next.reader, next.book);
        }
    }
    thank_boys(desk);
}
