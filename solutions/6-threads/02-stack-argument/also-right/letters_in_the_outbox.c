// Also right: the outbox keeps a copy of each letter, and lives longer than its threads.

#include "stack_argument.h"

#include <pthread.h>
#include <stdlib.h>

struct outbox {
    int sent; // how many letters there are
    struct {
        pthread_t postman;
        struct letter copy;
    } letters[];
};

struct outbox *outbox_new(int letters)
{
    struct outbox *outbox = malloc(sizeof *outbox + letters * sizeof outbox->letters[0]);
    if (outbox)
        outbox->sent = 0;
    return outbox;
}

void outbox_free(struct outbox *outbox)
{
    for (int i = 0; outbox && i < outbox->sent; i++)
        pthread_join(outbox->letters[i].postman, NULL);
    free(outbox);
}

// A thread that takes one letter to the mail server.
static void *postman(void *letter)
{
    mail_connect();
    mail_deliver(letter);
    return NULL;
}

void outbox_send(struct outbox *outbox, const struct letter *letter)
{
    int next = outbox->sent++;
    outbox->letters[next].copy = *letter;
    pthread_create(&outbox->letters[next].postman, NULL, postman, &outbox->letters[next].copy);
}
