// Also right: three errand boys, who read from the same pipe: whoever is free takes the next slip out of it.
// A small thread pool. Ten professors may queue there, and nobody else.

#include "desk.h"

#include "stacks.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <unistd.h>

enum { BOYS = 3 };

// What comes to the librarian, one after the other.
struct message {
    enum { ASKED, FETCHED, CLOSED } what;
    int reader, book;
};

struct desk {
    give_book *give;
    void *data;
    int messages[2]; // a pipe, to the librarian
    int errands[2];  // and one to the boys
};

struct desk *desk_new(give_book *give, void *data)
{
    struct desk *desk = malloc(sizeof *desk);
    if (!desk)
        return NULL;
    *desk = (struct desk){.give = give, .data = data};
    if (pipe(desk->messages) == 0) {
        if (pipe(desk->errands) == 0)
            return desk;
        close(desk->messages[0]);
        close(desk->messages[1]);
    }
    free(desk);
    return NULL;
}

void desk_free(struct desk *desk)
{
    if (!desk)
        return;
    close(desk->messages[0]);
    close(desk->messages[1]);
    close(desk->errands[0]);
    close(desk->errands[1]);
    free(desk);
}

// So few bytes go into a pipe in one piece, whoever else writes.
static void put(int pipe, struct message message)
{
    if (write(pipe, &message, sizeof message) != sizeof message)
        abort();
}

void desk_ask(struct desk *desk, int reader, int book)
{
    put(desk->messages[1], (struct message){ASKED, reader, book});
}

void desk_close(struct desk *desk)
{
    put(desk->messages[1], (struct message){CLOSED, 0, 0});
}

// An errand boy fetches what he is told to, and tells the librarian.
static void *run_errands(void *data)
{
    struct desk *desk = data;
    struct message next;
    while (read(desk->errands[0], &next, sizeof next) == sizeof next && next.what != CLOSED) {
        stacks_fetch(next.book);
        put(desk->messages[1], (struct message){FETCHED, next.reader, next.book});
    }
    return NULL;
}

void desk_run(struct desk *desk)
{
    pthread_t boys[BOYS];
    for (int i = 0; i < BOYS; i++)
        if (pthread_create(&boys[i], NULL, run_errands, desk) != 0)
            abort();
    struct message next;
    bool closed = false;
    int under_way = 0;
    while ((!closed || under_way > 0) &&
           read(desk->messages[0], &next, sizeof next) == sizeof next) {
        if (next.what == CLOSED) {
            closed = true;
        } else if (next.what == ASKED && stacks_have(next.book)) {
            put(desk->errands[1], next);
            under_way++;
        } else {
            under_way -= next.what == FETCHED;
            desk->give(desk->data, next.reader, next.book);
        }
    }
    for (int i = 0; i < BOYS; i++)
        put(desk->errands[1], (struct message){CLOSED, 0, 0});
    for (int i = 0; i < BOYS; i++)
        pthread_join(boys[i], NULL);
}
