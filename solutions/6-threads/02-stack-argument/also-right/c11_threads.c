// Also right: the threads of C11 and a letter on the heap, freed as soon as it is copied.

#include "stack_argument.h"

#include <stdlib.h>
#include <threads.h>

struct outbox {
    int sent;         // how many threads there are
    thrd_t threads[]; // one for each letter
};

struct outbox *outbox_new(int letters)
{
    struct outbox *outbox = malloc(sizeof *outbox + letters * sizeof outbox->threads[0]);
    if (outbox)
        outbox->sent = 0;
    return outbox;
}

void outbox_free(struct outbox *outbox)
{
    for (int i = 0; outbox && i < outbox->sent; i++)
        thrd_join(outbox->threads[i], NULL);
    free(outbox);
}

// A thread that takes one letter to the mail server.
static int postman(void *argument)
{
    struct letter letter = *(struct letter *)argument;
    free(argument);
    mail_connect();
    mail_deliver(&letter);
    return 0;
}

void outbox_send(struct outbox *outbox, const struct letter *letter)
{
    struct letter *copy = malloc(sizeof *copy);
    if (!copy)
        abort();
    *copy = *letter;
    thrd_create(&outbox->threads[outbox->sent++], postman, copy);
}
