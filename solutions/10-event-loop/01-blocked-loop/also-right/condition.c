// Also right: questions, and books that have come, wait in a list, and the librarian at a condition
// variable. The errand boy puts the question back into the list when he has the book.

#include "desk.h"

#include "stacks.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>

struct question {
    int reader, book;
    struct desk *desk;
    pthread_t boy; // for a book from the stacks
    bool fetched;  // it is here; the boy has gone
    struct question *next;
};

struct desk {
    give_book *give;
    void *data;
    pthread_mutex_t lock; // guards all that follows
    pthread_cond_t changed;
    struct question *first, **end; // what waits for the librarian
    bool closed;
    int under_way; // to the stacks
};

struct desk *desk_new(give_book *give, void *data)
{
    struct desk *desk = malloc(sizeof *desk);
    if (!desk)
        return NULL;
    *desk = (struct desk){.give = give, .data = data};
    pthread_mutex_init(&desk->lock, NULL);
    pthread_cond_init(&desk->changed, NULL);
    desk->end = &desk->first;
    return desk;
}

void desk_free(struct desk *desk)
{
    if (!desk)
        return;
    pthread_cond_destroy(&desk->changed);
    pthread_mutex_destroy(&desk->lock);
    free(desk);
}

static void put(struct desk *desk, struct question *question)
{
    pthread_mutex_lock(&desk->lock);
    question->next = NULL;
    *desk->end = question;
    desk->end = &question->next;
    desk->under_way -= question->fetched;
    pthread_cond_signal(&desk->changed);
    pthread_mutex_unlock(&desk->lock);
}

void desk_ask(struct desk *desk, int reader, int book)
{
    struct question *question = calloc(1, sizeof *question);
    if (!question)
        abort();
    question->reader = reader;
    question->book = book;
    question->desk = desk;
    put(desk, question);
}

void desk_close(struct desk *desk)
{
    pthread_mutex_lock(&desk->lock);
    desk->closed = true;
    pthread_cond_signal(&desk->changed);
    pthread_mutex_unlock(&desk->lock);
}

static void *fetch(void *data)
{
    struct question *question = data;
    stacks_fetch(question->book);
    question->fetched = true;
    put(question->desk, question);
    return NULL;
}

// Waits for the next one whom the librarian can serve, or send somebody for. NULL when all have left.
static struct question *next_question(struct desk *desk)
{
    pthread_mutex_lock(&desk->lock);
    while (!desk->first && (!desk->closed || desk->under_way > 0))
        pthread_cond_wait(&desk->changed, &desk->lock);
    struct question *next = desk->first;
    if (next)
        desk->first = next->next;
    if (!desk->first)
        desk->end = &desk->first;
    desk->under_way += next && !next->fetched && stacks_have(next->book);
    pthread_mutex_unlock(&desk->lock);
    return next;
}

void desk_run(struct desk *desk)
{
    struct question *next;
    while ((next = next_question(desk))) {
        if (!next->fetched && stacks_have(next->book)) {
            if (pthread_create(&next->boy, NULL, fetch, next) != 0)
                abort();
            continue;
        }
        if (next->fetched)
            pthread_join(next->boy, NULL);
        desk->give(desk->data, next->reader, next->book);
        free(next);
    }
}
