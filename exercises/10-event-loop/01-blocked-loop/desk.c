#include "desk.h"

#include "stacks.h"

#include <stdlib.h>
#include <unistd.h>

enum { CLOSED = -1 }; // a book that is none

struct question {
    int reader, book;
};

struct desk {
    give_book *give;
    void *data;
    int questions[2]; // a pipe
};

struct desk *desk_new(give_book *give, void *data)
{
    struct desk *desk = malloc(sizeof *desk);
    if (!desk)
        return NULL;
    *desk = (struct desk){.give = give, .data = data};
    if (pipe(desk->questions) == 0)
        return desk;
    free(desk);
    return NULL;
}

void desk_free(struct desk *desk)
{
    if (!desk)
        return;
    close(desk->questions[0]);
    close(desk->questions[1]);
    free(desk);
}

// So few bytes go into a pipe in one piece, whoever else writes.
static void put(struct desk *desk, struct question question)
{
    if (write(desk->questions[1], &question, sizeof question) != sizeof question)
        abort();
}

void desk_ask(struct desk *desk, int reader, int book)
{
    put(desk, (struct question){reader, book});
}

void desk_close(struct desk *desk)
{
    put(desk, (struct question){0, CLOSED});
}

static void serve(struct desk *desk, struct question question)
{
    if (stacks_have(question.book))
        stacks_fetch(question.book);
    desk->give(desk->data, question.reader, question.book);
}

void desk_run(struct desk *desk)
{
    struct question next;
    while (read(desk->questions[0], &next, sizeof next) == sizeof next && next.book != CLOSED)
        serve(desk, next);
}
