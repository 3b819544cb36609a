// Still wrong: the copies are kept in one array, which moves when it grows: postmen hold pointers
// into it.
// Caught by: explore

#include "stack_argument.h"

#include <pthread.h>
#include <stdlib.h>

struct outbox {
    struct letter *copies;
    int sent;            // how many threads there are
    pthread_t threads[]; // one for each letter
};

struct outbox *outbox_new(int letters)
{
    struct outbox *outbox = malloc(sizeof *outbox + letters * sizeof outbox->threads[0]);
    if (outbox)
        outbox->sent = 0, outbox->copies = NULL;
    return outbox;
}

void outbox_free(struct outbox *outbox)
{
    for (int i = 0; outbox && i < outbox->sent; i++)
        pthread_join(outbox->threads[i], NULL);
    if (outbox)
        free(outbox->copies);
    free(outbox);
}

// A thread that takes one letter to the mail server. The letter is its own; it frees it.
static void *postman(void *letter)
{
    mail_connect();
    mail_deliver(letter);
    return NULL;
}

void outbox_send(struct outbox *outbox, const struct letter *letter)
{
    outbox->copies = realloc(outbox->copies, (outbox->sent + 1) * sizeof *outbox->copies);
    struct letter *copy = &outbox->copies[outbox->sent];
    *copy = *letter;
    pthread_create(&outbox->threads[outbox->sent++], NULL, postman, copy);
}
