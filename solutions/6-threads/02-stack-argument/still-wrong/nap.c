// Still wrong: a nap before returning lets the thread copy in time, usually; it orders nothing.
// Caught by: explore, tsan, helgrind

#include "stack_argument.h"

#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

struct outbox {
    int sent;            // how many threads there are
    pthread_t threads[]; // one for each letter
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
        pthread_join(outbox->threads[i], NULL);
    free(outbox);
}

// A thread that takes one letter to the mail server.
static void *postman(void *argument)
{
    struct letter letter = *(const struct letter *)argument;
    mail_connect();
    mail_deliver(&letter);
    return NULL;
}

void outbox_send(struct outbox *outbox, const struct letter *letter)
{
    struct letter copy = *letter; // the caller may overwrite the original
    pthread_create(&outbox->threads[outbox->sent++], NULL, postman, &copy);
    usleep(1000);
}
