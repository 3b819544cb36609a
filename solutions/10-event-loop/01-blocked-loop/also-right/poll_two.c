// Also right: the librarian waits for two things at once, with poll: questions in a pipe, and an eventfd
// that tells of books on a little table, which a lock guards.

#include "desk.h"

#include "stacks.h"

#include <poll.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

// What somebody fetches from the stacks.
struct errand {
    struct desk *desk;
    int reader, book;
    pthread_t boy;
    struct errand *next; // on the table
};

enum { CLOSED = -1 }; // a book that is none

struct question {
    int reader, book;
};

struct desk {
    give_book *give;
    void *data;
    int questions[2];     // a pipe
    int arrivals;         // an eventfd: something is on the table
    pthread_mutex_t lock; // guards the table
    struct errand *table; // books that have been fetched
};

struct desk *desk_new(give_book *give, void *data)
{
    struct desk *desk = malloc(sizeof *desk);
    if (!desk)
        return NULL;
    *desk = (struct desk){.give = give, .data = data};
    pthread_mutex_init(&desk->lock, NULL);
    desk->arrivals = eventfd(0, 0);
    if (desk->arrivals >= 0 && pipe(desk->questions) == 0)
        return desk;
    if (desk->arrivals >= 0)
        close(desk->arrivals);
    pthread_mutex_destroy(&desk->lock);
    free(desk);
    return NULL;
}

void desk_free(struct desk *desk)
{
    if (!desk)
        return;
    close(desk->questions[0]);
    close(desk->questions[1]);
    close(desk->arrivals);
    pthread_mutex_destroy(&desk->lock);
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

// An errand boy goes down. He gives nothing to anybody: he tells the librarian that he is back.
static void *fetch(void *data)
{
    struct errand *errand = data;
    stacks_fetch(errand->book);
    struct desk *desk = errand->desk;
    pthread_mutex_lock(&desk->lock);
    errand->next = desk->table;
    desk->table = errand;
    pthread_mutex_unlock(&desk->lock);
    eventfd_write(desk->arrivals, 1);
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
    free(errand);
}

// Gives everything that is on the table to those who wait for it. Returns how much it was.
static int clear_table(struct desk *desk)
{
    eventfd_t rings;
    eventfd_read(desk->arrivals, &rings);
    pthread_mutex_lock(&desk->lock);
    struct errand *next = desk->table;
    desk->table = NULL;
    pthread_mutex_unlock(&desk->lock);
    int given = 0;
    for (struct errand *errand = next; errand; errand = next, given++) {
        next = errand->next;
        thank_boy(desk, errand);
    }
    return given;
}

void desk_run(struct desk *desk)
{
    struct pollfd both[] = {{desk->questions[0], POLLIN, 0}, {desk->arrivals, POLLIN, 0}};
    bool closed = false;
    int under_way = 0;
    while ((!closed || under_way > 0) && poll(both, 2, -1) > 0) {
        struct question next;
        if (both[1].revents)
            under_way -= clear_table(desk);
        if (!both[0].revents || read(both[0].fd, &next, sizeof next) != sizeof next)
            continue;
        if (next.book == CLOSED) {
            closed = true;
        } else if (stacks_have(next.book)) {
            send_boy(desk, next.reader, next.book);
            under_way++;
        } else {
            desk->give(desk->data, next.reader, next.book);
        }
    }
}
